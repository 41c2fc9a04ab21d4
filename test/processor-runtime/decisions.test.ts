import { CHANNEL_ARN, callbackServer, captureLog, invocation, messageEvent } from './fixture';
import { allow, channelFlowProcessor, deny, replace, type DecideMessage } from '../../src/processor-runtime';

const server = callbackServer();
const log = captureLog();

const RICH = {
  Content: 'call 555-0100',
  Metadata: '{"thread":1}',
  ContentType: 'text/markdown',
  SubChannelId: 'sub-1',
  MessageAttributes: { topic: { StringValues: ['sales', 'urgent'] } },
  PushNotification: { Title: 'Ann', Body: 'New message', Type: 'DEFAULT' },
};

async function answerOf(decide: DecideMessage, message: Record<string, unknown> = {}) {
  const event = messageEvent(message);
  await channelFlowProcessor(decide)(event, invocation());
  expect(server().attempts).toHaveLength(1);
  const [{ channelArn, body }] = server().attempts;
  expect(channelArn).toBe(CHANNEL_ARN);
  expect(body.CallbackId).toBe(event.CallbackId);
  expect(body.ChannelMessage.MessageId).toBe(event.ChannelMessage.MessageId);
  return { ...body, ChannelMessage: { ...body.ChannelMessage, MessageId: undefined } };
}

describe('a decision', () => {
  test('to allow sends the message as it came', async () => {
    const body = await answerOf(() => allow(), RICH);
    expect(body.DeleteResource).toBeUndefined();
    expect(body.ChannelMessage).toEqual(RICH);
  });

  test('to deny sends nothing of the message', async () => {
    const body = await answerOf(async () => deny(), RICH);
    expect(body.DeleteResource).toBe(true);
    expect(body.ChannelMessage).toEqual({});
  });

  test('to replace the content keeps everything else', async () => {
    const body = await answerOf(
      async ({ Content }) => replace({ content: Content.replace(/\d{3}-\d{4}/, '***') }), RICH,
    );
    expect(body.ChannelMessage).toEqual({ ...RICH, Content: 'call ***' });
    expect(body.DeleteResource).toBeUndefined();
  });

  test('to replace the metadata keeps everything else', async () => {
    const body = await answerOf(() => replace({ metadata: 'seen' }), RICH);
    expect(body.ChannelMessage).toEqual({ ...RICH, Metadata: 'seen' });
  });

  test('to replace both replaces both', async () => {
    const body = await answerOf(() => replace({ content: 'a', metadata: '' }), RICH);
    expect(body.ChannelMessage).toEqual({ ...RICH, Content: 'a', Metadata: '' });
  });

  test('sends no member that the message lacks or that has another type than a callback holds', async () => {
    const body = await answerOf(
      () => allow(), { Metadata: null, SubChannelId: 7, PushNotification: 'x', MessageAttributes: null },
    );
    expect(body.ChannelMessage).toEqual({ Content: 'hello' });
  });

  test('is not changed by what the function does to its message', async () => {
    const body = await answerOf(message => {
      Object.assign(message, { Metadata: 'changed' });
      Object.assign(message.MessageAttributes!, { more: { StringValues: ['x'] } });
      return allow();
    }, RICH);
    expect(body.ChannelMessage).toEqual(RICH);
  });

  test.each([
    ['content of 4096 bytes', replace({ content: 'é'.repeat(2048) })],
    ['metadata of 1024 characters', replace({ metadata: 'm'.repeat(1024) })],
    ['an object of the same shape', { decision: 'deny' } as const],
  ])('may be %s', async (_what, decision) => {
    await answerOf(() => decision);
    expect(log.lines()[0]).toMatchObject({ level: 'INFO', decision: decision.decision });
  });
});

describe('what is not a decision counts as failure', () => {
  test.each<[string, unknown, RegExp]>([
    ['undefined', undefined, /returned undefined, no decision: return allow\(\), deny\(\) or replace/],
    ['null', null, /returned null/],
    ['true', true, /returned boolean/],
    ['a string', 'allow', /returned string/],
    ['a function', allow, /returned function/],
    ['an empty object', {}, /an object of another shape/],
    ['an unknown decision', { decision: 'maybe' }, /an object of another shape/],
    ['a list', [allow()], /an object of another shape/],
    ['a replacement of nothing', replace({}), /neither content nor metadata/],
    ['no replacement', replace(undefined as never), /neither content nor metadata/],
    ['empty content', replace({ content: '' }), /content is empty: return deny\(\)/],
    ['content that is no string', replace({ content: 5 as never }), /content is number, not a string/],
    ['content null', replace({ content: null as never }), /content is null, not a string/],
    [
      '4097 bytes of content', replace({ content: `${'é'.repeat(2048)}x` }),
      /content has 4097 bytes of UTF-8, more than 4096: shorten it/,
    ],
    ['metadata that is no string', replace({ metadata: {} as never }), /metadata is object, not a string/],
    [
      '1025 characters of metadata', replace({ metadata: 'm'.repeat(1025) }),
      /metadata has 1025 characters, more than 1024: shorten it/,
    ],
    [
      'a replacement of more', replace({ content: 'a', contentType: 'text/plain' } as never),
      /members other than content and metadata/,
    ],
  ])('%s', async (_what, value, reason) => {
    const event = messageEvent();
    await channelFlowProcessor((() => value) as DecideMessage)(event, invocation());
    expect(server().answers.get(event.CallbackId)?.body.DeleteResource).toBe(true);
    expect(log.lines()).toEqual([expect.objectContaining({
      level: 'ERROR',
      decision: 'deny',
      answer: 'ANSWERED',
      error: 'InvalidDecision',
      reason: expect.stringMatching(
        reason,
      ),
    })]);
  });

  test('all problems of a replacement are told at once', async () => {
    await channelFlowProcessor(() => replace({ content: '', metadata: 'm'.repeat(2000) }))(
      messageEvent(), invocation(),
    );
    expect(log.lines()[0].reason).toMatch(/content is empty.*; metadata has 2000/);
  });

  test('the message passes unchanged where the author chose so', async () => {
    await channelFlowProcessor(() => replace({ content: 'x'.repeat(5000) }), { onError: 'allow' })(
      messageEvent(RICH), invocation(),
    );
    expect(server().attempts[0].body.ChannelMessage).toMatchObject(RICH);
    expect(log.lines()[0]).toMatchObject({ level: 'ERROR', decision: 'allow', error: 'InvalidDecision' });
  });
});
