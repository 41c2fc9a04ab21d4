/** The times of a record that is made now. */
export function created({ now }: { readonly now: number }) {
  return { CreatedTimestamp: new Date(now), ...updated({ now }) };
}

/** The time of one that is changed now. */
export function updated({ now }: { readonly now: number }) {
  return { LastUpdatedTimestamp: new Date(now) };
}
