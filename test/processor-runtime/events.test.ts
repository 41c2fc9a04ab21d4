import { callbackServer, captureLog, invocation, messageEvent } from './fixture';
import { allow, channelFlowProcessor, type ChannelMessage, type DecisionContext } from '../../src/processor-runtime';

const server = callbackServer();
const log = captureLog();

test('the function sees the whole event, unknown members too', async () => {
  let seen: { message: ChannelMessage; context: DecisionContext } | undefined;
  const event = messageEvent({ Target: [{ MemberArn: 'a' }], Novel: { deep: [1] } }, { NovelToo: true });
  await channelFlowProcessor((message, context) => { seen = { message, context }; return allow(); })(
    event, invocation(),
  );
  expect(seen!.message).toEqual(event.ChannelMessage);
  expect(seen!.context.event).toEqual(event);
  expect(seen!.context.event.ChannelMessage).toBe(seen!.message);
});

describe('an event of another shape', () => {
  const { CallbackId, ...withoutCallbackId } = messageEvent();
  test.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /the event is missing: invoke this function by a channel flow/],
    ['null', null, /the event is null/],
    ['a string', 'x', /the event is a string/],
    ['a list', [], /the event is a list/],
    [
      'an empty object', {},
      /EventType is missing, not CHANNEL_MESSAGE_EVENT; CallbackId is missing.*MessageId is missing.*ChannelArn is missing/,
    ],
    [
      'another type', { ...messageEvent(), EventType: 'CHANNEL_JOIN_EVENT' },
      /EventType is CHANNEL_JOIN_EVENT, not CHANNEL_MESSAGE_EVENT —/,
    ],
    [
      'a type that is none', { ...messageEvent(), EventType: 'my secret' },
      /EventType is a string, not CHANNEL_MESSAGE_EVENT —/,
    ],
    ['no callback id, which the SDK would invent', withoutCallbackId, /: CallbackId is missing, not a string —/],
    ['an empty callback id', { ...messageEvent(), CallbackId: '' }, /: CallbackId is empty, not a string —/],
    [
      'a callback id that is a number', { ...messageEvent(), CallbackId: 5 },
      /: CallbackId is a number, not a string —/,
    ],
    ['no message', { ...messageEvent(), ChannelMessage: undefined }, /ChannelMessage.MessageId is missing/],
    [
      'a message without a channel', messageEvent({ ChannelArn: undefined }),
      /: ChannelMessage.ChannelArn is missing, not a string —/,
    ],
    [
      'a message without an id', messageEvent({ MessageId: null }),
      /: ChannelMessage.MessageId is null, not a string —/,
    ],
  ])('%s is an error in the log, and no crash', async (_what, event, reason) => {
    const decide = jest.fn(() => allow());
    await expect(channelFlowProcessor(decide)(event, invocation())).resolves.toBeUndefined();
    expect(decide).not.toHaveBeenCalled();
    expect(server().attempts).toHaveLength(0);
    expect(log.lines()).toEqual([expect.objectContaining({
      level: 'ERROR', answer: 'NOT_ANSWERABLE', error: 'NotAChannelMessage', reason: expect.stringMatching(reason),
    })]);
    expect(log.text()).not.toContain('secret');
  });

  test('CallbackId is all that was taken away', () => expect(CallbackId).toBeDefined());
});
