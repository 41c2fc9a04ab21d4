import { runInNewContext } from 'node:vm';
import { callbackServer, captureLog, invocation, messageEvent } from './fixture';
import { allow, channelFlowProcessor, type ProcessorOptions, type DecideMessage } from '../../src/processor-runtime';

const server = callbackServer();
const log = captureLog();

async function outcome(
  decide: DecideMessage, { options, ms }: { options?: ProcessorOptions; ms?: number } = {},
) {
  const event = messageEvent();
  const started = performance.now();
  await channelFlowProcessor(decide, options)(event, invocation(ms));
  expect(server().attempts).toHaveLength(1);
  expect(log.lines()).toHaveLength(1);
  return {
    denied: server().answers.get(event.CallbackId)!.body.DeleteResource === true,
    line: log.lines()[0],
    ms: performance.now() - started,
  };
}

const FAILURES: [string, DecideMessage, string][] = [
  ['throws', () => { throw new RangeError('no'); }, 'RangeError'],
  ['rejects', async () => { throw new RangeError('no'); }, 'RangeError'],
  ['throws no error', () => { throw 'no'; }, 'a thrown string'],
  ['throws nothing', () => { throw undefined; }, 'a thrown undefined'],
  ['throws null', () => { throw null; }, 'a thrown null'],
  ['throws an object', () => { throw { no: 1 }; }, 'a thrown object'],
  ['rejects with nothing', async () => Promise.reject(undefined), 'a thrown undefined'],
  ['throws an error of another realm', () => { throw runInNewContext('new TypeError("no")'); }, 'TypeError'],
  [
    'throws what throws when it is looked at',
    () => { throw new Proxy(new Error('no'), { get: () => { throw new Error('hands off'); } }); }, 'Error',
  ],
  [
    'rejects with what throws when it is looked at',
    async () => { throw new Proxy(new Error('no'), { get: () => { throw new Error('hands off'); } }); }, 'Error',
  ],
  [
    'returns a promise that rejects later',
    () => new Promise((_resolve, reject) => setTimeout(reject, 20, new SyntaxError('no'))), 'SyntaxError',
  ],
];

describe.each([['deny', undefined], ['deny', { onError: 'deny' }], ['allow', { onError: 'allow' }]] as const)(
  '%s by %j, when the function',
  (decision, options) => {
    test.each(FAILURES)('%s', async (_what, decide, error) => {
      const { denied, line } = await outcome(decide, { options });
      expect(denied).toBe(decision === 'deny');
      expect(line).toMatchObject({ level: 'ERROR', decision, answer: 'ANSWERED', error });
    });

    test.each<[string, DecideMessage]>([
      ['never resolves', () => new Promise(() => {})],
      ['never gives the thread back', () => { for (;;); }],
      ['backtracks without end', () => /^(a+)+$/.test(`${'a'.repeat(50)}!`) ? allow() : allow()],
    ])('%s', async (_what, decide) => {
      const { denied, line, ms } = await outcome(decide, { options, ms: 800 });
      expect(denied).toBe(decision === 'deny');
      expect(line).toMatchObject({
        level: 'ERROR',
        decision,
        error: 'OutOfTime',
        reason: expect.stringMatching(
          /no decision within \d+ ms: make it faster, or raise/,
        ),
      });
      expect(ms).toBeLessThan(800);
    });
  },
);

describe('the guard before the deadline', () => {
  test('a decision that comes after it changes nothing, nor does its rejection', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    await outcome(() => new Promise((_resolve, reject) => setTimeout(reject, 500, new Error('late'))), { ms: 600 });
    await new Promise(resolve => setTimeout(resolve, 400));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(server().attempts).toHaveLength(1);
  });

  test('aborts what the function waits for, after the answer', async () => {
    let answersAtAbort = -1;
    await outcome((_message, { signal }) => new Promise(() => {
      signal.addEventListener('abort', () => { answersAtAbort = server().answers.size; });
    }), { ms: 500 });
    expect(answersAtAbort).toBe(1);
  });

  test('lets the function be when it decides in time', async () => {
    let seen: AbortSignal | undefined;
    await outcome((_message, { signal }) => { seen = signal; return allow(); });
    expect(seen!.aborted).toBe(false);
  });

  test('answers also when there is hardly any time left at the start', async () => {
    const { line } = await outcome(async () => new Promise(() => {}), { ms: 150 });
    expect(line).toMatchObject({ decision: 'deny', error: 'OutOfTime' });
  });

  test('holds without a context, as in an author\'s own test', async () => {
    const event = messageEvent();
    await channelFlowProcessor(() => allow())(event, undefined as never);
    expect(server().answers.has(event.CallbackId)).toBe(true);
  });
});

describe('a processor that is wired wrongly fails when its module loads', () => {
  test.each([undefined, null, 'allow', {}])('function %j', decide => {
    expect(() => channelFlowProcessor(decide as never)).toThrow(/needs a function that decides about a message, not/);
  });

  test.each(['maybe', '', null, true])('onError %j', onError => {
    expect(() => channelFlowProcessor(() => allow(), { onError: onError as never })).toThrow(
      /onError is .*: it must be 'allow' or 'deny'/,
    );
  });
});
