import { RESERVED_TAG_PREFIX } from './tag-property';
import type { TagProperty } from './tag-property';
import type { Tagging } from './tagging';

export interface TagDiff {
  readonly untag: string[];
  readonly tag: TagProperty[];
}

/**
 * From what is there to what is desired. A key that neither the desired nor the previous properties name belongs to
 * somebody else and stays; so do the library's own.
 */
export function tagDiff(
  present: readonly TagProperty[], desired: readonly TagProperty[] = [], previous: readonly TagProperty[] = [],
): TagDiff {
  const values = new Map(present.map(({ Key, Value }) => [Key, Value]));
  const kept = new Set(desired.map(({ Key }) => Key));
  return {
    untag: previous.map(({ Key }) => Key).filter(key => !kept.has(key) && values.has(key) && isUsers(key)),
    tag: desired.filter(({ Key, Value }) => values.get(Key) !== Value && isUsers(Key)),
  };
}

/**
 * Changes the tags of a resource; untags first, so that a full set of tags can be exchanged. Nothing different, no
 * call.
 */
export async function convergeTags(
  arn: string,
  tagging: Tagging,
  desired?: readonly TagProperty[],
  previous?: readonly TagProperty[],
): Promise<void> {
  if (!sameTags(desired, previous)) await convergeTagsOfFound(arn, tagging, desired, previous);
}

/**
 * The same for what was found again, of which nobody knows whether it carries the previous tags or the desired ones.
 */
export async function convergeTagsOfFound(
  arn: string,
  tagging: Tagging,
  desired: readonly TagProperty[] = [],
  previous: readonly TagProperty[] = [],
): Promise<void> {
  if (desired.length + previous.length === 0) return;
  const { untag, tag } = tagDiff(await tagging.list(arn), desired, previous);
  await tagging.untag(arn, untag);
  await tagging.tag(arn, tag);
}

/** Gives these keys the values that they had, and takes away those that were not there. */
export async function restoreTags(
  arn: string, tagging: Tagging, keys: readonly string[], before: readonly TagProperty[],
): Promise<void> {
  const present = await tagging.list(arn);
  await tagging.untag(arn, keys.filter(key => hasTagKey(present, key) && !hasTagKey(before, key)));
  await tagging.tag(arn, before.filter(({ Key }) => keys.includes(Key)));
}

export function hasTagKey(tags: readonly TagProperty[], key: string): boolean {
  return tags.some(({ Key }) => Key === key);
}

export function hasTag(tags: readonly TagProperty[], { Key, Value }: TagProperty): boolean {
  return tags.some(tag => tag.Key === Key && tag.Value === Value);
}

/** Whether two lists of properties say the same; their order says nothing. */
export function sameTags(some: readonly TagProperty[] = [], others: readonly TagProperty[] = []): boolean {
  return fingerprint(some) === fingerprint(others);
}

function fingerprint(tags: readonly TagProperty[]): string {
  return JSON.stringify(tags.map(({ Key, Value }) => [Key, Value]).sort());
}

function isUsers(key: string): boolean {
  return !key.startsWith(RESERVED_TAG_PREFIX);
}
