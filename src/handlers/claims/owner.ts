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

/** The tag to put inside the Create call, so that there is no moment at which the resource is nobody's. */
export function ownerTag(identity: Identity): TagProperty {
  return { Key: OWNER_TAG_KEY, Value: shortHash(identity.StackId, identity.LogicalResourceId) };
}

/** Whether the tags say that this resource of this stack made what carries them. */
export function isOwnedBy(tags: readonly { Key?: string; Value?: string }[], identity: Identity): boolean {
  const own = ownerTag(identity);
  return tags.some(({ Key, Value }) => Key === own.Key && Value === own.Value);
}
