import { Call } from './call';
import { BearerRequest, bearerOf, channelToRead, channelToSendTo, isAdmin, isModerator } from './permissions';
import { conflict, forbidden, missing } from '../../protocol/errors';
import { isSettled, Message, MessageStatus, Reading, readingOf, statusOf } from '../../store/message';
import { keyIn } from '../../store/state';

type MessageCall = Call<BearerRequest & { ChannelArn: string | undefined; MessageId: string | undefined }>;

/** A message and what the bearer sees of it: what is under way, or targeted at others, is not for them. */
export function messageToRead(call: MessageCall): [Message, Reading] {
  channelToRead(call);
  const message = storedMessage(call);
  const reading = readingOf(message, call.input.ChimeBearer!);
  if (!reading) {
    throw forbidden(
      `bearer ${call.input.ChimeBearer} may not read message ${message.MessageId}: it is not sent yet, or for others`,
    );
  }
  return [message, reading];
}

/** A sent message of the bearer's own. */
export function messageToUpdate(call: MessageCall): Message {
  channelToSendTo(call);
  const message = storedMessage(call);
  if (message.Sender !== call.input.ChimeBearer) {
    throw forbidden(`bearer ${call.input.ChimeBearer} is not the sender of message ${message.MessageId}`);
  }
  return settled(call, message);
}

/** A sent message of the bearer's own; to admins and moderators, of anybody who lets them see it. */
export function messageToRedact(call: MessageCall): Message {
  const channel = channelToRead(call);
  const [message] = messageToRead(call);
  const bearer = bearerOf(call);
  if (message.Sender !== bearer && !isAdmin(call, bearer) && !isModerator(call, bearer, channel)) {
    throw forbidden(
      `bearer ${bearer} is neither the sender of message ${message.MessageId} nor an app instance admin or a moderator`,
    );
  }
  return settled(call, message);
}

/** A sent message, to app instance admins; also one that they can't see. */
export function messageToDelete(call: MessageCall): Message {
  channelToRead(call);
  if (!isAdmin(call, bearerOf(call))) {
    throw forbidden(`bearer ${call.input.ChimeBearer} is not an app instance admin: only those delete messages`);
  }
  const message = storedMessage(call);
  if (!isSettled(message)) throw forbidden(unsent(message));
  return message;
}

/** How a message stands, to its sender; nothing for a denied one, if the switch says so. */
export function senderStatus(call: MessageCall): MessageStatus | undefined {
  const channel = channelToRead(call);
  const key = keyIn(channel.ChannelArn, call.input.MessageId!);
  const message = call.state.messages.get(key);
  const sender = message?.Sender ?? call.state.denied.get(key);
  if (sender !== undefined && sender !== call.input.ChimeBearer) {
    throw forbidden(`bearer ${call.input.ChimeBearer} is not the sender of message ${call.input.MessageId}`);
  }
  if (!message && sender !== undefined && call.behaviour.deniedMessageStatus === 'empty') return undefined;
  if (!message || (isForgotten(message) && call.behaviour.nonPersistentStatus === 'missing')) {
    throw missingMessage(call);
  }
  return statusOf(message);
}

/** Non-persistent messages go to who is connected, and are kept nowhere. */
function storedMessage(call: MessageCall): Message {
  const message = call.state.messages.get(keyIn(call.input.ChannelArn!, call.input.MessageId!));
  if (!message || isForgotten(message)) throw missingMessage(call);
  return message;
}

function isForgotten({ Persistence, attempt }: Message): boolean {
  return Persistence === 'NON_PERSISTENT' && !attempt;
}

function settled(call: MessageCall, message: Message): Message {
  if (!isSettled(message)) throw { conflict, forbidden }[call.behaviour.unsentMessage](unsent(message));
  return message;
}

const unsent = (message: Message) =>
  `message ${message.MessageId} is ${statusOf(message).Value}: only sent messages can be changed`;

const missingMessage = ({ behaviour, input }: MessageCall) =>
  missing(behaviour.missingMessage, 'message', input.MessageId!);
