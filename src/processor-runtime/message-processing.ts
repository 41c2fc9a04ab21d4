/**
 * The life of one message, from the event to the answer:
 *
 * | The function                                            | The service gets                            |
 * |---------------------------------------------------------|---------------------------------------------|
 * | returns a decision                                      | that decision                               |
 * | throws, rejects, runs out of time, returns no decision  | `onError`                                   |
 * | returns a decision that the service refuses (400)       | `onError`; refused as well: it was answered |
 *
 * | The service                                             | The invocation                              |
 * |---------------------------------------------------------|---------------------------------------------|
 * | takes the answer, or has one (403, 404, 409)            | returns                                     |
 * | throttles, is unavailable or unreachable                      | tries again while there is time, then throws: Lambda delivers the event again |
 */
import { callBack, type CallbackOutcome } from './callback';
import { callbackRequest } from './callback-request';
import type { Decision } from './decision';
import { checkDecision } from './decision-check';
import { describeFailure, type Failure } from './failure';
import { ProcessorError } from './processor-error';
import { decisionTime, type RemainingTime } from './remaining-time';
import { interruptible, withinTime } from './time-limit';
import type { ChannelMessageEvent, DecideMessage, ErrorDecision } from './types';

/** How a message ended. */
export interface Processed {
  readonly decision: Decision['decision'];
  readonly outcome: CallbackOutcome;
  /** Why the decision is `onError`'s. */
  readonly failure?: Failure;
}

/** How long what an abandoned function does when it is told may take. */
const TELL_MS = 250;

/** The service does not take what the function decided. */
class DecisionRefused extends ProcessorError {
  public readonly name = 'DecisionRefused';
}

export async function processMessage(
  event: ChannelMessageEvent,
  decide: DecideMessage,
  onError: ErrorDecision,
  remaining: RemainingTime,
): Promise<Processed> {
  const abandon = new AbortController();
  const { decision, failure } = await decisionOn(event, decide, onError, remaining, abandon.signal);
  try {
    const outcome = await callBack(callbackRequest(event, decision), remaining);
    if (outcome.answer !== 'REFUSED') return { decision: decision.decision, outcome, failure };
    return await afterRefusal(event, decision, onError, outcome, failure, remaining);
  } finally {
    // Only now: what an abandoned function does when it is told must not come between the message and its answer.
    if (failure !== undefined) tell(abandon);
  }
}

/** What the author does then must not keep the invocation. */
function tell(abandon: AbortController): void {
  try {
    interruptible(TELL_MS, () => abandon.abort());
  } catch {
    // It took too long.
  }
}

async function decisionOn(
  event: ChannelMessageEvent,
  decide: DecideMessage,
  onError: ErrorDecision,
  remaining: RemainingTime,
  signal: AbortSignal,
): Promise<{ decision: Decision; failure?: Failure }> {
  try {
    // A copy: what the author does to it must not change what is sent along with the decision.
    const own = structuredClone(event);
    const returned = await withinTime(
      decisionTime(remaining()), () => decide(own.ChannelMessage, { event: own, signal }),
    );
    return { decision: interruptible(decisionTime(remaining()), () => checkDecision(returned)) };
  } catch (error) {
    return { decision: { decision: onError }, failure: describeFailure(error, event.ChannelMessage) };
  }
}

/**
 * A 400 says either that there is an answer already or that this one can't be sent. `onError` is right for both: it is
 * refused as well in the first case, and ends the message's waiting in the second.
 */
async function afterRefusal(
  event: ChannelMessageEvent,
  refused: Decision,
  onError: ErrorDecision,
  { attempts }: CallbackOutcome,
  failure: Failure | undefined,
  remaining: RemainingTime,
): Promise<Processed> {
  const answered = { decision: refused.decision, outcome: { answer: 'ALREADY_ANSWERED', attempts }, failure } as const;
  if (refused.decision === 'deny' || refused.decision === onError) return answered;

  const second = await callBack(callbackRequest(event, { decision: onError }), remaining);
  const total = attempts + second.attempts;
  if (second.answer !== 'ANSWERED') return { ...answered, outcome: { answer: 'ALREADY_ANSWERED', attempts: total } };
  const reason = new DecisionRefused(
    `the service refused the decision ${refused.decision} (400): look for what it does not take in the message`,
  );
  return {
    decision: onError, outcome: { answer: 'ANSWERED', attempts: total }, failure: failure ?? describeFailure(reason),
  };
}
