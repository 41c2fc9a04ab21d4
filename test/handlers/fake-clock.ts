import type { Clock } from '../../src/handlers/service/clock';

/** Time that passes as it does, and jumps when a clock sleeps. It starts at the true time. */
export class FakeTime {
  private slept = 0;

  public readonly now = () => Date.now() + this.slept;

  public pass(ms: number): void {
    this.slept += ms;
  }
}

export interface FakeClock extends Clock {
  /** Every sleep that was asked for, in order. */
  readonly sleeps: number[];
}

/** A clock for one event, whose sleep takes no time but passes all the same. */
export function fakeClock(remaining = 900_000, time = new FakeTime()): FakeClock {
  const end = time.now() + remaining;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: time.now,
    remaining: () => end - time.now(),
    sleep: async ms => {
      sleeps.push(ms);
      time.pass(ms);
      await new Promise(setImmediate);
    },
  };
}
