import { ChatClient } from '../../../local/demo/chat-client';
import type { ProcessorEvent } from '../../../local/emulator';
import { answer, putFlow, startMessageFixture, type MessageFixture } from '../emulator/message-fixture';

let fixture: MessageFixture;
let client: ChatClient;

beforeAll(async () => {
  fixture = await startMessageFixture({ processors: { moderate } });
  client = new ChatClient(fixture.emulator.url, fixture.member);
});

afterAll(() => fixture.close());

async function moderate(event: ProcessorEvent): Promise<void> {
  const content = event.ChannelMessage.Content!;
  await answer(fixture, event, { Content: content.replace('4111', '***') }, content.includes('idiot'));
}

const send = (content: string) => client.send(fixture.chat.channelArn, content);

test('what happens to each message, until its processor has answered', async () => {
  await putFlow(fixture, ['moderate']);

  expect(await send('hello')).toEqual({
    messageId: expect.any(String), sent: 'hello', status: 'SENT', milliseconds: expect.any(Number), read: 'hello',
  });
  expect(await send('my card is 4111')).toMatchObject({ status: 'SENT', read: 'my card is ***' });
  expect(await send('you idiot')).toMatchObject({ status: 'NotFoundException', read: undefined });
});

test('a message that could not be processed is not read', async () => {
  await putFlow(fixture, ['nowhere']);

  expect(await send('hello')).toMatchObject({ status: 'FAILED', read: undefined });
});

test('a channel with a flow, made by hand', async () => {
  const flow = await putFlow(fixture, ['moderate']);
  await new ChatClient(fixture.emulator.url, fixture.chat.adminArn).makeChannel(
    fixture.chat.appInstanceArn, 'visitors', flow,
  );

  const { channels, associations } = fixture.emulator.state();
  const visitors = channels.find(({ Name }) => Name === 'visitors')!;
  expect(associations).toContainEqual({ ChannelArn: visitors.ChannelArn, ChannelFlowArn: flow });
});
