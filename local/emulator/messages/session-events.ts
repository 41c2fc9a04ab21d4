import { Message, MessageStatus, statusOf } from '../store/message';
import { State } from '../store/state';

type Change = 'CREATE' | 'UPDATE' | 'REDACT' | 'DELETE';

/** Tells everybody who may read the message. */
export function notifyMembers(state: State, now: number, change: Change, message: Message): void {
  const members = message.target
    ? [message.sender, ...message.target.filter(arn => arn !== message.sender)]
    : state.members.values().filter(({ channelArn }) => channelArn === message.channelArn).map(({ arn }) => arn);
  record(state, now, `${change}_CHANNEL_MESSAGE`, message, { Value: 'SENT' }, members);
}

/** Tells the sender alone how the processing stands. */
export function notifySender(
  state: State, now: number, change: Change, message: Message, status: MessageStatus = statusOf(message),
): void {
  record(state, now, `${status.Value}_${change}_CHANNEL_MESSAGE`, message, status, [message.sender]);
}

function record(
  state: State, now: number, type: string, { channelArn, id }: Message, status: MessageStatus,
  recipients: readonly string[],
): void {
  state.events.add(now, { kind: 'session', type, channelArn, messageId: id, status, recipients });
}
