import { Fault, FAULT_ERRORS } from './faults';
import { Rate } from './throttle';
import { ROUTES } from '../protocol/router';
import { MEMORY_MS } from '../store/versioned-map';

/**
 * How the emulator answers where nobody could ask the real service, and what it does to a caller's nerves.
 * The defaults are the first value of each choice, and no delays, limits or faults.
 */
export interface Behaviour {
  /** AssociateChannelFlow for a channel that has another flow. */
  associateOverExisting: 'overwrite' | 'conflict';
  /** AssociateChannelFlow for a channel that has this flow. */
  associateSameFlow: 'idempotent' | 'conflict';
  /** DisassociateChannelFlow for a channel that has no flow, or another one. */
  disassociateNotAssociated: 'success' | 'not-found' | 'conflict' | 'bad-request';
  /**
   * What DisassociateChannelFlow frees: the channel that it names, or, as its documentation reads, all that the flow
   * has.
   */
  disassociateScope: 'channel' | 'every-channel';
  /** DeleteChannelFlow for a flow that a channel still has. */
  deleteAssociatedFlow: 'conflict' | 'bad-request';
  /** Any operation on a channel flow that is gone. */
  missingFlow: 'not-found' | 'forbidden';
  /** Any operation on a channel that is gone. */
  missingChannel: 'not-found' | 'forbidden';
  /** Any operation on an app instance that is gone. */
  missingAppInstance: 'not-found' | 'forbidden';
  /**
   * Any operation on a user, bot, admin, moderator or member that is gone (a bearer that is gone is always forbidden).
   */
  missingUser: 'forbidden' | 'not-found';
  /** A second flow of the same name in one app instance, by CreateChannelFlow or UpdateChannelFlow. */
  duplicateFlowName: 'allow' | 'conflict';
  /** What ListChannelsAssociatedWithChannelFlow says of a channel that was deleted while it had a flow. */
  deletedChannelListing: 'removed' | 'lingers';
  /** How long a deleted channel lingers. */
  deletedChannelListingMs: number | 'forever';
  /** Whether a flow can't be deleted while a deleted channel lingers in its list. */
  deletedChannelBlocksFlow: boolean;
  /** UntagResource for a key that is not there. */
  untagMissingKey: 'success' | 'bad-request';
  /** ListTagsForResource, TagResource and UntagResource for something that is gone. */
  listTagsOfMissing: 'not-found' | 'forbidden';
  /** DeleteAppInstance while it has channel flows. */
  deleteAppInstanceWithFlows: 'success' | 'conflict' | 'bad-request';
  /** A ClientRequestToken that was used before, with the same input. With other input it is always a conflict. */
  repeatedToken: 'idempotent' | 'conflict';
  /** CreateAppInstanceAdmin for a user who is an admin already. */
  existingAdmin: 'conflict' | 'idempotent';
  /** CreateChannelModerator for a user who is a moderator already. */
  existingModerator: 'conflict' | 'idempotent';
  /** CreateChannelMembership for a user who is a member already. */
  existingMember: 'conflict' | 'idempotent';
  /** SendChannelMessage by an app instance admin or a moderator who is not a member of the channel. */
  sendWithoutMembership: 'forbidden' | 'allowed';
  /** Any operation on a message that is gone, was denied or is not stored. */
  missingMessage: 'not-found' | 'forbidden';
  /**
   * UpdateChannelMessage and RedactChannelMessage of a message that is not sent yet (DeleteChannelMessage is always
   * forbidden).
   */
  unsentMessage: 'forbidden' | 'conflict';
  /**
   * GetChannelMessageStatus for a message that a processor denied: as for one that never was, or an answer without a
   * status.
   */
  deniedMessageStatus: 'missing' | 'empty';
  /** GetChannelMessageStatus for a non-persistent message after it was sent. */
  nonPersistentStatus: 'kept' | 'missing';
  /**
   * ChannelFlowCallback for an id that has its answer already, was never given, or whose message or channel is gone.
   */
  repeatedCallback: 'forbidden' | 'conflict' | 'bad-request';
  /** What a callback that replaces the content makes of metadata, content type and attributes that it does not name. */
  unnamedByCallback: 'kept' | 'cleared';
  /** How many times a processor gets each event; at most 100. */
  processorDeliveries: number;
  /** How long a new admin is still refused. */
  adminPromotionDelayMs: number;
  /** How long DeleteChannelFlow is still refused after the last channel was taken from the flow. */
  deleteConsistencyMs: number;
  /** How far lists lag behind; at most ten minutes. */
  listConsistencyMs: number;
  /** How long every answer takes; at most ten minutes. */
  latencyMs: number;
  /** How many calls an operation takes; `*` is for each operation without an entry of its own. */
  requestRate: Record<string, Rate>;
  /** Calls that fail. */
  faults: Fault[];
}

