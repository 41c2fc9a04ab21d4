import { Fault, FAULT_ERRORS } from './faults';
import { Rate } from './throttle';
import { ROUTES } from '../protocol/router';
import { MEMORY_MS } from '../store/versioned-map';

/** What a switch is set to from the start, and what is wrong with another value; nothing if it is right. */
interface Switch<T> {
  readonly initial: T;
  readonly check: (value: unknown) => string | undefined;
}

/** A longer answer no client awaits. */
const MAX_LATENCY_MS = 600_000;
/** A day; what takes longer is as good as for ever. */
const MAX_DURATION_MS = 86_400_000;
const MAX_DELIVERIES = 100;
/** Of calls, of their rates and of faults: more than any run of the emulator has. */
const MAX_CALLS = 1_000_000;
const MAX_FAULTS = 1_000;

/**
 * How the emulator answers where nobody could ask the real service, and what it does to a caller's nerves.
 * The defaults are the first value of each choice, and no delays, limits or faults.
 */
const SWITCH_TABLE = {
  /** AssociateChannelFlow for a channel that has another flow. */
  associateOverExisting: choice('overwrite', 'conflict'),
  /** AssociateChannelFlow for a channel that has this flow. */
  associateSameFlow: choice('idempotent', 'conflict'),
  /** DisassociateChannelFlow for a channel that has no flow, or another one. */
  disassociateNotAssociated: choice('success', 'not-found', 'conflict', 'bad-request'),
  /**
   * What DisassociateChannelFlow frees: the channel that it names, or, as its documentation reads, all that the flow
   * has.
   */
  disassociateScope: choice('channel', 'every-channel'),
  /** DeleteChannelFlow for a flow that a channel still has. */
  deleteAssociatedFlow: choice('conflict', 'bad-request'),
  /** Any operation on a channel flow that is gone. */
  missingFlow: choice('not-found', 'forbidden'),
  /** Any operation on a channel that is gone. */
  missingChannel: choice('not-found', 'forbidden'),
  /** Any operation on an app instance that is gone. */
  missingAppInstance: choice('not-found', 'forbidden'),
  /**
   * Any operation on a user, bot, admin, moderator or member that is gone (a bearer that is gone is always forbidden).
   */
  missingUser: choice('forbidden', 'not-found'),
  /** A second flow of the same name in one app instance, by CreateChannelFlow or UpdateChannelFlow. */
  duplicateFlowName: choice('allow', 'conflict'),
  /** What ListChannelsAssociatedWithChannelFlow says of a channel that was deleted while it had a flow. */
  deletedChannelListing: choice('removed', 'lingers'),
  /** How long a deleted channel lingers. */
  deletedChannelListingMs: lingering(),
  /** Whether a flow can't be deleted while a deleted channel lingers in its list. */
  deletedChannelBlocksFlow: flag(false),
  /** UntagResource for a key that is not there. */
  untagMissingKey: choice('success', 'bad-request'),
  /** ListTagsForResource, TagResource and UntagResource for something that is gone. */
  listTagsOfMissing: choice('not-found', 'forbidden'),
  /** DeleteAppInstance while it has channel flows. */
  deleteAppInstanceWithFlows: choice('success', 'conflict', 'bad-request'),
  /** A ClientRequestToken that was used before, with the same input. With other input it is always a conflict. */
  repeatedToken: choice('idempotent', 'conflict'),
  /** CreateAppInstanceAdmin for a user who is an admin already. */
  existingAdmin: choice('conflict', 'idempotent'),
  /** CreateChannelModerator for a user who is a moderator already. */
  existingModerator: choice('conflict', 'idempotent'),
  /** CreateChannelMembership for a user who is a member already, CreateChannelBan for one who is banned already. */
  existingMember: choice('conflict', 'idempotent'),
  /** SendChannelMessage by an app instance admin or a moderator who is not a member of the channel. */
  sendWithoutMembership: choice('forbidden', 'allowed'),
  /** Any operation on a message that is gone, was denied or is not stored. */
  missingMessage: choice('not-found', 'forbidden'),
  /**
   * UpdateChannelMessage and RedactChannelMessage of a message that is not sent yet (DeleteChannelMessage is always
   * forbidden).
   */
  unsentMessage: choice('forbidden', 'conflict'),
  /**
   * GetChannelMessageStatus for a message that a processor denied: as for one that never was, or an answer without a
   * status.
   */
  deniedMessageStatus: choice('missing', 'empty'),
  /** GetChannelMessageStatus for a non-persistent message after it was sent. */
  nonPersistentStatus: choice('kept', 'missing'),
  /**
   * ChannelFlowCallback for an id that has its answer already, was never given, or whose message or channel is gone.
   */
  repeatedCallback: choice('forbidden', 'conflict', 'bad-request'),
  /** What a callback that replaces the content makes of metadata, content type and attributes that it does not name. */
  unnamedByCallback: choice('kept', 'cleared'),
  /** How many times a processor gets each event; at most 100. */
  processorDeliveries: count(MAX_DELIVERIES),
  /** How long a new admin is still refused. */
  adminPromotionDelayMs: duration(MAX_DURATION_MS),
  /** How long DeleteChannelFlow is still refused after the last channel was taken from the flow. */
  deleteConsistencyMs: duration(MAX_DURATION_MS),
  /** How far lists lag behind; at most ten minutes. */
  listConsistencyMs: duration(MEMORY_MS),
  /** How long every answer takes; at most ten minutes. */
  latencyMs: duration(MAX_LATENCY_MS),
  /** How many calls an operation takes; `*` is for each operation without an entry of its own. */
  requestRate: rates(),
  /** Calls that fail. */
  faults: faults(),
};

