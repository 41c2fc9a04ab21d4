import type { ChannelFlowCallbackRequest, ChannelMessageCallback } from '@aws-sdk/client-chime-sdk-messaging';
import { Call } from './access/call';
import { Operation, Operations } from './operation';
import { checkSize } from '../messages/message-size';
import { deny, advance } from '../messages/processing';
import { badRequest, forbidden, refused } from '../protocol/errors';
import { channelIfAny } from './access/lookup';
import { Message, Revision } from '../store/message';
import { keyIn, PendingCallback } from '../store/state';

/** How long a processor may take to answer. */
const WINDOW_MS = 48 * 60 * 60_000;

const ChannelFlowCallback: Operation<'ChannelFlowCallback', [PendingCallback, Message]> = {
  check(call) {
    const { CallbackId, ChannelMessage } = call.input;
    const [callback, message] = findCallback(call);
    if (call.now - callback.CreatedTimestamp.getTime() > WINDOW_MS) {
      throw forbidden(`callback ${CallbackId} was asked for more than 48 hours ago: it can't be answered any more`);
    }
    if (ChannelMessage!.MessageId !== callback.MessageId) {
      throw badRequest(`ChannelMessage.MessageId must be ${callback.MessageId}, which callback ${CallbackId} is about, `
        + `got ${ChannelMessage!.MessageId}`);
    }
    checkSize('STANDARD', ChannelMessage!.Content);
    return [callback, message];
  },
  act(call, [callback, message]) {
    call.state.callbacks.delete(keyIn(callback.ChannelArn, callback.CallbackId));
    if (call.input.DeleteResource) {
      deny(call, message, callback);
    } else {
      advance(call, message, replaced(call, message.attempt!.revision), callback);
    }
    return { ChannelArn: callback.ChannelArn, CallbackId: callback.CallbackId };
  },
};

export const channelFlowCallbackOperations: Operations = { ChannelFlowCallback };

/** A callback that waits for its answer; with a channel or a message goes all that was asked about it. */
function findCallback(call: Call<ChannelFlowCallbackRequest>): [PendingCallback, Message] {
  const { CallbackId, ChannelArn } = call.input;
  const channel = channelIfAny(call, ChannelArn!);
  const callback = channel && call.state.callbacks.get(keyIn(channel.ChannelArn, CallbackId!));
  const message = callback && call.state.messages.get(keyIn(callback.ChannelArn, callback.MessageId));
  if (!message) {
    throw refused(
      call.behaviour.repeatedCallback, `callback ${CallbackId} of ${ChannelArn} is unknown, or has its answer already`,
    );
  }
  return [callback, message];
}

/**
 * What the message says when the processor has replaced what its answer names. The push notification is nobody's to
 * see.
 */
function replaced({ input, behaviour }: Call<ChannelFlowCallbackRequest>, revision: Revision): Revision {
  const {
    Content, Metadata, ContentType, MessageAttributes, SubChannelId,
  } = input.ChannelMessage as ChannelMessageCallback;
  const cleared = Content !== undefined && behaviour.unnamedByCallback === 'cleared';
  const unnamed: Revision = cleared ? {} : revision;
  return {
    Content: Content ?? revision.Content,
    Metadata: Metadata ?? unnamed.Metadata,
    ContentType: ContentType ?? unnamed.ContentType,
    MessageAttributes: MessageAttributes ?? unnamed.MessageAttributes,
    SubChannelId: SubChannelId ?? revision.SubChannelId,
  };
}
