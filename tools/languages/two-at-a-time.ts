/** Does all of the work, in its order, no more than two at the same time. One that fails stops no other. */
export async function twoAtATime(
  work: readonly (() => Promise<void>)[], onError: (error: Error) => void,
): Promise<void> {
  const waiting = [...work];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await next().catch(onError);
  };
  await Promise.all([lane(), lane()]);
}
