import type { InvocationContext } from './types';

/** Milliseconds until the invocation must have returned. */
export type RemainingTime = () => number;

/** What Lambda needs to take the handler's return before it ends the invocation. */
const RETURN_MS = 50;
/** Where nothing says when the invocation ends: in an author's own tests. */
const WITHOUT_CONTEXT_MS = 30_000;
/** No Lambda function runs longer. */
const LONGEST_MS = 900_000;

export function remainingTime(context: InvocationContext | undefined): RemainingTime {
  if (typeof context?.getRemainingTimeInMillis !== 'function') {
    const ends = performance.now() + WITHOUT_CONTEXT_MS;
    return () => ends - performance.now();
  }
  return () => Math.min(context.getRemainingTimeInMillis() - RETURN_MS, LONGEST_MS);
}

/**
 * How long a decision may take: all the time but what the answer needs, which is a quarter, at least one second for a
 * slow connection, at most five; of less than two seconds a half.
 */
export function decisionTime(remaining: number): number {
  const answer = Math.min(Math.max(remaining / 4, 1_000), 5_000, remaining / 2);
  return Math.max(0, remaining - answer);
}
