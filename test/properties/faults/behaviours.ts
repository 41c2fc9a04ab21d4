import type { Behaviour } from '../../../local/emulator';

/**
 * Every value of every switch that plays what nobody could ask the real service. Left out is `disassociateScope`: a
 * service that freed every channel at once would leave nothing to be right about (the facts take it as one, the probe
 * asks), and what only delays or limits.
 */
const SWITCHES = {
  associateOverExisting: ['overwrite', 'conflict'],
  associateSameFlow: ['idempotent', 'conflict'],
  disassociateNotAssociated: ['success', 'not-found', 'conflict', 'bad-request'],
  deleteAssociatedFlow: ['conflict', 'bad-request'],
  missingFlow: ['not-found', 'forbidden'],
  missingChannel: ['not-found', 'forbidden'],
  missingAppInstance: ['not-found', 'forbidden'],
  missingUser: ['forbidden', 'not-found'],
  duplicateFlowName: ['allow', 'conflict'],
  deletedChannelListing: ['removed', 'lingers'],
  untagMissingKey: ['success', 'bad-request'],
  listTagsOfMissing: ['not-found', 'forbidden'],
  deleteAppInstanceWithFlows: ['success', 'conflict', 'bad-request'],
  repeatedToken: ['idempotent', 'conflict'],
  existingAdmin: ['conflict', 'idempotent'],
  adminPromotionDelayMs: [0, 5_000],
  deleteConsistencyMs: [0, 5_000],
  listConsistencyMs: [0, 3_000],
} as const satisfies { [Switch in keyof Behaviour]?: readonly Behaviour[Switch][] };

const COUNT = Math.max(...Object.values(SWITCHES).map(values => values.length));

/** A few behaviours in which each value of each switch occurs; neighbouring switches don't change in step. */
export const BEHAVIOURS: readonly Partial<Behaviour>[] = Array.from(
  { length: COUNT },
  (_, number) => Object.fromEntries(
    Object.entries(SWITCHES).map(
      ([name, values], index) => [name, values[(number + Math.floor(number / 2) * (index % 2)) % values.length]],
    ),
  ),
);

/** Switches whose values don't all occur: none, or the selection covers nothing. */
export function uncovered(): string[] {
  const occurs = (name: string, value: unknown) =>
    BEHAVIOURS.some(behaviour => behaviour[name as keyof Behaviour] === value);
  return Object.entries(SWITCHES).flatMap(([name, values]) => values.every(value => occurs(name, value)) ? [] : name);
}
