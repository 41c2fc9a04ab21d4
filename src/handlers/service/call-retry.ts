/**
 * How long a call of the service is attempted again, by what its error means.
 *
 * | Error          | Attempted again                                                                                   |
 * |----------------|---------------------------------------------------------------------------------------------------|
 * | throttled      | as long as the invocation has time: a busy service is not a failure                               |
 * | 5xx, no answer | for a minute of nothing else; then it is thrown                                                   |
 * | denied by IAM  | for 90 s from the event's first denial; then it is thrown. A new role's policy takes time to hold |
 * | anything else  | never                                                                                             |
 *
 * Where the invocation ends before, the event ends `Unfinished`: Lambda delivers it again, and the last delivery
 * answers FAILED.
 */
import { backoff } from './backoff';
import { GO_ON, Unfinished, type Clock } from './clock';
import { callOf, rememberNoAnswer } from './service-error';
import { isIamDenial, isTransient, isThrottled } from '../../lambda-environment/sdk-error';

const IAM_SETTLES_WITHIN_MS = 90_000;
const RECOVERS_WITHIN_MS = 60_000;
/** What an attempt takes: one that could not end any more would leave nothing to say. */
const LAST_CALL_MS = 1_000;

export type Retry = <T>(attempt: () => Promise<T>) => Promise<T>;

/** Retries of the calls of one event, which share its time and its patience with IAM. */
export class CallRetry {
  private iamSettles?: number;

  public constructor(private readonly clock: Clock) {}

  /** Attempts again as the table says. */
  public readonly always: Retry = attempt => this.retry(attempt, isTransient);

  /** The same, but throws at once what is throttled: for who sets the pace of many calls. */
  public readonly unlessThrottled: Retry = attempt =>
    this.retry(attempt, error => isTransient(error) && !isThrottled(error));

  private async retry<T>(attempt: () => Promise<T>, isWaitedFor: (error: unknown) => boolean): Promise<T> {
    const started = this.clock.now();
    let [recovers, wasUnanswered] = [undefined as number | undefined, false];
    for (let attempts = 1; ; attempts++) {
      // Work that was overtaken by its event's end may go on in the container's next event, and must not act any more.
      if (this.clock.remaining() <= 0) throw new Unfinished(`the function ran out of time — ${GO_ON}`);
      try {
        return await attempt();
      } catch (error) {
        const now = this.clock.now();
        const wait = backoff(attempts, now - started);
        let ends: number | undefined;
        if (isIamDenial(error)) {
          ends = this.iamSettles ??= now + IAM_SETTLES_WITHIN_MS;
        } else if (isWaitedFor(error)) {
          recovers = isThrottled(error) ? undefined : recovers ?? now + RECOVERS_WITHIN_MS;
          wasUnanswered ||= !isThrottled(error);
          ends = recovers ?? Infinity;
        }
        if (ends === undefined || now + wait > ends) {
          if (wasUnanswered) rememberNoAnswer(error);
          throw error;
        }
        if (wait > this.clock.remaining() - LAST_CALL_MS) {
          throw isIamDenial(error) ? error : outOfTime(error, attempts, now - started);
        }
        await this.clock.sleep(wait);
      }
    }
  }
}

function outOfTime(error: unknown, attempts: number, waitedMs: number): Unfinished {
  const { operation } = callOf(error);
  const refusal = isThrottled(error) ? 'was throttled by the service' : 'got no answer from the service';
  const waited = `${attempts} attempts in ${Math.round(waitedMs / 1000)} s`;
  return new Unfinished(
    `${operation} ${refusal}: ${waited} — ${GO_ON}; change fewer resources at a time, or ask AWS Support for a higher `
      + 'request rate',
  );
}