export const DEFAULT_BEHAVIOUR: Readonly<Behaviour> = {
  associateOverExisting: 'overwrite',
  associateSameFlow: 'idempotent',
  disassociateNotAssociated: 'success',
  disassociateScope: 'channel',
  deleteAssociatedFlow: 'conflict',
  missingFlow: 'not-found',
  missingChannel: 'not-found',
  missingAppInstance: 'not-found',
  missingUser: 'forbidden',
  duplicateFlowName: 'allow',
  deletedChannelListing: 'removed',
  deletedChannelListingMs: 'forever',
  deletedChannelBlocksFlow: false,
  untagMissingKey: 'success',
  listTagsOfMissing: 'not-found',
  deleteAppInstanceWithFlows: 'success',
  repeatedToken: 'idempotent',
  existingAdmin: 'conflict',
  existingModerator: 'conflict',
  existingMember: 'conflict',
  sendWithoutMembership: 'forbidden',
  missingMessage: 'not-found',
  unsentMessage: 'forbidden',
  deniedMessageStatus: 'missing',
  nonPersistentStatus: 'kept',
  repeatedCallback: 'forbidden',
  unnamedByCallback: 'kept',
  processorDeliveries: 1,
  adminPromotionDelayMs: 0,
  deleteConsistencyMs: 0,
  listConsistencyMs: 0,
  latencyMs: 0,
  requestRate: {},
  faults: [],
};

/** Says what is wrong with a switch's value; nothing if it is right. */
type Check = (value: unknown) => string | undefined;

const oneOf = (...values: (string | boolean)[]): Check => value =>
  values.includes(value as string)
    ? undefined
    : `must be one of ${values.map(known => JSON.stringify(known)).join(', ')}`;

/** A longer answer no client awaits. */
const MAX_LATENCY_MS = 600_000;
/** A day; what takes longer is as good as for ever. */
const MAX_DURATION_MS = 86_400_000;
const MAX_DELIVERIES = 100;
/** Of calls, of their rates and of faults: more than any run of the emulator has. */
const MAX_CALLS = 1_000_000;
const MAX_FAULTS = 1_000;

const isUpTo = (
  value: unknown, max: number,
): value is number => typeof value === 'number' && value >= 0 && value <= max;

const duration = (
  max: number,
): Check => value => isUpTo(value, max) ? undefined : `must be a number of milliseconds, 0 to ${max}`;

const isCount = (
  value: unknown, max = MAX_CALLS,
) => Number.isInteger(value) && (value as number) > 0 && isUpTo(value, max);

const CHECKS: { [Switch in keyof Behaviour]: Check } = {
  associateOverExisting: oneOf('overwrite', 'conflict'),
  associateSameFlow: oneOf('idempotent', 'conflict'),
  disassociateNotAssociated: oneOf('success', 'not-found', 'conflict', 'bad-request'),
  disassociateScope: oneOf('channel', 'every-channel'),
  deleteAssociatedFlow: oneOf('conflict', 'bad-request'),
  missingFlow: oneOf('not-found', 'forbidden'),
  missingChannel: oneOf('not-found', 'forbidden'),
  missingAppInstance: oneOf('not-found', 'forbidden'),
  missingUser: oneOf('forbidden', 'not-found'),
  duplicateFlowName: oneOf('allow', 'conflict'),
  deletedChannelListing: oneOf('removed', 'lingers'),
  deletedChannelListingMs: value =>
    value === 'forever' || isUpTo(value, MAX_DURATION_MS)
      ? undefined
      : `must be "forever" or a number of milliseconds, 0 to ${MAX_DURATION_MS}`,
  deletedChannelBlocksFlow: oneOf(true, false),
  untagMissingKey: oneOf('success', 'bad-request'),
  listTagsOfMissing: oneOf('not-found', 'forbidden'),
  deleteAppInstanceWithFlows: oneOf('success', 'conflict', 'bad-request'),
  repeatedToken: oneOf('idempotent', 'conflict'),
  existingAdmin: oneOf('conflict', 'idempotent'),
  existingModerator: oneOf('conflict', 'idempotent'),
  existingMember: oneOf('conflict', 'idempotent'),
  sendWithoutMembership: oneOf('forbidden', 'allowed'),
  missingMessage: oneOf('not-found', 'forbidden'),
  unsentMessage: oneOf('forbidden', 'conflict'),
  deniedMessageStatus: oneOf('missing', 'empty'),
  nonPersistentStatus: oneOf('kept', 'missing'),
  repeatedCallback: oneOf('forbidden', 'conflict', 'bad-request'),
  unnamedByCallback: oneOf('kept', 'cleared'),
  processorDeliveries: value =>
    isCount(value, MAX_DELIVERIES) ? undefined : `must be a whole number, 1 to ${MAX_DELIVERIES}`,
  adminPromotionDelayMs: duration(MAX_DURATION_MS),
  deleteConsistencyMs: duration(MAX_DURATION_MS),
  listConsistencyMs: duration(MEMORY_MS),
  latencyMs: duration(MAX_LATENCY_MS),
  requestRate: checkRates,
  faults: checkFaults,
};

