import type { ChannelMessage, ListChannelMessagesRequest } from '@aws-sdk/client-chime-sdk-messaging';
import { Call } from './access/call';
import {
  messageToDelete, messageToRead, messageToRedact, messageToUpdate, senderStatus,
} from './access/message-access';
import { page, Page } from './access/pagination';
import { channelToRead, channelToSendTo } from './access/permissions';
import { Operation, Operations } from './operation';
import { newMessageId } from '../messages/message-id';
import { checkSize } from '../messages/message-size';
import { submit } from '../messages/processing';
import { notifyMembers } from '../messages/session-events';
import { badRequest } from '../protocol/errors';
import { identityOf } from '../store/identity';
import { Message, MessageStatus, Reading, readingOf, statusOf } from '../store/message';
import { created, updated } from '../store/record';
import { Channel, keyIn, State } from '../store/state';

const SendChannelMessage: Operation<'SendChannelMessage', Channel> = {
  check(call) {
    const channel = channelToSendTo(call);
    const { Type, Content, Metadata, Target = [] } = call.input;
    checkSize(Type!, Content);
    if (Type === 'CONTROL' && Metadata !== undefined) {
      throw badRequest('a CONTROL message must have no Metadata: leave it out, or send a STANDARD message');
    }
    const stranger = Target.find(({ MemberArn }) => !call.state.members.has(keyIn(channel.ChannelArn, MemberArn!)));
    if (stranger) throw badRequest(`Target must name members of ${channel.ChannelArn}, got ${stranger.MemberArn}`);
    return channel;
  },
  act(call, { ChannelArn }) {
    const {
      Type, Persistence, Target, Content, Metadata, ContentType, MessageAttributes, SubChannelId, ChimeBearer,
    } = call.input;
    const message: Message = {
      MessageId: newMessageId(),
      ChannelArn,
      Sender: ChimeBearer!,
      Type: Type!,
      Persistence: Persistence!,
      Target,
      Redacted: false,
      ...created(call),
    };
    const revision = { Content, Metadata, ContentType, MessageAttributes, SubChannelId };
    return answer(submit(call, message, revision, 'CREATE'), SubChannelId);
  },
};

const GetChannelMessage: Operation<'GetChannelMessage', [Message, Reading]> = {
  check: messageToRead,
  act: (call, [message, reading]) => ({ ChannelMessage: shown(call.state, message, reading) }),
};

const GetChannelMessageStatus: Operation<'GetChannelMessageStatus', MessageStatus | undefined> = {
  check: senderStatus,
  act: (_, Status) => ({ Status }),
};

const ListChannelMessages: Operation<'ListChannelMessages', Page<Message>> = {
  check(call) {
    const { ChannelArn } = channelToRead(call);
    const { SortOrder = 'DESCENDING', NotBefore, NotAfter, SubChannelId } = call.input;
    const of = JSON.stringify([ChannelArn, SortOrder, NotBefore, NotAfter, SubChannelId]);
    return page(
      call, call.state.messages, of, message => message.ChannelArn === ChannelArn && isListed(call, message),
      SortOrder === 'ASCENDING' ? 'oldest-first' : 'latest-first',
    );
  },
  act: ({ state, input: { ChannelArn, ChimeBearer, SubChannelId } }, { items, NextToken }) => ({
    ChannelArn,
    NextToken,
    ChannelMessages: items.map(message => shown(state, message, readingOf(message, ChimeBearer!)!)),
    SubChannelId,
  }),
};

const UpdateChannelMessage: Operation<'UpdateChannelMessage', Message> = {
  check(call) {
    const message = messageToUpdate(call);
    checkSize(message.Type, call.input.Content);
    if (message.Type === 'CONTROL' && call.input.Metadata !== undefined) {
      throw badRequest('a CONTROL message must have no Metadata: leave it out');
    }
    return message;
  },
  act(call, message) {
    const {
      Content, Metadata = message.sent!.Metadata, ContentType = message.sent!.ContentType, SubChannelId,
    } = call.input;
    const edited = { ...message, LastEditedTimestamp: new Date(call.now) };
    return answer(submit(call, edited, { ...message.sent, Content, Metadata, ContentType }, 'UPDATE'), SubChannelId);
  },
};

const DeleteChannelMessage: Operation<'DeleteChannelMessage', Message> = {
  check: messageToDelete,
  act(call, message) {
    call.state.messages.delete(keyIn(message.ChannelArn, message.MessageId));
    notifyMembers(call.state, call.now, 'DELETE', message);
  },
};

const RedactChannelMessage: Operation<'RedactChannelMessage', Message> = {
  check: messageToRedact,
  act(call, message) {
    const { ChannelArn, MessageId } = message;
    const sent = { ...message.sent, Content: undefined, Metadata: undefined };
    const redacted = { ...message, sent, attempt: undefined, Redacted: true, ...updated(call) };
    call.state.messages.set(keyIn(ChannelArn, MessageId), redacted);
    notifyMembers(call.state, call.now, 'REDACT', redacted);
    return { ChannelArn, MessageId, SubChannelId: call.input.SubChannelId };
  },
};

export const channelMessageOperations: Operations = {
  SendChannelMessage,
  GetChannelMessage,
  GetChannelMessageStatus,
  ListChannelMessages,
  UpdateChannelMessage,
  DeleteChannelMessage,
  RedactChannelMessage,
};

/** Only what is stored and may be read by the bearer is listed. */
function isListed(call: Call<ListChannelMessagesRequest>, message: Message): boolean {
  const { NotBefore, NotAfter, SubChannelId, ChimeBearer } = call.input;
  const { Persistence, CreatedTimestamp } = message;
  const reading = readingOf(message, ChimeBearer!);
  return reading !== undefined
    && Persistence === 'PERSISTENT'
    && (NotBefore === undefined || CreatedTimestamp >= NotBefore)
    && (NotAfter === undefined || CreatedTimestamp <= NotAfter)
    && (SubChannelId === undefined || reading.revision.SubChannelId === SubChannelId);
}

/** What the sender is told at once. */
function answer(message: Message, SubChannelId: string | undefined) {
  return { ChannelArn: message.ChannelArn, MessageId: message.MessageId, Status: statusOf(message), SubChannelId };
}

function shown(state: State, message: Message, { revision, status }: Reading): ChannelMessage {
  return { ...message, ...revision, Sender: identityOf(state, message.Sender), Status: status };
}
