import type {
  ChannelMessage, ChannelMessageSummary, ListChannelMessagesRequest,
} from '@aws-sdk/client-chime-sdk-messaging';
import { Call } from './access/call';
import { Operation, Operations } from './operation';
import { badRequest } from '../protocol/errors';
import { identityOf } from '../store/identity';
import { Message, MessageStatus, Reading, readingOf, Revision, statusOf } from '../store/message';
import {
  messageToDelete, messageToRead, messageToRedact, messageToUpdate, senderStatus,
} from './access/message-access';
import { newMessageId } from '../messages/message-id';
import { checkSize } from '../messages/message-size';
import { page, Page } from './access/pagination';
import { channelToRead, channelToSendTo } from './access/permissions';
import { submit } from '../messages/processing';
import { notifyMembers } from '../messages/session-events';
import { Channel, keyIn, State } from '../store/state';

const SendChannelMessage: Operation<'SendChannelMessage', Channel> = {
  check(call) {
    const channel = channelToSendTo(call);
    const { Type, Content, Metadata, Target = [] } = call.input;
    checkSize(Type!, Content);
    if (Type === 'CONTROL' && Metadata !== undefined) {
      throw badRequest('a CONTROL message must have no Metadata: leave it out, or send a STANDARD message');
    }
    const stranger = Target.find(({ MemberArn }) => !call.state.members.has(keyIn(channel.arn, MemberArn!)));
    if (stranger) throw badRequest(`Target must name members of ${channel.arn}, got ${stranger.MemberArn}`);
    return channel;
  },
  act(call, channel) {
    const {
      Type, Persistence, Target, Content, Metadata, ContentType, MessageAttributes, SubChannelId, ChimeBearer,
    } = call.input;
    const message: Message = {
      id: newMessageId(),
      channelArn: channel.arn,
      sender: ChimeBearer!,
      type: Type!,
      persistence: Persistence!,
      target: Target?.map(({ MemberArn }) => MemberArn!),
      redacted: false,
      created: call.now,
      updated: call.now,
    };
    const revision: Revision = {
      content: Content,
      metadata: Metadata,
      contentType: ContentType,
      attributes: MessageAttributes,
      subChannelId: SubChannelId,
    };
    return answer(submit(call, message, revision, 'CREATE'), SubChannelId);
  },
};

const GetChannelMessage: Operation<'GetChannelMessage', [Message, Reading]> = {
  check: messageToRead,
  act: (call, [message, reading]) => ({ ChannelMessage: details(call.state, message, reading) }),
};

const GetChannelMessageStatus: Operation<'GetChannelMessageStatus', MessageStatus | undefined> = {
  check: senderStatus,
  act: (_, status) => ({ Status: status }),
};

const ListChannelMessages: Operation<'ListChannelMessages', Page<Message>> = {
  check(call) {
    const { arn } = channelToRead(call);
    const { SortOrder = 'DESCENDING', NotBefore, NotAfter, SubChannelId } = call.input;
    const of = JSON.stringify([arn, SortOrder, NotBefore, NotAfter, SubChannelId]);
    return page(
      call, call.state.messages, of, message => message.channelArn === arn && isListed(call, message),
      SortOrder === 'ASCENDING' ? 'oldest-first' : 'latest-first',
    );
  },
  act: (call, { items, nextToken }) => ({
    ChannelArn: call.input.ChannelArn,
    NextToken: nextToken,
    ChannelMessages: items.map(message => summary(call.state, message, readingOf(message, call.input.ChimeBearer!)!)),
    SubChannelId: call.input.SubChannelId,
  }),
};

const UpdateChannelMessage: Operation<'UpdateChannelMessage', Message> = {
  check(call) {
    const message = messageToUpdate(call);
    checkSize(message.type, call.input.Content);
    if (message.type === 'CONTROL' && call.input.Metadata !== undefined) {
      throw badRequest('a CONTROL message must have no Metadata: leave it out');
    }
    return message;
  },
  act(call, message) {
    const {
      Content, Metadata = message.sent!.metadata, ContentType = message.sent!.contentType, SubChannelId,
    } = call.input;
    const revision = { ...message.sent, content: Content, metadata: Metadata, contentType: ContentType };
    return answer(submit(call, { ...message, edited: call.now }, revision, 'UPDATE'), SubChannelId);
  },
};

const DeleteChannelMessage: Operation<'DeleteChannelMessage', Message> = {
  check: messageToDelete,
  act(call, message) {
    call.state.messages.delete(keyIn(message.channelArn, message.id));
    notifyMembers(call.state, call.now, 'DELETE', message);
  },
};

const RedactChannelMessage: Operation<'RedactChannelMessage', Message> = {
  check: messageToRedact,
  act(call, message) {
    const sent = { ...message.sent, content: undefined, metadata: undefined };
    const redacted = { ...message, sent, attempt: undefined, redacted: true, updated: call.now };
    call.state.messages.set(keyIn(message.channelArn, message.id), redacted);
    notifyMembers(call.state, call.now, 'REDACT', redacted);
    return { ChannelArn: message.channelArn, MessageId: message.id, SubChannelId: call.input.SubChannelId };
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
  const reading = readingOf(message, ChimeBearer!);
  return reading !== undefined
    && message.persistence === 'PERSISTENT'
    && (NotBefore === undefined || message.created >= NotBefore.getTime())
    && (NotAfter === undefined || message.created <= NotAfter.getTime())
    && (SubChannelId === undefined || reading.revision.subChannelId === SubChannelId);
}

/** What the sender is told at once. */
function answer(message: Message, subChannelId: string | undefined) {
  return {
    ChannelArn: message.channelArn, MessageId: message.id, Status: statusOf(message), SubChannelId: subChannelId,
  };
}

function summary(state: State, message: Message, { revision, status }: Reading): ChannelMessageSummary {
  return {
    MessageId: message.id,
    Content: revision.content,
    Metadata: revision.metadata,
    Type: message.type as ChannelMessage['Type'],
    CreatedTimestamp: new Date(message.created),
    LastUpdatedTimestamp: new Date(message.updated),
    LastEditedTimestamp: message.edited === undefined ? undefined : new Date(message.edited),
    Sender: identityOf(state, message.sender),
    Redacted: message.redacted,
    Status: status,
    MessageAttributes: revision.attributes as ChannelMessage['MessageAttributes'],
    ContentType: revision.contentType,
    Target: message.target?.map(MemberArn => ({ MemberArn })),
  };
}

function details(state: State, message: Message, reading: Reading): ChannelMessage {
  return {
    ...summary(state, message, reading),
    ChannelArn: message.channelArn,
    Persistence: message.persistence as ChannelMessage['Persistence'],
    SubChannelId: reading.revision.subChannelId,
  };
}
