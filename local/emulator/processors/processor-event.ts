import type { Identity } from '@aws-sdk/client-chime-sdk-messaging';
import { identityOf } from '../store/identity';
import { PendingCallback, keyIn, State } from '../store/state';

/** What a processor's function is invoked with. */
export interface ProcessorEvent {
  readonly EventType: 'CHANNEL_MESSAGE_EVENT';
  readonly CallbackId: string;
  readonly ChannelMessage: {
    readonly MessageId: string;
    readonly ChannelArn: string;
    readonly Content: string;
    readonly Metadata?: string;
    readonly Sender: Identity;
    readonly Persistence: string;
    /** Of another revision only. */
    readonly LastEditedTimestamp?: string;
    readonly Type: string;
    readonly CreatedTimestamp: string;
    readonly ContentType?: string;
    readonly SubChannelId?: string;
    readonly MessageAttributes?: Readonly<Record<string, { readonly StringValues?: string[] }>>;
  };
}

/** The event for a callback; nothing if its message is gone. */
export function processorEvent(state: State, callback: PendingCallback): ProcessorEvent | undefined {
  const message = state.messages.get(keyIn(callback.channelArn, callback.messageId));
  if (!message?.attempt) return undefined;
  const { content, metadata, contentType, subChannelId, attributes } = message.attempt.revision;
  const event: ProcessorEvent = {
    EventType: 'CHANNEL_MESSAGE_EVENT',
    CallbackId: callback.id,
    ChannelMessage: {
      MessageId: message.id,
      ChannelArn: message.channelArn,
      Content: content!,
      Metadata: metadata,
      Sender: identityOf(state, message.sender),
      Persistence: message.persistence,
      LastEditedTimestamp: message.edited === undefined ? undefined : new Date(message.edited).toISOString(),
      Type: message.type,
      CreatedTimestamp: new Date(message.created).toISOString(),
      ContentType: contentType,
      SubChannelId: subChannelId,
      MessageAttributes: attributes,
    },
  };
  // What is not set is not there, as in JSON; and no processor shares objects with the state.
  return JSON.parse(JSON.stringify(event));
}
