import type { Tagging } from './tagging';
import { RESERVED_TAG_PREFIX } from '../claims/owner';
import type { TagProperty } from '../protocol/tag-property';

export interface TagDiff {
  readonly untag: string[];
  readonly tag: TagProperty[];
}

/**
 * From what is there to what is wanted. A key that neither the wanted nor the former properties name belongs to somebody
 * else and stays; so do the library's own.
 */
export function tagDiff(present: readonly TagProperty[], wanted: readonly TagProperty[] = [], former: readonly TagProperty[] = []): TagDiff {
  const values = new Map(present.map(({ Key, Value }) => [Key, Value]));
  const kept = new Set(wanted.map(({ Key }) => Key));
  return {
    untag: former.map(({ Key }) => Key).filter(key => !kept.has(key) && values.has(key) && isUsers(key)),
    tag: wanted.filter(({ Key, Value }) => values.get(Key) !== Value && isUsers(Key)),
  };
}

/** Changes the tags of a resource; untags first, so that a full set of tags can be exchanged. Nothing different, no call. */
export async function convergeTags(
  arn: string,
  tagging: Tagging,
  wanted?: readonly TagProperty[],
  former?: readonly TagProperty[],
): Promise<void> {
  if (!sameTags(wanted, former)) await convergeTagsOfFound(arn, tagging, wanted, former);
}

/** The same for what was found again, of which nobody knows whether it carries the former tags or the wanted ones. */
export async function convergeTagsOfFound(
  arn: string,
  tagging: Tagging,
  wanted: readonly TagProperty[] = [],
  former: readonly TagProperty[] = [],
): Promise<void> {
  if (wanted.length + former.length === 0) return;
  const { untag, tag } = tagDiff(await tagging.list(arn), wanted, former);
  await tagging.untag(arn, untag);
  await tagging.tag(arn, tag);
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
