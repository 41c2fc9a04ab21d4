/**
 * Who wants what of a thing that several resources share: a channel, an existing app instance, an admin.
 *
 * CloudFormation tells a handler nothing about other resources, yet a rename, a rollback or a second stack makes two of
 * them speak about one channel. So each writes what it wants as a tag at the service, before it acts, and drops the tag
 * last. What remains tells the one that leaves what to leave behind.
 */
import { RESERVED_TAG_PREFIX, shortHash, type Identity } from './owner';
import type { TagProperty } from '../protocol/tag-property';

const CLAIM_PREFIX = `${RESERVED_TAG_PREFIX}claim:`;

/** What was there before the first claim, or what a claim displaced: it is kept, and comes back with the last claim. */
export const NOBODYS_CLAIM_KEY = `${CLAIM_PREFIX}nobody`;

/** All claims on one thing, seen by one resource. */
export interface Claims {
  readonly own?: string;
  /** Values of the claims of other resources of the same stack: a rename is under way. */
  readonly ofStack: readonly string[];
  /** Values of the claims of other stacks. */
  readonly ofOthers: readonly string[];
  readonly nobodys?: string;
}

/** Key of a resource's own claim; the same on every thing that the resource claims. */
export function claimKey(identity: Identity): string {
  return `${stackPrefix(identity)}${shortHash(identity.LogicalResourceId)}`;
}

export function readClaims(tags: readonly TagProperty[], identity: Identity): Claims {
  const claims = tags
    .filter(({ Key }) => Key.startsWith(CLAIM_PREFIX) && Key !== NOBODYS_CLAIM_KEY && Key !== claimKey(identity))
    .sort((a, b) => a.Key < b.Key ? -1 : 1);
  const ofThisStack = ({ Key }: TagProperty) => Key.startsWith(stackPrefix(identity));
  return {
    own: valueOf(tags, claimKey(identity)),
    ofStack: claims.filter(ofThisStack).map(({ Value }) => Value),
    ofOthers: claims.filter(claim => !ofThisStack(claim)).map(({ Value }) => Value),
    nobodys: valueOf(tags, NOBODYS_CLAIM_KEY),
  };
}

/**
 * Physical id of a resource that claims a thing instead of making it. During a rename two resources of one stack hold
 * the same thing, so the thing's ARN alone would not tell them apart.
 */
export function claimedPhysicalId(arn: string, identity: Identity): string {
  return `${arn}${SEPARATOR}${shortHash(identity.LogicalResourceId)}`;
}

/** The ARN inside such an id; undefined for an id that CloudFormation invented. */
export function arnOfClaimedPhysicalId(physicalId: string | undefined): string | undefined {
  const [arn, logicalId, ...rest] = (physicalId ?? '').split(SEPARATOR);
  return arn.startsWith('arn:') && logicalId && rest.length === 0 ? arn : undefined;
}

/** A character that no ARN of the service holds. */
const SEPARATOR = '#';

function stackPrefix(identity: Identity): string {
  return `${CLAIM_PREFIX}${shortHash(identity.StackId)}:`;
}

function valueOf(tags: readonly TagProperty[], key: string): string | undefined {
  return tags.find(({ Key }) => Key === key)?.Value;
}
