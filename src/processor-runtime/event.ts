import { ProcessorError } from './processor-error';
import type { ChannelMessageEvent } from './types';
import { kindOf } from '../lambda-environment/value-kind';

/** An event that the service never sends to a processor. */
export class NotAChannelMessage extends ProcessorError {
  public readonly name = 'NotAChannelMessage';
}

const EVENT_TYPE = 'CHANNEL_MESSAGE_EVENT';

/**
 * The event, with every member that it has; throws `NotAChannelMessage` when there is nothing to decide about or no way
 * to answer. The callback id is insisted upon: the SDK invents one where it is missing, and the service would refuse
 * that.
 */
export function parseEvent(event: unknown): ChannelMessageEvent {
  if (!isObject(event)) {
    throw new NotAChannelMessage(`the event is ${kindOf(event)}: invoke this function by a channel flow`);
  }
  const { EventType, CallbackId, ChannelMessage } = event;
  const { MessageId, ChannelArn } = isObject(ChannelMessage) ? ChannelMessage : {};
  const problems = [
    ...EventType === EVENT_TYPE ? [] : [`EventType is ${eventType(EventType)}, not ${EVENT_TYPE}`],
    ...Object.entries({ CallbackId, 'ChannelMessage.MessageId': MessageId, 'ChannelMessage.ChannelArn': ChannelArn })
      .filter(([, value]) => typeof value !== 'string' || value === '')
      .map(([name, value]) => `${name} is ${kindOf(value)}, not a string`),
  ];
  if (problems.length > 0) {
    throw new NotAChannelMessage(
      `the event is not a channel message: ${problems.join('; ')} — invoke this function by a channel flow`,
    );
  }
  return event as unknown as ChannelMessageEvent;
}

/** Whose event it may be, for the log line of one that is none. */
export function idsOf(event: unknown): { messageId?: string; channelArn?: string } {
  const { MessageId, ChannelArn } = isObject(event) && isObject(event.ChannelMessage) ? event.ChannelMessage : {};
  return {
    ...typeof MessageId === 'string' && { messageId: MessageId },
    ...typeof ChannelArn === 'string' && { channelArn: ChannelArn },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A type is the service's own word when it looks like one; anything else may be content. */
function eventType(value: unknown): string {
  return typeof value === 'string' && /^[A-Z_]{1,64}$/.test(value) ? value : kindOf(value);
}
