import { ChannelMessageCallback, SendChannelMessageCommandInput } from '@aws-sdk/client-chime-sdk-messaging';
import { Chat, createChat, createUser, Fixture, newToken, processor, startFixture } from './fixture';
import { EmulatorOptions, ProcessorEvent } from '../../../local/emulator';
import { until } from '../../support/until';

/** A chat whose channel has a member, and processors that only collect what they are asked. */
export interface MessageFixture extends Fixture {
  readonly chat: Chat;
  readonly member: string;
  /** What each processor was asked, in order, by its name. */
  readonly asked: Record<string, ProcessorEvent[]>;
}

type Fallback = 'ABORT' | 'CONTINUE';

/** Processors by these names exist; none else can be invoked. */
const COLLECTORS = ['first', 'second', 'third'];

/** A fixture of its own for each test: its clock starts anew. */
export async function startMessageFixture(options: EmulatorOptions = {}): Promise<MessageFixture> {
  const asked: Record<string, ProcessorEvent[]> = Object.fromEntries(COLLECTORS.map(name => [name, []]));
  const collectors = Object.fromEntries(
    COLLECTORS.map(name => [name, (event: ProcessorEvent) => { asked[name].push(event); }]),
  );
  const fixture = await startFixture({ ...options, processors: { ...collectors, ...options.processors } });
  const chat = await createChat(fixture);
  return { ...fixture, asked, chat, member: await join(fixture, chat) };
}

/** A new user who is a member of the channel. */
export async function join(fixture: Fixture, { appInstanceArn, channelArn, adminArn }: Chat): Promise<string> {
  const member = await createUser(fixture, appInstanceArn);
  await fixture.messaging.createChannelMembership({
    ChannelArn: channelArn, MemberArn: member, Type: 'DEFAULT', ChimeBearer: adminArn,
  });
  return member;
}

/** Gives the channel a flow of these processors, in this order, each with its fallback action. */
export async function putFlow(
  fixture: MessageFixture, ...processors: [name: string, fallback?: Fallback, order?: number][]
): Promise<string> {
  const { appInstanceArn, channelArn, adminArn } = fixture.chat;
  const { ChannelFlowArn } = await fixture.messaging.createChannelFlow({
    AppInstanceArn: appInstanceArn,
    Name: 'flow',
    Processors: processors.map(([name, fallback = 'ABORT', order], index) =>
      processor(name, { order: order ?? index + 1, fallback })),
    ClientRequestToken: newToken(),
  });
  await fixture.messaging.associateChannelFlow({ ChannelArn: channelArn, ChannelFlowArn, ChimeBearer: adminArn });
  return ChannelFlowArn!;
}

export function send(fixture: MessageFixture, input: Partial<SendChannelMessageCommandInput> = {}) {
  return fixture.messaging.sendChannelMessage({
    ChannelArn: fixture.chat.channelArn,
    Content: 'hello',
    Type: 'STANDARD',
    Persistence: 'PERSISTENT',
    ClientRequestToken: newToken(),
    ChimeBearer: fixture.member,
    ...input,
  });
}

/** The so-manyeth question that a processor was asked, as soon as it is. */
export async function question(fixture: MessageFixture, name = 'first', number = 1): Promise<ProcessorEvent> {
  await until(() => fixture.asked[name].length >= number);
  return fixture.asked[name][number - 1];
}

export function answer(
  fixture: MessageFixture,
  event: ProcessorEvent,
  message: Partial<ChannelMessageCallback> = {},
  DeleteResource?: boolean,
) {
  return fixture.messaging.channelFlowCallback({
    CallbackId: event.CallbackId,
    ChannelArn: event.ChannelMessage.ChannelArn,
    ChannelMessage: { MessageId: event.ChannelMessage.MessageId, ...message },
    DeleteResource,
  });
}

export const about = (fixture: MessageFixture, MessageId: string | undefined, ChimeBearer = fixture.member) =>
  ({ ChannelArn: fixture.chat.channelArn, MessageId, ChimeBearer });

export async function statusOf(fixture: MessageFixture, messageId: string | undefined) {
  return (await fixture.messaging.getChannelMessageStatus(about(fixture, messageId))).Status;
}

export async function read(fixture: MessageFixture, messageId: string | undefined, bearer = fixture.member) {
  return (await fixture.messaging.getChannelMessage(about(fixture, messageId, bearer))).ChannelMessage!;
}

/** What the service told clients of a message, by the event's type. */
export function told(
  fixture: MessageFixture, messageId: string | undefined,
): { type: string; recipients: readonly string[] }[] {
  return fixture.emulator.events().flatMap(event =>
    event.kind === 'session' && event.messageId === messageId
      ? [{ type: event.type, recipients: event.recipients }]
      : []);
}
