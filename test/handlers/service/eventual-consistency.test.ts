import { pollUntilListed, isAbsent } from '../../../src/handlers/service/eventual-consistency';
import { fakeClock } from '../fake-clock';

/** A clock whose time passes in sleeps only. */
function stillClock(remaining?: number) {
  let time = 0;
  const clock = fakeClock(remaining);
  return {
    ...clock,
    now: () => time,
    sleep: (ms: number) => { time += ms; return clock.sleep(ms); },
    remaining: () => remaining ?? 900_000,
  };
}

/** Answers what comes first, then what comes next, and the last ever after. */
const answers = <T>(...values: T[]) => jest.fn(async () => values.length > 1 ? values.shift()! : values[0]);

describe('findOnceListed', () => {
  test('answers at once what is there, whatever it is', async () => {
    const clock = stillClock();
    await expect(pollUntilListed(clock, answers(''))).resolves.toBe('');
    expect(clock.sleeps).toEqual([]);
  });

  test('looks again every two to four seconds until it is there', async () => {
    const clock = stillClock();
    await expect(pollUntilListed(clock, answers(undefined, undefined, 'it'))).resolves.toBe('it');
    expect(clock.sleeps).toHaveLength(2);
    for (const sleep of clock.sleeps) {
      expect(sleep).toBeGreaterThanOrEqual(2_000);
      expect(sleep).toBeLessThanOrEqual(4_000);
    }
  });

  test.each([[undefined, 30_000], [9_000, 9_000]])(
    'gives up after half a minute, or when %s ms that remain are over',
    async (remaining, ms) => {
      const clock = stillClock(remaining);
      const find = answers(undefined);
      await expect(pollUntilListed(clock, find)).resolves.toBeUndefined();
      expect(clock.sleeps.reduce((sum, sleep) => sum + sleep, 0)).toBeCloseTo(ms);
      expect(find).toHaveBeenCalledTimes(clock.sleeps.length + 1);
    },
  );
});

describe('isUnlisted', () => {
  test.each([
    ['is not listed', [false], true, 0],
    ['is listed for a moment still', [true, true, false], true, 2],
    ['stays listed', [true], false, undefined],
  ])('what %s', async (_, listed, gone, looksAgain) => {
    const clock = stillClock();
    await expect(isAbsent(clock, answers(...listed))).resolves.toBe(gone);
    if (looksAgain !== undefined) expect(clock.sleeps).toHaveLength(looksAgain);
    else expect(clock.sleeps.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(30_000);
  });
});
