import { retryWhile } from '../../../src/handlers/service/retry';
import { fakeClock } from '../fake-clock';

const denial = () => Object.assign(new Error('User: u is not authorized to perform: chime:X'), {
  name: 'AccessDeniedException',
  $metadata: { httpStatusCode: 403 },
});
/** Fails so often, then succeeds. */
const attempts = (failures: number, error: () => Error) => {
  let made = 0;
  return jest.fn(async () => {
    if (made++ < failures) throw error();
    return 'done';
  });
};

describe('retryWhile', () => {
  test('attempts until it succeeds, waiting longer each time', async () => {
    const clock = fakeClock();
    await expect(retryWhile(() => true, 30_000, clock, attempts(3, denial))).resolves.toBe('done');
    expect(clock.sleeps).toHaveLength(3);
    [500, 1_000, 2_000].forEach((most, index) => {
      expect(clock.sleeps[index]).toBeLessThanOrEqual(most);
      expect(clock.sleeps[index]).toBeGreaterThanOrEqual(most / 2);
    });
  });

  test('throws at once what will not pass', async () => {
    const clock = fakeClock();
    await expect(retryWhile(() => false, 30_000, clock, attempts(3, denial))).rejects.toThrow('not authorized');
    expect(clock.sleeps).toEqual([]);
  });

  test.each([[900_000, 30_000], [10_000, 10_000]])(
    'of %i ms that remain it takes at most %i',
    async (remaining, most) => {
      const clock = fakeClock(remaining);
      const start = clock.now();
      await expect(retryWhile(() => true, 30_000, clock, attempts(99, denial))).rejects.toThrow('not authorized');
      expect(clock.now() - start).toBeGreaterThanOrEqual(most);
      expect(clock.now() - start).toBeLessThan(most + 1_000);
    },
  );
});
