import type { ChannelFlowCallbackCommandInput, ChannelMessageCallback } from '@aws-sdk/client-chime-sdk-messaging';
import type { Decision } from './decision';
import type { ChannelMessage, ChannelMessageEvent } from './types';

/**
 * The callback that carries a decision. What a decision doesn't name is sent along as it came: the service says nowhere
 * whether a member that a callback leaves out is kept or lost. A denial carries nothing but the message's id.
 */
export function callbackRequest(
  { CallbackId, ChannelMessage: message }: ChannelMessageEvent, decision: Decision,
): ChannelFlowCallbackCommandInput {
  const { ChannelArn, MessageId } = message;
  if (decision.decision === 'deny') {
    return { CallbackId, ChannelArn, ChannelMessage: { MessageId }, DeleteResource: true };
  }

  const { content, metadata } = decision.decision === 'replace' ? decision : {};
  return {
    CallbackId,
    ChannelArn,
    ChannelMessage: {
      MessageId,
      ...kept(message),
      ...content !== undefined && { Content: content },
      ...metadata !== undefined && { Metadata: metadata },
    },
  };
}

/**
 * The members of a message that a callback can hold; one of an unexpected type would only make the service refuse all.
 */
function kept(message: ChannelMessage): Omit<ChannelMessageCallback, 'MessageId'> {
  const texts = ['Content', 'Metadata', 'SubChannelId', 'ContentType'].filter(
    name => typeof message[name] === 'string',
  );
  const objects = ['MessageAttributes', 'PushNotification'].filter(
    name => typeof message[name] === 'object' && message[name] !== null,
  );
  return Object.fromEntries([...texts, ...objects].map(name => [name, message[name]]));
}
