import { createHash } from 'node:crypto';
import type { LifecycleEvent } from '../protocol/lifecycle';
import type { TagProperty } from '../protocol/tag-property';

/** Prefix of every tag that the library writes at the service. */
export const RESERVED_TAG_PREFIX = 'cdk-chime-messaging:';

/** Key of the tag that says which stack's which resource made a flow, an app instance, a user or a channel. */
export const OWNER_TAG_KEY = `${RESERVED_TAG_PREFIX}owner`;

/** What identifies a resource of a stack: nothing else of an event stays the same all its life. */
export type Identity = Pick<LifecycleEvent<unknown>, 'StackId' | 'LogicalResourceId'>;

/** A hash short enough for a tag. The stack's ARN and the logical id stay out of tags, which more people can read. */
export function shortHash(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 16);
}

/**
 * The tag to put inside the Create call, so that there is no moment at which the resource is nobody's. It says when, too, by
 * the event's own time: every delivery of the event writes the same, as the service's request tokens want it.
 */
export function ownerTag(event: Identity & Pick<LifecycleEvent<unknown>, 'signed'>): TagProperty {
  const when = event.signed === undefined ? [] : [Math.floor(event.signed / MINUTE_MS).toString(36)];
  return { Key: OWNER_TAG_KEY, Value: [ownerHash(event), ...when].join(SEPARATOR) };
}

/** Whether the tags say that this resource of this stack made what carries them. */
export function isOwnedBy(tags: Tags, identity: Identity): boolean {
  return ownerValue(tags)[0] === ownerHash(identity);
}

/** Whether the tags say that another resource made what carries them: one that took an id which was free for a while. */
export function isOwnedByAnother(tags: Tags, identity: Identity): boolean {
  const [owner] = ownerValue(tags);
  return owner !== undefined && owner !== ownerHash(identity);
}

/** When the owner made what carries the tags; undefined where they don't say. */
export function madeByOwnerAt(tags: Tags): Date | undefined {
  const [, when] = ownerValue(tags);
  return when === undefined ? undefined : new Date(parseInt(when, 36) * MINUTE_MS);
}

type Tags = readonly { Key?: string; Value?: string }[];

const MINUTE_MS = 60_000;
const SEPARATOR = ' ';

function ownerHash({ StackId, LogicalResourceId }: Identity): string {
  return shortHash(StackId, LogicalResourceId);
}

function ownerValue(tags: Tags): string[] {
  return tags.find(({ Key }) => Key === OWNER_TAG_KEY)?.Value?.split(SEPARATOR) ?? [];
}
