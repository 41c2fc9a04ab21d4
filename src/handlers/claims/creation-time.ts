/**
 * Whether what carries our owner tag comes from an event whose answer was lost, or from an earlier life of the
 * resource, which was retained: that must be left alone, with all the messages in it.
 */
import type { LifecycleEvent } from '../protocol/lifecycle';
import type { Clock } from '../service/clock';

/** The clean-up after a lost Create comes when the stack's other resources were waited for, an hour each at most. */
const LATELY_MS = 12 * 3_600_000;
/** The same for a Create that doesn't say when it was sent: CloudFormation waits an hour for it. */
const CREATE_MS = 2 * 3_600_000;
/** By how much the clocks of CloudFormation and of the service may differ. */
const SKEW_MS = 60_000;

/** Whether an earlier delivery of the same event may have made it. */
export function createdByEvent(
  created: Date | undefined, { signed }: Pick<LifecycleEvent<unknown>, 'signed'>, clock: Clock,
): boolean {
  return created !== undefined
    && created.getTime() > (signed === undefined ? clock.now() - CREATE_MS : signed - SKEW_MS);
}

/** Whether an event that CloudFormation has given up may have made it. */
export function createdRecently(created: Date | undefined, clock: Clock): boolean {
  return created !== undefined && clock.now() - created.getTime() < LATELY_MS;
}
