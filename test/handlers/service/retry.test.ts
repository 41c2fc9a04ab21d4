import { retryIamDenial } from '../../../src/handlers/service/fresh-role';
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
    expect(clock.sleeps).toEqual([500, 1_000, 2_000]);
  });

  test('throws at once what will not pass', async () => {
    const clock = fakeClock();
    await expect(retryWhile(() => false, 30_000, clock, attempts(3, denial))).rejects.toThrow('not authorized');
    expect(clock.sleeps).toEqual([]);
  });

  test.each([[900_000, 30_000], [10_000, 10_000]])('of %i ms that remain it takes at most %i', async (remaining, most) => {
    const clock = fakeClock(remaining);
    const start = clock.now();
    await expect(retryWhile(() => true, 30_000, clock, attempts(99, denial))).rejects.toThrow('not authorized');
    expect(clock.now() - start).toBeGreaterThan(most / 2);
    expect(clock.now() - start).toBeLessThanOrEqual(most);
  });
});

describe('retryIamDenial', () => {
  test('outlasts a role that IAM does not know everywhere yet', async () => {
    await expect(retryIamDenial(fakeClock(), attempts(8, denial))).resolves.toBe('done');
  });

  test('retries nothing else', async () => {
    const attempt = attempts(1, () => Object.assign(denial(), { name: 'ForbiddenException', message: 'no' }));
    await expect(retryIamDenial(fakeClock(), attempt)).rejects.toThrow('no');
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  test('gives an event about 90 s in all, however many calls it makes', async () => {
    const clock = fakeClock();
    const start = clock.now();
    const twice = () => retryIamDenial(clock, attempts(99, denial));
    await expect(twice()).rejects.toThrow();
    await expect(twice()).rejects.toThrow();
    await expect(retryIamDenial(clock, twice)).rejects.toThrow();
    expect(clock.now() - start).toBeGreaterThan(80_000);
    expect(clock.now() - start).toBeLessThan(95_000);
  });
});
