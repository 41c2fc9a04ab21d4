import type { Fault } from './callback-server';
import { callbackServer, captureLog, functionEnvironment, invocation, messageEvent } from './fixture';
import { allow, channelFlowProcessor } from '../../src/processor-runtime';

const server = callbackServer();
const log = captureLog();
const handler = channelFlowProcessor(() => allow());

describe('a callback that fails is sent again until it is answered', () => {
  test.each<[string, Fault, string]>([
    ['429', { status: 429 }, 'ANSWERED'],
    ['429 under another name', { status: 429, name: 'TooManyRequestsException' }, 'ANSWERED'],
    ['400 that is a throttle', { status: 400, name: 'ThrottlingException' }, 'ANSWERED'],
    ['500', { status: 500 }, 'ANSWERED'],
    ['502 without a name', { status: 502, name: '' }, 'ANSWERED'],
    ['503', { status: 503 }, 'ANSWERED'],
    ['a clock that is wrong', { status: 403, name: 'RequestTimeTooSkewed' }, 'ANSWERED'],
    ['a role whose permissions have not arrived', {
      status: 403,
      name: 'AccessDeniedException',
      message: 'User: x is not authorized to perform: chime:ChannelFlowCallback',
    }, 'ANSWERED'],
    ['an answer that was taken, but lost', 'lost', 'ALREADY_ANSWERED'],
    ['a connection that broke after the answer was taken', 'cut', 'ALREADY_ANSWERED'],
  ])('%s', async (_what, fault, answer) => {
    server().fault = (_callback, attempt) => attempt <= (typeof fault === 'string' ? 1 : 3) ? fault : undefined;
    const event = messageEvent();
    await handler(event, invocation());
    expect(server().answers.size).toBe(1);
    expect(log.lines()).toEqual([
      expect.objectContaining({ level: 'INFO', decision: 'allow', answer, attempts: server().attempts.length }),
    ]);
  });

  test('a connection that hangs', async () => {
    server().fault = (_callback, attempt) => attempt === 1 ? 'hang' : undefined;
    await handler(messageEvent(), invocation(1_500));
    expect(server().answers.size).toBe(1);
  });

  test('every attempt carries the event\'s callback id', async () => {
    server().fault = (_callback, attempt) => attempt <= 4 ? { status: 500 } : undefined;
    const event = messageEvent();
    await handler(event, invocation());
    expect(new Set(server().attempts.map(({ body }) => body.CallbackId))).toEqual(new Set([event.CallbackId]));
    expect(server().attempts).toHaveLength(5);
  });

  test('with pauses that grow', async () => {
    const times: number[] = [];
    server().fault = (
      _callback, attempt,
    ) => { times.push(performance.now()); return attempt <= 5 ? { status: 429 } : undefined; };
    await handler(messageEvent(), invocation());
    const pauses = times.slice(1).map((time, index) => time - times[index]);
    [25, 50, 100, 200, 400].forEach((least, index) => expect(pauses[index]).toBeGreaterThanOrEqual(least - 2));
  });
});

describe('when the time is over without an answer', () => {
  test.each<[string, Fault, RegExp]>([
    ['throttled', { status: 429 }, /ended with ThrottledClientException \(429\) — Lambda delivers the event again/],
    ['ill', { status: 500 }, /ended with ServiceFailureException \(500\)/],
    ['hanging', 'hang', /attempt [2-9], the last, ended with AbortError — Lambda/],
    ['denied', { status: 403, name: 'AccessDeniedException' }, /allow the function's role chime:ChannelFlowCallback/],
  ])('the handler throws before Lambda ends it: %s', async (_what, fault, message) => {
    server().fault = () => fault;
    const started = performance.now();
    const event = messageEvent();
    await expect(handler(event, invocation(700))).rejects.toThrow(message);
    expect(performance.now() - started).toBeLessThan(700);
    expect(log.lines()).toEqual([expect.objectContaining({
      level: 'ERROR',
      messageId: event.ChannelMessage.MessageId,
      answer: 'NOT_ANSWERED',
      error: 'NotAnswered',
      reason: expect.stringMatching(message),
    })]);
  });

  test('says that nothing listens at the address', async () => {
    const elsewhere = freshHandler(functionEnvironment('http://127.0.0.1:1'));
    await expect(elsewhere(messageEvent(), invocation(500))).rejects.toThrow(
      /has no answer yet: attempt [2-9], the last, ended with/,
    );
  });
});

test('what no second attempt would better ends at once', async () => {
  server().fault = () => ({ status: 418, name: 'TeapotException' });
  await expect(handler(messageEvent(), invocation())).rejects.toThrow(
    /attempt 1, the last, ended with TeapotException \(418\)/,
  );
});

test('messages share one connection', async () => {
  await handler(messageEvent(), invocation());
  const before = server().connections;
  for (let index = 0; index < 20; index++) await handler(messageEvent(), invocation());
  expect(server().connections).toBe(before);
});

/** The handler of a container with another environment. */
function freshHandler(environment: Record<string, string>) {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    let made: ReturnType<typeof channelFlowProcessor>;
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      made = (require(
        '../../src/processor-runtime',
      ) as { channelFlowProcessor: typeof channelFlowProcessor }).channelFlowProcessor(() => allow());
    });
    return async (...args: Parameters<typeof made>) => {
      Object.assign(process.env, environment);
      try {
        await made(...args);
      } finally {
        process.env = { ...before };
      }
    };
  } finally {
    process.env = { ...before };
  }
}
