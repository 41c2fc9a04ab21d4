/**
 * What the Lambda function of a channel flow's processor is written with: `cdk-chime-messaging/processor`.
 *
 * It names no type of the SDK and is not part of the constructs: it runs inside the function and brings all it needs
 * along.
 */
import { makeProcessor } from './processor';
import type { ChannelFlowHandler, ProcessorOptions, DecideMessage } from './types';

export { allow, deny, replace } from './decision';
export type { Allow, Decision, Deny, Replace, Replacement } from './decision';
export type {
  ChannelFlowHandler, ProcessorOptions, ChannelMessage, ChannelMessageEvent, DecideMessage, DecisionContext,
  InvocationContext, MessageSender, ErrorDecision,
} from './types';

/**
 * Makes a Lambda handler of a function that decides about one message.
 *
 * ```ts
 * import { allow, channelFlowProcessor, deny, replace } from 'cdk-chime-messaging/processor';
 *
 * export const handler = channelFlowProcessor(async message => {
 *   if (message.Content.includes('forbidden')) return deny();
 *   const content = message.Content.replace(/\d{3}-\d{4}/g, '***');
 *   return content === message.Content ? allow() : replace({ content });
 * });
 * ```
 *
 * Each message gets one answer:
 * - The function throws, rejects, returns no decision, or decides on content or metadata that don't fit into a message:
 *   the answer is `onError`, by default `deny`, because an unmoderated message is worse than a lost one.
 * - The function is not done shortly before the Lambda function's timeout: the same, with a quarter of the time (one to
 *   five seconds) kept back for the answer. This also ends a loop without end, as long as it stands before the
 *   function's first `await`; after it, only Lambda's timeout ends such a loop, without an answer.
 * - The service throttles or is unavailable: the answer is sent again, with growing pauses, while there is time.
 *   Without success the handler throws, and Lambda delivers the event again.
 * - The event comes twice: only the first delivery is answered. When another container was faster, the service refuses
 *   the second answer, which is not an error.
 *
 * One line of JSON a delivery is logged: `messageId`, `channelArn`, `decision`, `answer`, `attempts`, `durationMs`, and
 * on failure `error` with `reason` or `stack`. Content and metadata are never logged. Of an error that the function
 * throws, its class and the places in the code are logged, not its message, which may quote the content.
 *
 * An event that is not a channel message is logged as an error and otherwise ignored.
 */
export function channelFlowProcessor(
  decide: DecideMessage, options: ProcessorOptions = {},
): ChannelFlowHandler {
  return makeProcessor(decide, options);
}