export type Behaviour = {
  -readonly [Name in keyof typeof SWITCH_TABLE]: (typeof SWITCH_TABLE)[Name] extends Switch<infer T> ? T : never;
};

export const SWITCHES = Object.keys(SWITCH_TABLE) as (keyof Behaviour)[];

export const DEFAULT_BEHAVIOUR: Readonly<Behaviour> = Object.fromEntries(
  SWITCHES.map(name => [name, SWITCH_TABLE[name].initial]),
) as Behaviour;

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
  const problem = SWITCH_TABLE[name as keyof Behaviour].check(value);
  return problem && `switch ${name} ${problem}, got ${JSON.stringify(value)}`;
}

/** The first value is the default. */
function choice<const Values extends readonly string[]>(...values: Values): Switch<Values[number]> {
  return { initial: values[0], check: value => values.includes(value as string) ? undefined : mustBeOneOf(values) };
}

function flag(initial: boolean): Switch<boolean> {
  return { initial, check: value => typeof value === 'boolean' ? undefined : mustBeOneOf([true, false]) };
}

function mustBeOneOf(values: readonly unknown[]): string {
  return `must be one of ${values.map(known => JSON.stringify(known)).join(', ')}`;
}

function duration(max: number): Switch<number> {
  const problem = `must be a number of milliseconds, 0 to ${max}`;
  return { initial: 0, check: value => isUpTo(value, max) ? undefined : problem };
}

function lingering(): Switch<number | 'forever'> {
  return {
    initial: 'forever',
    check: value => value === 'forever' || isUpTo(value, MAX_DURATION_MS)
      ? undefined
      : `must be "forever" or a number of milliseconds, 0 to ${MAX_DURATION_MS}`,
  };
}

function count(max: number): Switch<number> {
  return { initial: 1, check: value => isCount(value, max) ? undefined : `must be a whole number, 1 to ${max}` };
}

function rates(): Switch<Record<string, Rate>> {
  return { initial: {}, check: checkRates };
}

function faults(): Switch<Fault[]> {
  return { initial: [], check: checkFaults };
}

function isUpTo(value: unknown, max: number): value is number {
  return typeof value === 'number' && value >= 0 && value <= max;
}

function isCount(value: unknown, max = MAX_CALLS): boolean {
  return Number.isInteger(value) && (value as number) > 0 && isUpTo(value, max);
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
