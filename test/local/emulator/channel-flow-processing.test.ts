import { failure } from './fixture';
import { about, answer, MessageFixture, openChat, putFlow, question, read, send, startMessageFixture, statusOf, told, until } from './message-fixture';

let fixture: MessageFixture;
beforeAll(async () => { fixture = await startMessageFixture(); });
beforeEach(() => openChat(fixture));
afterAll(() => fixture.close());

const HOUR = 60 * 60_000;

test('without a flow a message is sent at once', async () => {
  const sent = await send(fixture);
  expect(sent).toMatchObject({ ChannelArn: fixture.chat.channelArn, MessageId: expect.stringMatching(/^[0-9a-f]{64}$/), Status: { Value: 'SENT' } });
  expect(await statusOf(fixture, sent.MessageId)).toEqual({ Value: 'SENT' });
  expect(told(fixture, sent.MessageId)).toEqual([{
    type: 'CREATE_CHANNEL_MESSAGE', recipients: expect.arrayContaining([fixture.member, fixture.chat.adminArn]),
  }]);
});

test('a processor is asked as the service asks, and the message is PENDING until it answers', async () => {
  await putFlow(fixture, ['first']);
  const { MessageId, Status } = await send(fixture, { Metadata: 'm' });
  expect(Status).toEqual({ Value: 'PENDING' });
  const event = await question(fixture);
  expect(event).toEqual({
    EventType: 'CHANNEL_MESSAGE_EVENT',
    CallbackId: expect.stringMatching(/^[-0-9a-f]{36}$/),
    ChannelMessage: {
      MessageId,
      ChannelArn: fixture.chat.channelArn,
      Content: 'hello',
      Metadata: 'm',
      Sender: { Arn: fixture.member, Name: expect.stringContaining('user') },
      Persistence: 'PERSISTENT',
      Type: 'STANDARD',
      CreatedTimestamp: '2026-01-01T00:00:00.000Z',
    },
  });
  expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'PENDING' });
  expect(await answer(fixture, event)).toMatchObject({ ChannelArn: fixture.chat.channelArn, CallbackId: event.CallbackId });
  expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'SENT' });
  expect(told(fixture, MessageId)).toMatchObject([
    { type: 'PENDING_CREATE_CHANNEL_MESSAGE', recipients: [fixture.member] }, { type: 'CREATE_CHANNEL_MESSAGE' },
  ]);
});
