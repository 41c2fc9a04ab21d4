import type { Clock } from '../service/clock';

/** Calls a second to begin with, and the bounds in which the pace finds its own. */
const FIRST_RATE = 50;
const LOWEST_RATE = 1;
const HIGHEST_RATE = 1_000;
/** How much of what the service bore is kept after it throttled. */
const KEPT = 0.95;
/** By how much a second without throttling raises the rate, and after how long that doubles. */
const GROWTH_PER_SECOND = 0.005;
const GROWTH_DOUBLES_AFTER_MS = 8_000;
const FASTEST_GROWTH_PER_SECOND = 0.5;
/**
 * What the service bore is measured over this time; for so long a cut also stands, for calls under way say nothing
 * about it.
 */
const WINDOW_MS = 1_000;

/**
 * The rate of calls that the service bears, found by trying: it doubles every second until the first ThrottledClient,
 * then stays just below what was borne and feels its way up, faster the longer nothing is refused. The service
 * documents no limits, and they may differ by account.
 */
export class Pace {
  private rate = FIRST_RATE;
  private next = 0;
  private borne: number[] = [];
  private lastCut?: number;
  private lastGrowth?: number;

  public constructor(private readonly clock: Clock) {}

  /** Waits until the next call may be made. */
  public async turn(): Promise<void> {
    const now = this.clock.now();
    const turn = Math.max(now, this.next);
    this.next = turn + 1000 / this.rate;
    if (turn > now) await this.clock.sleep(turn - now);
  }

  public succeeded(): void {
    const now = this.clock.now();
    this.borne = [...this.borne.filter(time => time > now - WINDOW_MS), now];
    if (this.lastCut === undefined) {
      this.rate = Math.min(HIGHEST_RATE, this.rate + 1);
    } else if (now > this.lastCut + WINDOW_MS) {
      this.grow(now, now - this.lastCut);
    }
  }

  public throttled(): void {
    const now = this.clock.now();
    if (this.lastCut !== undefined && now < this.lastCut + WINDOW_MS) return;
    const borne = this.borne.filter(time => time > now - WINDOW_MS).length;
    // At first a burst that the service allows on top is all that was measured.
    const kept = this.lastCut === undefined ? this.rate / 2 : KEPT * Math.min(this.rate, borne);
    this.rate = Math.max(LOWEST_RATE, kept);
    this.lastCut = this.lastGrowth = now;
    this.next = Math.max(this.next, now + 1000 / this.rate);
  }

  private grow(now: number, sinceCut: number): void {
    const perSecond = Math.min(
      FASTEST_GROWTH_PER_SECOND, GROWTH_PER_SECOND * 2 ** (sinceCut / GROWTH_DOUBLES_AFTER_MS),
    );
    this.rate = Math.min(HIGHEST_RATE, this.rate * (1 + perSecond * (now - this.lastGrowth!) / 1000));
    this.lastGrowth = now;
  }
}
