import { Message, MessageStatus, statusOf } from '../store/message';
import { State } from '../store/state';

type Change = 'CREATE' | 'UPDATE' | 'REDACT' | 'DELETE';

/** Tells everybody who may read the message. */
export function notifyMembers(state: State, now: number, change: Change, message: Message): void {
  const readers = message.Target ?? state.members.within(message.ChannelArn);
  const members = new Set(message.Target ? [message.Sender] : []);
  readers.forEach(({ MemberArn }) => members.add(MemberArn!));
  record(state, now, `${change}_CHANNEL_MESSAGE`, message, { Value: 'SENT' }, [...members]);
}

/** Tells the sender alone how the processing stands. */
export function notifySender(
  state: State, now: number, change: Change, message: Message, status: MessageStatus = statusOf(message),
): void {
  record(state, now, `${status.Value}_${change}_CHANNEL_MESSAGE`, message, status, [message.Sender]);
}

function record(
  state: State, now: number, type: string, { ChannelArn, MessageId }: Message, status: MessageStatus,
  recipients: readonly string[],
): void {
  state.events.add(now, { kind: 'session', type, channelArn: ChannelArn, messageId: MessageId, status, recipients });
}
