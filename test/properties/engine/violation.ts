/** An invariant that doesn't hold. */
export class Violation extends Error {
  public readonly name = 'Violation';
}
