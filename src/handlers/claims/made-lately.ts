import type { Clock } from '../protocol/lifecycle';

/** CloudFormation waits an hour for a Create; the Delete that cleans up after it comes soon after. */
const LATELY_MS = 2 * 3_600_000;

/**
 * Whether something may have been made by a Create that never got its answer through. What carries our owner tag but is
 * older was retained from an earlier life of the resource: a Create must not take it over, or a rollback would delete it,
 * with all the messages in it.
 */
export function madeLately(created: Date | undefined, clock: Clock): boolean {
  return created !== undefined && clock.now() - created.getTime() < LATELY_MS;
}
