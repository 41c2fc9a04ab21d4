/** Chance that repeats itself: the same seed throws the same. */
export class Dice {
  public constructor(private state: number) {}

  /** From 0 up to, but less than 1. */
  public readonly throw = (): number => {
    // mulberry32
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };

  public below(limit: number): number {
    return Math.floor(this.throw() * limit);
  }
}
