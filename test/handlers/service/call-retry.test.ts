import { CallRetry } from '../../../src/handlers/service/call-retry';
import { Unfinished } from '../../../src/handlers/service/clock';
import { mayHaveSucceeded, rememberCall } from '../../../src/handlers/service/service-error';
import { fakeClock, type FakeClock } from '../fake-clock';

const sdkError = (name: string, httpStatusCode?: number, message = 'm') =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
const throttled = () => sdkError('ThrottledClientException', 429);
const unavailable = () => sdkError('ServiceUnavailableException', 503);
const reset = () => sdkError('ECONNRESET');
const denial = () => sdkError('AccessDeniedException', 403, 'User: u is not authorized to perform: chime:X');
const refused = () => sdkError('BadRequestException', 400);

/** Fails so often, then succeeds. */
function attempts(failures: number, ...errors: (() => Error)[]) {
  let made = 0;
  return jest.fn(async () => {
    const failed = made++;
    if (failed >= failures) return 'done';
    const error = errors[failed % errors.length]();
    rememberCall(error, 'AssociateChannelFlow');
    throw error;
  });
}

/** How long the calls of one event took. */
async function timed(clock: FakeClock, work: Promise<unknown>) {
  const start = clock.now();
  const error = await work.then(() => undefined, failure => failure);
  return { error, ms: clock.now() - start };
}

describe('a throttled call', () => {
  test('is attempted again, longer than any number of attempts', async () => {
    await expect(new CallRetry(fakeClock()).always(attempts(80, throttled))).resolves.toBe('done');
  });

  test('ends the event unfinished where the invocation ends, and says operation, attempts and time', async () => {
    const clock = fakeClock(285_000);
    const { error, ms } = await timed(clock, new CallRetry(clock).always(attempts(Infinity, throttled)));
    expect(error).toBeInstanceOf(Unfinished);
    expect(error.message).toMatch(
      /^AssociateChannelFlow was throttled by the service: \d+ attempts in 2[5-8]\d s — deploy or delete again: /,
    );
    expect(ms).toBeGreaterThan(250_000);
    expect(ms).toBeLessThanOrEqual(285_000);
  });

  test(
    'waits longer the longer it has waited, at most a tenth of that, two seconds at first and never more than 20',
    async () => {
      const clock = fakeClock();
      await timed(clock, new CallRetry(clock).always(attempts(Infinity, throttled)));
      let elapsed = 0;
      for (const [index, sleep] of clock.sleeps.entries()) {
        expect(sleep).toBeLessThanOrEqual(
          Math.max(Math.min(200 * 2 ** index, 2_000), Math.min(elapsed / 10, 20_000)) + 50,
        );
        elapsed += sleep;
      }
      expect(Math.max(...clock.sleeps.slice(-20))).toBeGreaterThan(10_000);
    },
  );

  test('wakes alone: hundreds that began to wait together call at times that are spread evenly', async () => {
    const wakes = await Promise.all(Array.from({ length: 500 }, async () => {
      const clock = fakeClock();
      await new CallRetry(clock).always(attempts(5, throttled));
      return clock.sleeps[4];
    }));
    for (let from = 0; from < 2_000; from += 200) {
      const together = wakes.filter(ms => ms >= from && ms < from + 200).length;
      expect(together).toBeGreaterThan(15);
      expect(together).toBeLessThan(100);
    }
  });

  test('is not attempted again for who sets the pace', async () => {
    const attempt = attempts(1, throttled);
    await expect(new CallRetry(fakeClock()).unlessThrottled(attempt)).rejects.toMatchObject({
      name: 'ThrottledClientException',
    });
    expect(attempt).toHaveBeenCalledTimes(1);
  });
});

describe.each([['a server error', unavailable], ['a lost connection', reset]])('%s', (_, error) => {
  test.each(['always', 'unlessThrottled'] as const)('is given a minute to pass (%s)', async retry => {
    const clock = fakeClock();
    await expect(new CallRetry(clock)[retry](attempts(8, error))).resolves.toBe('done');
    const { error: thrown, ms } = await timed(clock, new CallRetry(clock)[retry](attempts(Infinity, error)));
    expect(thrown).toMatchObject({ name: error().name });
    expect(ms).toBeGreaterThan(50_000);
    expect(ms).toBeLessThanOrEqual(60_000);
  });

  test('is given another minute once the service answered in between', async () => {
    const clock = fakeClock();
    const sometimes = Array.from({ length: 20 }, (__, index) => index === 0 ? error : throttled);
    await expect(new CallRetry(clock).always(attempts(60, ...sometimes))).resolves.toBe('done');
    expect(clock.sleeps).toHaveLength(60);
  });

  test('ends the event unfinished where the invocation ends before', async () => {
    const clock = fakeClock(20_000);
    const { error: thrown } = await timed(clock, new CallRetry(clock).always(attempts(Infinity, error)));
    expect(thrown).toBeInstanceOf(Unfinished);
    expect(thrown.message).toContain('AssociateChannelFlow got no answer from the service: ');
  });

  test('makes a refusal after it ambiguous, since the call may have had its effect; throttling does not', async () => {
    const after = (first: () => Error) =>
      new CallRetry(fakeClock()).always(attempts(2, first, refused)).catch(failure => failure);
    expect(mayHaveSucceeded(await after(error))).toBe(true);
    expect(mayHaveSucceeded(await after(throttled))).toBe(false);
  });
});

describe('what IAM denies', () => {
  test('is attempted again until a new role\'s policy holds', async () => {
    await expect(new CallRetry(fakeClock()).always(attempts(8, denial))).resolves.toBe('done');
  });

  test('gets about 90 s of an event in all, however many calls it makes', async () => {
    const clock = fakeClock();
    const retry = new CallRetry(clock);
    const twice = () => retry.always(attempts(Infinity, denial));
    const { ms } = await timed(clock, twice().catch(twice));
    expect(ms).toBeGreaterThan(75_000);
    expect(ms).toBeLessThanOrEqual(95_000);
  });

  test('is thrown as it is where the invocation ends before', async () => {
    const clock = fakeClock(20_000);
    const { error } = await timed(clock, new CallRetry(clock).always(attempts(Infinity, denial)));
    expect(error).toMatchObject({ name: 'AccessDeniedException' });
  });
});

test('anything else is thrown at once', async () => {
  for (const error of [refused, () => sdkError('ForbiddenException', 403), () => new Error('ours')]) {
    const attempt = attempts(1, error);
    await expect(new CallRetry(fakeClock()).always(attempt)).rejects.toThrow();
    expect(attempt).toHaveBeenCalledTimes(1);
  }
});

test('an event that has ended calls no more, though its work may go on when the container wakes', async () => {
  const attempt = attempts(0);
  await expect(new CallRetry(fakeClock(0)).always(attempt)).rejects.toThrow(Unfinished);
  expect(attempt).not.toHaveBeenCalled();
});
