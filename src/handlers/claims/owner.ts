import { createHash } from 'node:crypto';
import type { LifecycleEvent } from '../protocol/lifecycle';
import { RESERVED_TAG_PREFIX, type TagProperty } from '../tags/tag-property';

/** Key of the tag that says which stack's which resource made a flow, an app instance, a user or a channel. */
export const OWNER_TAG_KEY = `${RESERVED_TAG_PREFIX}owner`;

/** What identifies a resource of a stack: nothing else of an event stays the same all its life. */
export type ResourceIdentity = Pick<LifecycleEvent<unknown>, 'StackId' | 'LogicalResourceId'>;

/** A hash short enough for a tag. The stack's ARN and the logical id stay out of tags, which more people can read. */
export function shortHash(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 16);
}

/**
 * The tag to put inside the Create call, so that there is no moment at which the resource is nobody's. It says when,
 * too, by the event's own time: every delivery of the event writes the same, as the service's request tokens want it.
 */
export function creatorTag(event: ResourceIdentity & Pick<LifecycleEvent<unknown>, 'signed'>): TagProperty {
  const { Key, Value } = ownerTag(event);
  return { Key, Value: [Value, `${STACK_MARK}${shortHash(event.StackId)}`].join(SEPARATOR) };
}

/** The part of the owner tag by which a resource finds its own. */
export function ownerTag(event: ResourceIdentity & Pick<LifecycleEvent<unknown>, 'signed'>): TagProperty {
  const when = event.signed === undefined ? [] : [Math.floor(event.signed / MINUTE_MS).toString(36)];
  return { Key: OWNER_TAG_KEY, Value: [ownerHash(event), ...when].join(SEPARATOR) };
}

/** Whether the tags say that this resource of this stack made what carries them. */
export function isOwnedBy(tags: Tags, identity: ResourceIdentity): boolean {
  return ownerValue(tags)[0] === ownerHash(identity);
}

/**
 * Whether the tags say that another resource made what carries them: one that took an id which was free for a while.
 */
export function isOwnedByAnother(tags: Tags, identity: ResourceIdentity): boolean {
  const [owner] = ownerValue(tags);
  return owner !== undefined && owner !== ownerHash(identity);
}

/**
 * Whether what carries the tags is another stack's, and so neither to be changed nor to be deleted: the owner tag names
 * another stack; or somebody removed the owner tag, and another stack claims something of it. Another resource of the
 * same stack is none: a stack refactoring gives a resource another logical id, and tells no handler. What carries no
 * such tag at all belongs to whom the physical id says, so that a tag removed by hand strands no stack.
 */
export function isOfAnotherStack(tags: Tags, identity: ResourceIdentity): boolean {
  const stack = shortHash(identity.StackId);
  const parts = ownerValue(tags);
  if (parts.length > 0) return parts[0] !== ownerHash(identity) && !parts.includes(`${STACK_MARK}${stack}`);
  return tags.some(({ Key = '' }) => {
    const claimant = /^cdk-chime-messaging:claim:([\w-]{16}):[\w-]{16}$/.exec(Key)?.[1];
    return claimant !== undefined && claimant !== stack;
  });
}

/** Refuses to change what is another stack's. */
export function assertNotOfAnotherStack(arn: string, tags: Tags, identity: ResourceIdentity): void {
  if (!isOfAnotherStack(tags, identity)) return;
  throw new Error(
    `${arn} belongs to another stack, as its tag ${OWNER_TAG_KEY} or a claim says — if it was moved here from there, `
      + 'remove the tags of that '
    + 'stack from it, and deploy again',
  );
}

/** When the owner made what carries the tags; undefined where they don't say. */
export function createdByOwnerAt(tags: Tags): Date | undefined {
  const when = ownerValue(tags).slice(1).find(part => !part.startsWith(STACK_MARK));
  return when === undefined ? undefined : new Date(parseInt(when, 36) * MINUTE_MS);
}

type Tags = readonly { Key?: string; Value?: string }[];

const MINUTE_MS = 60_000;
const SEPARATOR = ' ';
/** Begins the hash of the stack, by which a resource of the same stack is told from one of another. */
const STACK_MARK = '@';

function ownerHash({ StackId, LogicalResourceId }: ResourceIdentity): string {
  return shortHash(StackId, LogicalResourceId);
}

function ownerValue(tags: Tags): string[] {
  return tags.find(({ Key }) => Key === OWNER_TAG_KEY)?.Value?.split(SEPARATOR) ?? [];
}
