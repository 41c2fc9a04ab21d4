import { setTimeout as sleep } from 'node:timers/promises';

/** What came of waiting. */
export interface Waited<T> {
  /** What was seen last. */
  readonly value: T;
  /** Whether it was what had been waited for. */
  readonly happened: boolean;
  /** How long it took, at most; 0 if the first look saw it. */
  readonly ms: number;
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/** Waits for what takes its time at the service, but not for ever. */
export class Patience {
  constructor(readonly limitMs: number, private readonly stop?: AbortSignal) {}

  /**
   * Looks again and again, with longer and longer pauses, until it happened or patience ends.
   *
   * @param since when that began which is waited for, by `performance.now()`
   */
  async until<T>(
    look: () => Promise<T>, happened: (value: T) => boolean, since = performance.now(),
  ): Promise<Waited<T>> {
    for (let looks = 1, pause = FIRST_PAUSE_MS; ; looks++, pause = Math.min(pause * 1.2, LONGEST_PAUSE_MS)) {
      const value = await look();
      const passed = performance.now() - since;
      if (happened(value)) return { value, happened: true, ms: looks === 1 ? 0 : Math.ceil(passed) };
      if (passed > this.limitMs) return { value, happened: false, ms: Math.ceil(passed) };
      await this.sleep(pause);
    }
  }

  async sleep(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stop }).catch((error: unknown) => {
      this.stop?.throwIfAborted();
      throw error;
    });
  }
}
