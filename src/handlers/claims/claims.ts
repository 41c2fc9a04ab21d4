/**
 * Who wants what of a thing that several resources share: a channel, an existing app instance, an admin.
 *
 * CloudFormation tells a handler nothing about other resources, yet a rename, a rollback or a second stack makes two of
 * them speak about one channel. So each writes what it wants as a tag at the service, before it acts, and drops the tag
 * last. What remains tells the one that leaves what to leave behind.
 */
import { shortHash, type ResourceIdentity } from './owner';
import type { LifecycleEvent } from '../protocol/lifecycle';
import { RESERVED_TAG_PREFIX } from '../tags/tag-property';
import type { TagProperty } from '../tags/tag-property';

/** Who claims: by what CloudFormation calls the resource when it is created, and from then on by its physical id. */
export type Claimant = ResourceIdentity & Pick<LifecycleEvent<unknown>, 'PhysicalResourceId'>;

export const CLAIM_PREFIX = `${RESERVED_TAG_PREFIX}claim:`;

/**
 * What was there before the first claim, or what a claim displaced: it is kept, and comes back with the last claim. Of
 * an admin, that this library promoted by a claim that has gone since: the last claim takes it back.
 */
export const DISPLACED_CLAIM_KEY = `${CLAIM_PREFIX}nobody`;

/** All claims on one thing, seen by one resource: their values, or what these say. */
export interface Claims<Claim = string> {
  readonly own?: Claim;
  /** The claims of other resources of the same stack: a rename is under way. */
  readonly ofStack: readonly Claim[];
  /** The claims of other stacks. */
  readonly ofOthers: readonly Claim[];
  readonly displaced?: string;
}

/** Key of a resource's own claim; the same on every thing that the resource claims. */
export function claimKey(claimant: Claimant): string {
  return `${CLAIM_PREFIX}${nameOf(claimant)}`;
}

export function readClaims(tags: readonly TagProperty[], claimant: Claimant): Claims {
  const ownKey = claimKey(claimant);
  const claims = tags
    .filter(({ Key }) => Key.startsWith(CLAIM_PREFIX) && Key !== DISPLACED_CLAIM_KEY && Key !== ownKey)
    .sort((a, b) => a.Key < b.Key ? -1 : 1);
  const ofThisStack = ({ Key }: TagProperty) => stackIn(Key.slice(CLAIM_PREFIX.length)) === shortHash(claimant.StackId);
  return {
    own: valueOf(tags, ownKey),
    ofStack: claims.filter(ofThisStack).map(({ Value }) => Value),
    ofOthers: claims.filter(claim => !ofThisStack(claim)).map(({ Value }) => Value),
    displaced: valueOf(tags, DISPLACED_CLAIM_KEY),
  };
}

/** The claims of others, the same stack's first: a rename that is rolled back gives the thing back to its sibling. */
export function otherClaims<Claim>({ ofStack, ofOthers }: Claims<Claim>): Claim[] {
  return [...ofStack, ...ofOthers];
}

/** Keys that go with a resource's claim: what nobody claims goes with the last. */
export function claimKeysToRemove(claimant: Claimant, claims: Claims<unknown>): string[] {
  const isLast = otherClaims(claims).length === 0;
  return [claimKey(claimant), ...isLast && claims.displaced !== undefined ? [DISPLACED_CLAIM_KEY] : []];
}

/**
 * Physical id of a resource that claims a thing instead of making it. During a rename two resources of one stack hold
 * the same thing, so the thing's ARN alone would not tell them apart.
 */
export function claimedPhysicalId(arn: string, claimant: Claimant): string {
  return `${arn}#${nameOf(claimant)}`;
}

/**
 * ARN of what the event's resource claims: the one in its physical id, or, for an id that CloudFormation invented, the
 * one in its properties. Undefined where the physical id is another stack's, whose claims are not this one's to drop.
 */
export function arnClaimedBy(claimant: Claimant, inProperties: string): string | undefined {
  const [, arn, name] = CLAIMED.exec(claimant.PhysicalResourceId ?? '') ?? [];
  if (arn === undefined) return inProperties;
  return stackIn(name) === shortHash(claimant.StackId) ? arn : undefined;
}

/**
 * What only this stack's events know, and whoever may describe the stack. Its ARN ends in a random UUID, and stands in
 * no tag: who may only tag can't seal a claim of this stack.
 */
export function stackSecret({ StackId }: Pick<Claimant, 'StackId'>): string {
  return shortHash('the secret of', StackId);
}

/** No ARN of the service holds a `#`. */
const CLAIMED = /^(arn:[^#]+)#([\w-]{16}:[\w-]{16})$/;

/**
 * The claimant's name in keys and physical ids. A stack refactoring gives a resource another logical id, and tells no
 * handler: what it claimed before is still named by the physical id. One that names another stack names another's
 * claim.
 */
function nameOf({ StackId, LogicalResourceId, PhysicalResourceId }: Claimant): string {
  const named = CLAIMED.exec(PhysicalResourceId ?? '')?.[2];
  const stack = shortHash(StackId);
  return named !== undefined && stackIn(named) === stack ? named : `${stack}:${shortHash(LogicalResourceId)}`;
}

function stackIn(name: string): string {
  return name.split(':')[0];
}

function valueOf(tags: readonly TagProperty[], key: string): string | undefined {
  return tags.find(({ Key }) => Key === key)?.Value;
}
