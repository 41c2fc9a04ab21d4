import { findOnceListed, isUnlisted } from '../../../src/handlers/service/listed';
import { fakeClock } from '../fake-clock';

/** A clock whose time passes in sleeps only. */
function stillClock(remaining?: number) {
  let time = 0;
  const clock = fakeClock(remaining);
  return { ...clock, now: () => time, sleep: (ms: number) => { time += ms; return clock.sleep(ms); }, remaining: () => remaining ?? 900_000 };
}

/** Answers what comes first, then what comes next, and the last ever after. */
const answers = <T>(...values: T[]) => jest.fn(async () => values.length > 1 ? values.shift()! : values[0]);

describe('findOnceListed', () => {
  test('answers at once what is there, whatever it is', async () => {
    const clock = stillClock();
    await expect(findOnceListed(clock, answers(''))).resolves.toBe('');
    expect(clock.sleeps).toEqual([]);
  });

  test('looks again every three seconds until it is there', async () => {
    const clock = stillClock();
    await expect(findOnceListed(clock, answers(undefined, undefined, 'it'))).resolves.toBe('it');
    expect(clock.sleeps).toEqual([3_000, 3_000]);
  });

  test.each([[undefined, 10], [9_000, 3]])('gives up after half a minute, or when %s ms that remain are over', async (remaining, looksAgain) => {
    const clock = stillClock(remaining);
    const find = answers(undefined);
    await expect(findOnceListed(clock, find)).resolves.toBeUndefined();
    expect(clock.sleeps).toHaveLength(looksAgain);
    expect(find).toHaveBeenCalledTimes(looksAgain + 1);
  });
});

describe('isUnlisted', () => {
  test.each([
    ['is not listed', [false], true, 0],
    ['is listed for a moment still', [true, true, false], true, 2],
    ['stays listed', [true], false, 10],
  ])('what %s', async (_, listed, gone, looksAgain) => {
    const clock = stillClock();
    await expect(isUnlisted(clock, answers(...listed))).resolves.toBe(gone);
    expect(clock.sleeps).toHaveLength(looksAgain);
  });
});
