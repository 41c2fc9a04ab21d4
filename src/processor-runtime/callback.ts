import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelFlowCallbackCommand, type ChannelFlowCallbackCommandInput } from '@aws-sdk/client-chime-sdk-messaging';
import { callbackError, callbackVerdict } from './callback-error';
import { messagingClient } from './messaging-client';
import { ProcessorError } from './processor-error';
import type { RemainingTime } from './remaining-time';

/** How a callback ended, and in how many attempts. */
export interface CallbackOutcome {
  /** `REFUSED` by the service: a second answer, or one that can't be sent. */
  readonly answer: 'ANSWERED' | 'ALREADY_ANSWERED' | 'REFUSED';
  readonly attempts: number;
}

/**
 * The service took no answer in all the time that there was. Thrown out of the handler, so that Lambda delivers the
 * event again.
 */
export class NotAnswered extends ProcessorError {
  public readonly name = 'NotAnswered';
}

/** No attempt starts with less time than this. */
const SHORTEST_ATTEMPT_MS = 100;
const LONGEST_ATTEMPT_MS = 5_000;
const LONGEST_WAIT_MS = 2_000;
/** How long a new role's permissions may take; a later delivery of the event finds them. */
const DENIED_FOR_MS = 10_000;

/** Sends the callback until the service has an answer, this one or another, or the time is over. */
export async function callBack(
  request: ChannelFlowCallbackCommandInput, remaining: RemainingTime,
): Promise<CallbackOutcome> {
  const started = performance.now();
  for (let attempts = 1; ; attempts++) {
    try {
      await attempt(request, Math.min(Math.max(remaining() / 2, SHORTEST_ATTEMPT_MS), LONGEST_ATTEMPT_MS));
      return { answer: 'ANSWERED', attempts };
    } catch (error) {
      const verdict = callbackVerdict(error);
      if (verdict === 'ANSWERED') return { answer: 'ALREADY_ANSWERED', attempts };
      if (verdict === 'REFUSED') return { answer: 'REFUSED', attempts };
      const patience = verdict === 'PASSING'
        ? Infinity
        : verdict === 'DENIED' ? started + DENIED_FOR_MS - performance.now() : 0;
      const left = Math.min(patience, remaining() - SHORTEST_ATTEMPT_MS);
      if (left <= 0) throw notAnswered(request, error, attempts);
      await sleep(Math.min(waitAfter(attempts), left));
    }
  }
}

/** One call, given up after `ms`: a connection that hangs must not take the time of the next attempt. */
async function attempt(request: ChannelFlowCallbackCommandInput, ms: number): Promise<void> {
  await messagingClient().send(
    new ChannelFlowCallbackCommand(request), { abortSignal: AbortSignal.timeout(Math.ceil(ms)) },
  );
}

/** Doubles from 50 ms; each between a half and the whole, so that many functions don't come back at once. */
function waitAfter(attempts: number): number {
  return Math.min(25 * 2 ** attempts, LONGEST_WAIT_MS) * (0.5 + Math.random() / 2);
}

function notAnswered(
  { ChannelMessage }: ChannelFlowCallbackCommandInput, error: unknown, attempts: number,
): NotAnswered {
  const { name, status } = callbackError(error);
  const fix = callbackVerdict(error) === 'DENIED'
    ? "allow the function's role chime:ChannelFlowCallback on the app instance's channels"
    : 'Lambda delivers the event again; if this stays, raise the function\'s timeout, so that more attempts fit in';
  return new NotAnswered(
    `message ${ChannelMessage?.MessageId} has no answer yet: attempt ${attempts}, the last, ended with `
      + `${name}${status === undefined ? '' : ` (${status})`} — ${fix}`,
  );
}
