import { Violation } from './violation';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** Where time begins in every run: the same, so that a run repeats exactly. */
const START = Date.UTC(2026, 0, 1);

/**
 * Time that passes only while nothing else happens: timers fire in the order in which they are due, as soon as no call
 * is under way, and none of them takes any time. It stands in for the globals, so that handlers and SDK run as they
 * are.
 */
export class VirtualTime {
  private current = START;
  private timers = new Set<Timer>();
  private callsUnderWay = 0;
  private isPumping = false;
  private readonly real = { now: Date.now, setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

  public readonly now = () => this.current;

  public install(): void {
    Date.now = this.now;
    globalThis.setTimeout = ((callback: (...more: unknown[]) => void, ms = 0, ...more: unknown[]) =>
      this.after(ms, () => callback(...more))) as never;
    globalThis.clearTimeout = ((timer: Timer | undefined) => { this.timers.delete(timer!); }) as never;
  }

  public uninstall(): void {
    Date.now = this.real.now;
    globalThis.setTimeout = this.real.setTimeout;
    globalThis.clearTimeout = this.real.clearTimeout;
  }

  public reset(): void {
    this.current = START;
    this.timers = new Set();
    this.callsUnderWay = 0;
  }

  public pass(ms: number): void {
    this.current += ms;
  }

  public after(ms: number, callback: () => void): object {
    const timer = {
      due: this.current + Math.max(1, Math.ceil(ms)),
      callback,
      unref: () => timer,
      ref: () => timer,
      hasRef: () => true,
    };
    this.timers.add(timer);
    this.pump();
    return timer;
  }

  public sleep(ms: number): Promise<void> {
    return new Promise(resolve => this.after(ms, resolve));
  }

  /** Fails when the work takes so long by the real clock: it waits for what never comes, or never stops trying. */
  public async within<T>(realMs: number, work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const hangs = new Promise<never>((_, reject) => {
      timer = this.real.setTimeout(() => reject(new Violation(`no end after ${realMs} ms`)), realMs);
    });
    return Promise.race([work, hangs]).finally(() => this.real.clearTimeout(timer));
  }

  public cancel(timer: object): void {
    this.timers.delete(timer as Timer);
  }

  /** While a call of the service is under way no timer fires. */
  public async during<T>(call: () => Promise<T>): Promise<T> {
    this.callsUnderWay++;
    try {
      return await call();
    } finally {
      this.callsUnderWay--;
    }
  }

  private pump(): void {
    if (this.isPumping) return;
    this.isPumping = true;
    setImmediate(() => {
      this.isPumping = false;
      if (this.callsUnderWay === 0) this.fireNext();
      if (this.timers.size > 0) this.pump();
    });
  }

  private fireNext(): void {
    let next: Timer | undefined;
    for (const timer of this.timers) {
      if (next === undefined || timer.due < next.due) next = timer;
    }
    if (next === undefined) return;
    this.timers.delete(next);
    this.current = Math.max(this.current, next.due);
    next.callback();
  }
}
