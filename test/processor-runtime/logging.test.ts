import { CHANNEL_ARN, callbackServer, captureLog, invocation, messageEvent } from './fixture';
import { allow, channelFlowProcessor, replace, type DecideMessage } from '../../src/processor-runtime';

const server = callbackServer();
const log = captureLog();

const CANARY = 'canary 7d41 \u{1F426}';
/** A sender who knows how a stack trace looks. */
const CUNNING = `x\n    at ${CANARY} (secret.js:1:1)\n    at again (${CANARY}.js:2:2)`;

test('one line of JSON a message', async () => {
  const event = messageEvent();
  await channelFlowProcessor(() => allow())(event, invocation());
  expect(log.lines()).toEqual([{
    level: 'INFO',
    messageId: event.ChannelMessage.MessageId,
    channelArn: CHANNEL_ARN,
    decision: 'allow',
    answer: 'ANSWERED',
    attempts: 1,
    durationMs: expect.any(Number),
  }]);
});

test('of an error, the class and the places in the code', async () => {
  class NoSuchListError extends Error { public readonly name = 'NoSuchListError'; }
  function loadTheList(): never { throw new NoSuchListError('list 7'); }
  await channelFlowProcessor(() => loadTheList())(messageEvent(), invocation());
  expect(log.lines()[0]).toMatchObject({
    error: 'NoSuchListError',
    stack: expect.arrayContaining([expect.stringMatching(/^at loadTheList \(.*logging\.test\.ts:\d+:\d+\)$/)]),
  });
  expect(log.text()).not.toContain('list 7');
});

describe.each([
  ['content', { Content: CANARY }], ['metadata', { Metadata: CANARY }], ['cunning content', { Content: CUNNING }],
])('%s is not logged', (_what, message) => {
  const text = ({ Content, Metadata }: { Content: string; Metadata?: string }) => Metadata ?? Content;
  class Quoting extends Error { public constructor(quoted: string) { super(`can't read ${quoted}`); } }

  test.each<[string, DecideMessage]>([
    ['allowed', () => allow()],
    ['replaced', found => replace({ content: `${text(found)}!` })],
    ['too long', found => replace({ content: text(found).repeat(1000) })],
    ['in an error', found => { throw new Error(`can't read ${text(found)}`); }],
    ['in an error that is nothing but it', found => { throw new Error(text(found)); }],
    ['in a rejection', async found => { throw new Quoting(text(found)); }],
    ['in a thrown string', found => { throw text(found); }],
    [
      'in a thrown object',
      found => { throw { text: text(found), stack: text(found), name: text(found), constructor: { name: 5 } }; },
    ],
    ['in an error by JSON.parse', found => JSON.parse(text(found)) as never],
    ['in a name', found => { throw Object.assign(new Error('x'), { name: text(found) }); }],
    ['in a cause', found => { throw new Error('x', { cause: new Error(text(found)) }); }],
    [
      'in members of an error',
      found => { throw Object.assign(new Error('x'), { input: text(found), code: text(found) }); },
    ],
    [
      'in a message that was changed afterwards',
      found => { throw Object.assign(new Error(text(found)), { message: '' }); },
    ],
    ['in an error of many', found => { throw new AggregateError([new Error(text(found))], text(found)); }],
    ['in what is not a decision', found => text(found) as never],
    ['in a decision of another shape', found => ({ decision: text(found) }) as never],
    ['as a member of a replacement', found => replace({ [text(found)]: 1, content: 'x' } as never)],
  ])('%s', async (_where, decide) => {
    await channelFlowProcessor(decide)(messageEvent(message), invocation());
    expect(server().answers.size).toBe(1);
    expect(log.lines()).toHaveLength(1);
    expect(log.text()).not.toMatch(/canary|secret\.js/);
  });

  test.each([400, 403, 418, 429, 500])('when the service quotes it in a %d', async status => {
    server().fault = () => ({
      status, message: `1 validation error detected: Value '${JSON.stringify(message)}' at 'content'`,
    });
    const handler = channelFlowProcessor(found => replace({ content: text(found) }));
    const thrown = await handler(messageEvent(message), invocation(400)).catch((error: Error) => error);
    if (thrown instanceof Error) {
      // Lambda logs these.
      expect(
        `${thrown.name} ${thrown.message} ${thrown.stack} ${JSON.stringify(thrown)} ${String(thrown.cause)}`,
      ).not.toContain('canary');
      expect(thrown.cause).toBeUndefined();
    }
    expect(log.text()).not.toContain('canary');
  });
});

test('content in an event of another shape is not logged', async () => {
  await channelFlowProcessor(() => allow())(
    { EventType: CANARY, CallbackId: { CANARY }, ChannelMessage: { Content: CANARY } }, invocation(),
  );
  await channelFlowProcessor(() => allow())(CANARY, invocation());
  expect(log.lines()).toHaveLength(2);
  expect(log.text()).not.toContain('canary');
});
