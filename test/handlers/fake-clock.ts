import type { Clock } from '../../src/handlers/protocol/lifecycle';

export interface FakeClock extends Clock {
  /** Every sleep that was asked for, in order. */
  readonly sleeps: number[];
}

/** A clock whose sleep takes no time but passes all the same; it starts at the true time, which the service has too. */
export function fakeClock(remaining = 900_000): FakeClock {
  const start = Date.now();
  const sleeps: number[] = [];
  const slept = () => sleeps.reduce((sum, ms) => sum + ms, 0);
  return {
    sleeps,
    now: () => Date.now() + slept(),
    remaining: () => remaining - (Date.now() - start) - slept(),
    sleep: async ms => {
      sleeps.push(ms);
      await new Promise(setImmediate);
    },
  };
}
