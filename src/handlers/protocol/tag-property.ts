/** A tag as it stands in the template and in the service's `Tag`. */
export interface TagProperty {
  readonly Key: string;
  readonly Value: string;
}
