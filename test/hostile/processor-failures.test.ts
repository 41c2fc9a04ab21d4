/**
 * Functions that throw or return what is made to harm whoever looks at it: each message is answered once, by `onError`
 * unless there is a decision, and nothing of what the message says is logged.
 *
 *     HOSTILE_SEED=<seed> HOSTILE_RUNS=<runs> npx jest test/hostile/processor-failures
 */
import { types } from 'node:util';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { RUNS, SEED } from './runs';
import { channelFlowProcessor, type DecideMessage, type ErrorDecision } from '../../src/processor-runtime';
import { callbackServer, captureLog, invocation, messageEvent } from '../processor-runtime/fixture';

const server = callbackServer();
const log = captureLog();

/** Some of them take until the end of their invocation. */
const FAILURES = Math.ceil(RUNS / 4);
const CANARY = 'canary7d41';
/** Frames of a stack, as a sender can write them. */
const CONTENT = `${CANARY}\n    at ${CANARY} (${CANARY}.js:1:1)`;

type Made = (content: string) => unknown;

const fail = (content: string): never => { throw new RangeError(content); };
/** What a member does when it is asked for. */
const ANSWERS: Record<string, (content: string) => unknown> = {
  'throws': fail,
  'throws null': () => { throw null; },
  'throws what is revoked': content => { throw revoked({ content }); },
  'gives the content': content => content,
  'gives a function that throws': content => () => fail(content),
  'gives itself': function (this: unknown) { return this; },
  'gives a symbol': content => Symbol(content),
  'gives a decision': () => 'allow',
  'gives a long text': content => content.repeat(50_000),
};
const MEMBERS = [
  'name', 'message', 'stack', 'constructor', 'cause', 'code', 'then', 'decision', 'content', 'metadata', 'toString',
  'toJSON', 'valueOf', 'errors',
  Symbol.toPrimitive, Symbol.toStringTag, Symbol.iterator, Symbol.hasInstance,
];
const TRAPS = [
  'get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'apply', 'construct', 'isExtensible',
] as const;

