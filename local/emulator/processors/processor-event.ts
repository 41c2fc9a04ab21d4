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
  const message = state.messages.get(keyIn(callback.ChannelArn, callback.MessageId));
  if (!message?.attempt) return undefined;
  const { MessageId, ChannelArn, Sender, Persistence, LastEditedTimestamp, Type, CreatedTimestamp } = message;
  const { Content, Metadata, ContentType, SubChannelId, MessageAttributes } = message.attempt.revision;
  // What is not set is not there, and times are text, as in JSON; and no processor shares objects with the state.
  return JSON.parse(JSON.stringify({
    EventType: 'CHANNEL_MESSAGE_EVENT',
    CallbackId: callback.CallbackId,
    ChannelMessage: {
      MessageId,
      ChannelArn,
      Content,
      Metadata,
      Sender: identityOf(state, Sender),
      Persistence,
      LastEditedTimestamp,
      Type,
      CreatedTimestamp,
      ContentType,
      SubChannelId,
      MessageAttributes,
    },
  }));
}