export const SWITCHES = Object.keys(CHECKS) as (keyof Behaviour)[];

/** What JSON has for comments; a probe writes there what its answers rest on. */
const COMMENT = '//';

/** The behaviour with these switches set; refuses what it doesn't know. */
export function withSwitches(behaviour: Readonly<Behaviour>, switches: unknown): Behaviour {
  if (!isRecord(switches)) throw new Error('the behaviour must be an object of switches');
  const { [COMMENT]: _, ...set } = switches;
  for (const [name, value] of Object.entries(set)) {
    const problem = checkSwitch(name, value);
    if (problem) throw new Error(problem);
  }
  return { ...behaviour, ...structuredClone(set) };
}

function checkSwitch(name: string, value: unknown): string | undefined {
  if (!SWITCHES.includes(name as keyof Behaviour)) {
    return `unknown switch ${JSON.stringify(name)}: the emulator knows ${SWITCHES.join(', ')}`;
  }
  const problem = CHECKS[name as keyof Behaviour](value);
  return problem && `switch ${name} ${problem}, got ${JSON.stringify(value)}`;
}

/** An operation, or `*` for all; a misspelt one would never be called. */
function unknownOperation(names: unknown[]): string | undefined {
  const unknown = names.find(name => name !== '*' && !ROUTES.some(({ operation }) => operation === name));
  return unknown === undefined
    ? undefined
    : `names ${JSON.stringify(unknown)}, which is neither * nor an operation of the services`;
}

function checkRates(value: unknown): string | undefined {
  const fits = isRecord(value) && Object.values(value).every(rate =>
    isRecord(rate) && isUpTo(rate.perSecond, MAX_CALLS) && rate.perSecond > 0 && isCount(rate.burst));
  return fits
    ? unknownOperation(Object.keys(value))
    : `must map operations, or *, to {"perSecond": more than 0, at most ${MAX_CALLS}, "burst": 1 to ${MAX_CALLS}}`;
}

function checkFaults(value: unknown): string | undefined {
  return Array.isArray(value) && value.length <= MAX_FAULTS && value.every(isFault)
    ? unknownOperation(value.map(fault => fault.operation))
    : `must be a list of at most ${MAX_FAULTS} {"operation", "call"?: 1 to ${MAX_CALLS}, "times"?: 1 to ${MAX_CALLS}, `
      + '"error"} or '
      + '{"operation", "share": more than 0, at most 1, '
      + `"seed"?: a whole number, "error"}, where the error is one of ${FAULT_ERRORS.join(', ')}`;
}

function isFault(fault: unknown): fault is Fault {
  return isRecord(fault)
    && typeof fault.operation === 'string'
    && (isFaultOfSomeCalls(fault) || isFaultOfAShare(fault))
    && FAULT_ERRORS.includes(fault.error as Fault['error']);
}

function isFaultOfSomeCalls({ operation, error, call = 1, times = 1, ...others }: Record<string, unknown>): boolean {
  return isCount(call) && isCount(times) && Object.keys(others).length === 0;
}

function isFaultOfAShare({ operation, error, share, seed = 1, ...others }: Record<string, unknown>): boolean {
  return typeof share === 'number' && share > 0 && share <= 1 && Number.isSafeInteger(seed)
    && Object.keys(others).length === 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
