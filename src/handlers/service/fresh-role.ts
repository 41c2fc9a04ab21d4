import { retryWhile } from './retry';
import { isIamDenial } from './service-error';
import type { Clock } from '../protocol/lifecycle';

/** How long IAM may take until a new role's policy holds everywhere. */
const SETTLES_WITHIN_MS = 90_000;

/** When each event's patience with IAM ends; one clock serves one event. */
const patienceEnds = new WeakMap<Clock, number>();

/**
 * Retries what IAM denies for about 90 s from an event's first denial. The clients do this for every call. It is one
 * allowance an event: calling it again around several calls does not multiply the wait.
 */
export function retryIamDenial<T>(clock: Clock, attempt: () => Promise<T>): Promise<T> {
  return retryWhile(error => isIamDenial(error) && hasPatience(clock), SETTLES_WITHIN_MS, clock, attempt);
}

function hasPatience(clock: Clock): boolean {
  const ends = patienceEnds.get(clock) ?? clock.now() + SETTLES_WITHIN_MS;
  patienceEnds.set(clock, ends);
  return clock.now() < ends;
}
