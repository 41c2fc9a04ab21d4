/**
 * What a processor's author sees. Nothing here names a type of the SDK: the package brings the SDK inside the runtime,
 * and its users need not have it.
 *
 * Members carry the service's own names. Every shape is open: what the service adds later arrives as it is.
 */
import type { Decision } from './decision';

/** A message on its way to a channel, as the service hands it to a processor. */
export interface ChannelMessage {
  readonly MessageId: string;
  readonly ChannelArn: string;
  /** What the sender wrote: 1 byte to 4 KB. */
  readonly Content: string;
  readonly Metadata?: string;
  readonly Sender?: MessageSender;
  /** `PERSISTENT` or `NON_PERSISTENT`. */
  readonly Persistence?: string;
  /** `STANDARD`: the service shows no other type to a processor. */
  readonly Type?: string;
  readonly CreatedTimestamp?: string;
  /** Present when the message is an edit of one that was sent before. */
  readonly LastEditedTimestamp?: string;
  readonly LastUpdatedTimestamp?: string;
  readonly ContentType?: string;
  readonly SubChannelId?: string;
  readonly MessageAttributes?: { readonly [name: string]: { readonly StringValues?: readonly string[] } };
  /** Goes out as it came, also when the content is replaced: deny a message whose notification must not pass. */
  readonly PushNotification?: { readonly Title?: string; readonly Body?: string; readonly Type?: string };
  readonly [member: string]: unknown;
}

/** Who sent a message. */
export interface MessageSender {
  readonly Arn?: string;
  readonly Name?: string;
  readonly [member: string]: unknown;
}

/** The event with which the service invokes a processor. */
export interface ChannelMessageEvent {
  readonly EventType: 'CHANNEL_MESSAGE_EVENT';
  readonly CallbackId: string;
  readonly ChannelMessage: ChannelMessage;
  readonly [member: string]: unknown;
}

/** What else a decision may be based on. */
export interface DecisionContext {
  /** The whole event; its `ChannelMessage` is the message. */
  readonly event: ChannelMessageEvent;
  /**
   * Aborted after the runtime has answered without waiting any longer for the decision. Give it to calls that take a
   * signal, so that they end with the invocation instead of going on in the next one.
   */
  readonly signal: AbortSignal;
}

/** Decides about one message. */
export type DecideMessage = (message: ChannelMessage, context: DecisionContext) => Decision | Promise<Decision>;

/** What happens to a message about which no decision could be had. */
export type ErrorDecision = 'allow' | 'deny';

/** How a processor behaves. */
export interface ProcessorOptions {
  /**
   * What happens to a message when there is no decision: the function throws, rejects, runs out of time, or returns an
   * invalid decision or an oversized message.
   *
   * `deny` because an unmoderated message is worse than a lost one: who sent it is told and can send it again, but what
   * was delivered can't be taken back. Choose `allow` where the processor only improves messages, as a translation
   * does.
   *
   * @default 'deny'
   */
  readonly onError?: ErrorDecision;
}

/** The part of Lambda's context that the runtime needs. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

/** A Lambda function's handler. */
export type ChannelFlowHandler = (event: unknown, context: InvocationContext) => Promise<void>;
