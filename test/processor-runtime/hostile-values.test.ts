/**
 * Values whose members are code: whatever a function throws or returns, its message gets an answer, and nobody reads it
 * in the log.
 */
import { callbackServer, captureLog, invocation, messageEvent } from './fixture';
import { allow, channelFlowProcessor, replace, type DecideMessage } from '../../src/processor-runtime';

const server = callbackServer();
const log = captureLog();

const CANARY = 'canary7d41';
const MESSAGE = {
  Content: CANARY,
  PushNotification: { Title: 'a canary', Body: `${CANARY}Error` },
  MessageAttributes: { a: { StringValues: ['canaryAttribute'] } },
};

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function endless(): never {
  for (;;);
}

const throwing = () => { throw new Error(CANARY); };
/** Each trap of a proxy throws. */
const hostile = (target: object) => new Proxy(target, new Proxy({}, { get: () => throwing }));
const circular: Record<string, unknown> = { text: CANARY };
circular.self = circular;

const THROWN: [string, unknown][] = [
  ['a revoked proxy', revoked(new Error(CANARY))],
  ['a revoked proxy of a function', revoked(throwing)],
  ['a proxy that throws at everything', hostile(new Error(CANARY))],
  ['throwing getters', Object.defineProperties({}, Object.fromEntries(
    ['name', 'message', 'stack', 'constructor', 'code', 'then'].map(name => [name, { get: throwing }]),
  ))],
  [
    'a throwing toString and toJSON',
    { toString: throwing, toJSON: throwing, [Symbol.toPrimitive]: throwing, stack: CANARY },
  ],
  ['a getter without end', { get stack() { return endless(); } }],
  ['a code without end', { get code() { return endless(); } }],
  ['an instanceof without end', new Proxy({}, { getPrototypeOf: endless })],
  ['null', null],
  ['undefined', undefined],
  ['a symbol', Symbol(CANARY)],
  ['a bigint', 7n],
  ['a function', () => CANARY],
  ['something circular', circular],
  ['a constructor with content for a name', { stack: '', constructor: { name: CANARY } }],
  ['a class with content for a name', new (class extends Error { public static readonly name = CANARY; })()],
  ['an error that is named by content', Object.assign(new Error(), { name: `${CANARY}Error` })],
  [
    'a stack with content for a function',
    Object.assign(new Error(), { stack: `Error\n    at ${CANARY} (index.js:1:1)` }),
  ],
  [
    'a stack with content for a file',
    Object.assign(new Error(), { stack: `Error\n    at run (/var/${CANARY}.js:1:1)` }),
  ],
  ['a stack that is none', Object.assign(new Error(), { stack: { toString: throwing } })],
  ['a message that is none', Object.assign(new Error(), { message: { [Symbol.toPrimitive]: throwing } })],
  ['a claim to be out of time', Object.assign(new Error(CANARY), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' })],
];

describe.each(['deny', 'allow'] as const)('onError %s', onError => {
  async function outcome(decide: DecideMessage) {
    const event = messageEvent(MESSAGE);
    await channelFlowProcessor(decide, { onError })(event, invocation(3_000));
    expect(server().answers.get(event.CallbackId)?.body.DeleteResource === true).toBe(onError === 'deny');
    expect(log.lines()).toEqual([
      expect.objectContaining({ level: 'ERROR', decision: onError, answer: 'ANSWERED', error: expect.any(String) }),
    ]);
    expect(log.text()).not.toContain('canary');
    return log.lines()[0];
  }

  test.each(THROWN)('thrown: %s', async (_, thrown) => {
    await outcome(() => { throw thrown; });
  });

  test.each(THROWN)('rejected with: %s', async (_, thrown) => {
    await outcome(() => Promise.reject(thrown as Error));
  });

  test.each<[string, unknown]>([
    ['a revoked proxy', revoked(allow())],
    ['a proxy that throws at everything', hostile(allow())],
    ['a throwing decision', { get decision() { return throwing(); } }],
    ['a decision without end', { get decision() { return endless(); } }],
    ['throwing content', { decision: 'replace', get content() { return throwing(); } }],
    ['content whose text throws', { decision: 'replace', content: { toString: throwing } }],
    ['members that can\'t be listed', new Proxy(replace({ content: 'x' }), { ownKeys: throwing })],
    ['a then that throws', { decision: 'allow', get then() { return throwing(); } }],
    ['something circular', circular],
    ['a symbol', Symbol(CANARY)],
  ])('returned: %s', async (_, returned) => {
    await outcome((() => returned) as DecideMessage);
  });

  test('a claim to be out of time is not taken for the end of it', async () => {
    const line = await outcome(() => { throw Object.assign(new Error(), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' }); });
    expect(line.error).toBe('Error');
  });
});

test('members of a decision are read once: what was checked is what is sent', async () => {
  let reads = 0;
  const event = messageEvent();
  await channelFlowProcessor(
    () => ({ decision: 'replace', get content() { return reads++ === 0 ? 'fine' : 'x'.repeat(5_000); } }),
  )(event, invocation());
  expect(server().answers.get(event.CallbackId)!.body.ChannelMessage.Content).toBe('fine');
});

test('and a decision that changes afterwards changes nothing', async () => {
  const event = messageEvent();
  const decision = { decision: 'deny' as string };
  await channelFlowProcessor(() => { setImmediate(() => { decision.decision = 'allow'; }); return decision as never; })(
    event, invocation(),
  );
  expect(server().answers.get(event.CallbackId)!.body.DeleteResource).toBe(true);
});

test.each<[string, unknown, string]>([
  ['a bigint', 7n, 'a value of type bigint'], ['something circular', circular, 'a value of type object'],
  ['a symbol', Symbol(CANARY), 'a value of type symbol'],
])('onError that is %s is refused by its type', (_, onError, shown) => {
  expect(() => channelFlowProcessor(() => allow(), { onError: onError as never })).toThrow(
    `onError is ${shown}: it must be 'allow' or 'deny'`,
  );
});
