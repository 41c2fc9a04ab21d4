/**
 * Waits between attempts. All are random, since hundreds of functions may begin to wait at the same time and must not
 * wake together.
 */

const FIRST_MS = 200;
/** Where doubling ends: from here on a wait grows with what was waited already. */
const DOUBLES_UNTIL_MS = 2_000;
/** The part of the time already waited that the next wait may take: so it ends at most so much later than it could. */
const SHARE_OF_ELAPSED = 0.1;
const LONGEST_MS = 20_000;

/**
 * The wait before the next attempt of a call that the service refused for being busy: anything from nothing to a limit
 * that grows with the attempts. The rate that the service allows stays used as long as functions wait for it, since
 * some of them are always about to call.
 */
export function backoff(attempts: number, elapsedMs: number): number {
  const doubled = Math.min(FIRST_MS * 2 ** (attempts - 1), DOUBLES_UNTIL_MS);
  return Math.random() * Math.min(LONGEST_MS, Math.max(doubled, SHARE_OF_ELAPSED * elapsedMs));
}

/** The wait before looking again for a change: at least half of `ms`, at most all of it. */
export function jittered(ms: number): number {
  return ms * (1 + Math.random()) / 2;
}