function revoked<T extends object>(target: T): T {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** What the bad things are made of. */
const BASES: Record<string, Made> = {
  'an error': content => new Error(content),
  'an error of a class that is called like the content': content =>
    new ({ [content.split('\n')[0]]: class extends Error {} }[content.split('\n')[0]])(content),
  'an error thrown by a function that is called like the content': content => {
    const name = content.split('\n')[0];
    try {
      return { [name]: () => fail(content) }[name]();
    } catch (error) {
      return error;
    }
  },
  'an error with the content in its name': content =>
    Object.assign(new Error('x'), { name: `${content.split('\n')[0]}Error` }),
  'an error of another realm': content => runInNewContext('new TypeError(content)', { content }),
  'an error of many': content => new AggregateError([new Error(content)], content),
  'an error with a long text': content => new Error(content.repeat(20_000)),
  'an error that is its own cause': content => {
    const error = new Error(content);
    return Object.assign(error, { cause: error, error });
  },
  'an exception of the DOM': content => new DOMException(content, content),
  'an object': content => ({ content, stack: content, name: content, constructor: { name: content } }),
  'an object like an error': content => ({
    stack: `Error: x\n    at ${content.split('\n')[0]} (a.js:1:1)`, name: 'Error', message: 'x',
  }),
  'an object without a prototype': content => Object.assign(Object.create(null), { content }),
  'a prototype that throws': content =>
    Object.create(new Proxy({}, { get: () => fail(content), getPrototypeOf: () => fail(content) })),
  'a decision': content => ({ decision: 'replace', content }),
  'a decision to allow': () => ({ decision: 'allow' }),
  'a function': content => Object.assign(() => content, { content }),
  'a list': content => [content],
  'a symbol': content => Symbol(content),
  'a text': content => content,
  'a number': () => 7,
  'a large number': () => 7n,
  'null': () => null,
  'nothing': () => undefined,
  'a promise that never settles': () => new Promise(() => undefined),
  'a promise that rejects': async content => fail(content),
  'a date that is none': () => new Date(NaN),
};

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

const thing: fc.Arbitrary<{ what: string; make: Made }> = fc.tuple(
  fc.constantFrom(...Object.entries(BASES)),
  fc.array(fc.tuple(fc.constantFrom(...MEMBERS), fc.constantFrom(...Object.entries(ANSWERS))), { maxLength: 3 }),
  fc.oneof<fc.WeightedArbitrary<readonly string[]>[]>(
    { weight: 6, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.uniqueArray(fc.constantFrom(...TRAPS), { minLength: 1, maxLength: 4 }) },
    { weight: 2, arbitrary: fc.constant(['revoked']) },
  ),
).map(([[base, make], members, traps]) => ({
  what: `${base}${members.map(([member, [answer]]) => `, whose ${String(member)} ${answer}`).join('')}`
    + (traps.length > 0 ? `, a proxy: ${traps.join()}` : ''),
  make: content => {
    const made = make(content);
    if (!isObject(made) || types.isPromise(made)) return made;
    for (const [member, [, answer]] of members) {
      Object.defineProperty(made, member, { get() { return answer.call(this, content); }, configurable: true });
    }
    if (traps.includes('revoked')) return revoked(made);
    return traps.length === 0
      ? made
      : new Proxy(made, Object.fromEntries(traps.map(trap => [trap, () => fail(content)])));
  },
}));

const WAYS: Record<string, (make: Made) => DecideMessage> = {
  'throws': make => message => { throw make(message.Content); },
  'rejects with': make => message => Promise.reject(make(message.Content)),
  'rejects later with': make => async message => {
    await null;
    throw make(message.Content);
  },
  'returns': make => message => make(message.Content) as never,
  'resolves to': make => async message => make(message.Content) as never,
  'returns what resolves to': make =>
    message => ({ then: (resolve: (value: unknown) => void) => resolve(make(message.Content)) }) as never,
  'returns what throws': make => message => ({ then: () => { throw make(message.Content); } }) as never,
};

async function answered(decide: DecideMessage, onError: ErrorDecision, ms = 1_500) {
  const event = messageEvent({ Content: CONTENT, Metadata: CONTENT });
  const linesBefore = log.lines().length;
  await channelFlowProcessor(decide, { onError })(event, invocation(ms));
  const answer = server().answers.get(event.CallbackId);
  const lines = log.lines().slice(linesBefore);
  expect(answer).toBeDefined();
  return { denied: answer!.body.DeleteResource === true, content: answer!.body.ChannelMessage.Content, lines };
}

test(`${FAILURES} hostile failures of seed ${SEED} are answered, and log no content`, async () => {
  await fc.assert(fc.asyncProperty(
    thing,
    fc.constantFrom(...Object.entries(WAYS)),
    fc.constantFrom('allow', 'deny'),
    async ({ make, what }, [way, how], onError) => {
      const { denied, lines } = await answered(how(make), onError as ErrorDecision).catch((error: Error) => {
        throw new Error(`${way} ${what}: ${error.message}`);
      });
      expect({ way, what, lines: lines.length, quoted: JSON.stringify(lines).includes(CANARY) }).toEqual({
        way, what, lines: 1, quoted: false,
      });
      const [{ level, decision }] = lines;
      expect(denied).toBe(decision === 'deny');
      // Who gives a decision may have it; all else is an error.
      if (level === 'ERROR') expect(decision).toBe(onError);
      else expect(what).toMatch(/decision|gives/);
      expect(log.text()).not.toContain(CANARY);
    },
  ), { seed: SEED, numRuns: FAILURES, endOnFailure: true });
}, 24 * 3_600_000);

describe.each(['allow', 'deny'] as const)('%s is the answer when', onError => {
  const endless = () => { for (;;); };
  test.each<[string, DecideMessage]>([
    ['what is thrown is revoked', () => { throw revoked(new Error(CANARY)); }],
    ['what is rejected with is revoked', async () => Promise.reject(revoked({}))],
    ['what is returned is revoked', () => revoked({ decision: 'allow' })],
    ['what is resolved to is revoked', async () => revoked({ decision: 'allow' })],
    [
      'what is thrown has a stack without end',
      () => { throw Object.defineProperty(new Error(CANARY), 'stack', { get: endless }); },
    ],
    [
      'what is thrown has a name without end',
      () => { throw Object.defineProperty(new Error(CANARY), 'name', { get: endless }); },
    ],
    [
      'what is thrown has a code without end',
      () => { throw Object.defineProperty(new Error(CANARY), 'code', { get: endless }); },
    ],
    ['what is thrown has a prototype without end', () => { throw new Proxy({}, { getPrototypeOf: endless }); }],
    [
      'what is returned has a decision without end',
      () => Object.defineProperty({} as never, 'decision', { get: endless }),
    ],
    ['what is returned has a then without end', () => Object.defineProperty({} as never, 'then', { get: endless })],
    ['what is returned never settles', () => ({ then: () => undefined }) as never],
    ['what is thrown is a promise that rejects', () => { throw Promise.reject(new Error(CANARY)); }],
    ['what is rejected with is a promise that rejects', async () => { throw Promise.reject(new Error(CANARY)); }],
    ['what is told of its end never ends', (_, { signal }) => {
      signal.addEventListener('abort', endless);
      throw new Error(CANARY);
    }],
  ])('%s', async (_, decide) => {
    const started = performance.now();
    const { denied, lines } = await answered(decide, onError, 2_000);
    expect(denied).toBe(onError === 'deny');
    expect(lines).toEqual([expect.objectContaining({ level: 'ERROR', decision: onError, answer: 'ANSWERED' })]);
    expect(log.text()).not.toContain(CANARY);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

test('a decision that says something else each time it is asked is taken as it was checked', async () => {
  const said = ['y', 'z'.repeat(5_000), undefined, 7];
  const decision = { decision: 'replace', get content() { return said.shift(); } };
  const { content } = await answered(() => decision as never, 'deny');
  expect(content).toBe('y');
});
