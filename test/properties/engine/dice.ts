/** The generator of Park and Miller. */
const FACTOR = 48_271;
const MODULUS = 2_147_483_647;

/** Chance that repeats itself: the same seed throws the same. */
export class Dice {
  private state: number;

  public constructor(seed: number) {
    this.state = (seed * 7_919 + 1) % MODULUS || 1;
  }

  /** From 0 up to, but less than 1. */
  public readonly throw = (): number => {
    this.state = this.state * FACTOR % MODULUS;
    return this.state / MODULUS;
  };

  public below(limit: number): number {
    return Math.floor(this.throw() * limit);
  }
}
