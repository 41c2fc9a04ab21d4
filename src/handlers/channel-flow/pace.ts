import type { Clock } from '../protocol/lifecycle';

/** Calls a second to begin with, and the bounds in which the pace finds its own. */
const FIRST_RATE = 20;
const LOWEST_RATE = 1;
const HIGHEST_RATE = 500;
/** What is left of the rate after the service throttled. */
const CUT = 0.8;
/** By how much a second without throttling raises the rate, once the service has shown its limit. */
const GROWTH_PER_SECOND = 0.05;

/**
 * The rate of calls that the service bears, found by trying: it doubles every second until the first ThrottledClient, then
 * stays below what was refused and feels its way up. The service documents no limits, and they may differ by account.
 */
export class Pace {
  private rate = FIRST_RATE;
  private next = 0;
  private lastCut = -Infinity;
  private searching = true;

  public constructor(private readonly clock: Clock) {}

  /** Waits until the next call may be made; the answer is when it was begun. */
  public async turn(): Promise<number> {
    const now = this.clock.now();
    const turn = Math.max(now, this.next);
    this.next = turn + 1000 / this.rate;
    if (turn > now) await this.clock.sleep(turn - now);
    return turn;
  }

  public succeeded(): void {
    const growth = this.searching ? 1 : GROWTH_PER_SECOND;
    this.rate = Math.min(HIGHEST_RATE, this.rate + growth);
  }

  /** Calls that were under way when the rate was cut say nothing about the new one. */
  public throttled(begun: number): void {
    if (begun <= this.lastCut) return;
    this.searching = false;
    this.lastCut = this.clock.now();
    this.rate = Math.max(LOWEST_RATE, this.rate * CUT);
    this.next = Math.max(this.next, this.lastCut + 1000 / this.rate);
  }
}
