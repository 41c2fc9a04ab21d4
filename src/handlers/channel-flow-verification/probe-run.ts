import type { ProbeMessages, Settled } from './probe-messages';
import type { ProbeProperty } from './properties';
import type { Clock } from '../service/clock';

/** How one probe ended. */
export interface ProbeResult {
  readonly expected: string;
  readonly outcome: string;
  readonly asExpected: boolean;
  /** From the sending of the last probe message to its end. */
  readonly milliseconds: number;
}

/** How long one message is waited for; one that is pending then may never be answered, and a new one is sent. */
const ATTEMPT_MS = 10_000;
/** Between an attempt that did not end as expected and the next. */
const PAUSE_MS = 1_000;
/**
 * What is left must be as long as the last attempt was, or so long: one that is cut off would say that nobody answers.
 */
const LONG_ENOUGH_MS = 3_000;

/**
 * Runs all probes, side by side. One that does not end as expected is repeated until the time is over: right after a
 * deployment a processor's fresh role may not be allowed to answer yet, and the service may still invoke what was there
 * before.
 */
export function runProbes(
  probes: readonly ProbeProperty[], messages: ProbeMessages, timeoutMs: number, clock: Clock,
): Promise<ProbeResult[]> {
  const ends = clock.now() + Math.min(timeoutMs, clock.remaining());
  return Promise.all(probes.map(probe => runUntilExpected(probe, messages, ends, clock)));
}

async function runUntilExpected(
  probe: ProbeProperty, messages: ProbeMessages, ends: number, clock: Clock,
): Promise<ProbeResult> {
  for (;;) {
    const begun = clock.now();
    const result = await run(probe, messages, Math.min(ends, begun + ATTEMPT_MS), clock);
    const next = Math.min(clock.now() - begun, LONG_ENOUGH_MS);
    if (result.asExpected || clock.now() + PAUSE_MS + next >= ends) return result;
    await clock.sleep(PAUSE_MS);
  }
}

async function run(probe: ProbeProperty, messages: ProbeMessages, ends: number, clock: Clock): Promise<ProbeResult> {
  const expected = probe.Expect.toLowerCase();
  let begun = clock.now();
  const ended = ({ at }: Settled, outcome: string, asExpected = false): ProbeResult =>
    ({ expected, outcome, asExpected, milliseconds: at - begun });

  const id = await messages.send(probe.EditOf ?? probe.Content);
  if (probe.EditOf !== undefined) {
    const before = await messages.settled(id, ends);
    if (before.status !== 'SENT') {
      return ended(before, `not edited, because the message before was ${describeOutcome(before)}`);
    }
    begun = clock.now();
    await messages.edit(id, probe.Content);
  }
  const settled = await messages.settled(id, ends);
  if (probe.Expect === 'DENIED' && wasDenied(probe, settled)) return ended(settled, 'denied', true);
  if (settled.status !== 'SENT') return ended(settled, describeOutcome(settled));
  const outcome = settled.content === probe.Content ? 'delivered' : 'replaced';
  const desired = probe.Expect === 'REPLACED'
    ? probe.Replacement
    : probe.Expect === 'DELIVERED' ? probe.Content : undefined;
  if (settled.content === desired) return ended(settled, expected, true);
  return ended(settled, outcome === 'replaced' && probe.Expect === 'REPLACED' ? 'replaced by something else' : outcome);
}

/** An edit that was denied leaves the message as it was. */
function wasDenied({ EditOf }: ProbeProperty, { status, content }: Settled): boolean {
  return status === 'DENIED' || (EditOf !== undefined && status === 'SENT' && content === EditOf);
}

function describeOutcome({ status, detail }: Settled): string {
  const words: Record<Settled['status'], string> = {
    SENT: 'delivered',
    DENIED: 'denied',
    FAILED: 'failed by its fallback action, because the processor could not be invoked',
    PENDING: 'never answered by the processor',
    UNPROVEN: 'not to be seen by its sender, and not proven to be denied',
  };
  return detail === undefined ? words[status] : `${words[status]} (${detail})`;
}
