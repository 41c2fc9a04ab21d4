/**
 * Claims on tag keys of an app instance: which keys a resource wrote, and which it only wants as well, because another
 * stack claims them.
 *
 * 48 keys must find room in the 256 characters of one value, so a value holds a row of short hashes, as long as there
 * is room. Where they are too short to be proof against a key that was chosen to look alike, they only say where to
 * look: a digest over all of the keys tells whether what they point to is meant. A value is bound to app instance and
 * claimant, and sealed with the stack's secret, which tells a claim of one's own stack from one that was written by
 * hand.
 */
import { createHash } from 'node:crypto';
import { CLAIM_PREFIX, claimKey, DISPLACED_CLAIM_KEY, stackSecret, type Claimant } from './claims';
import { shortHash } from './owner';
import { seal, SEAL_LENGTH } from './seal';
import type { TagProperty } from '../tags/tag-property';

const MAX_VALUE_LENGTH = 256;
/** Characters of a digest, and the most that a key's hash has: 132 bits. */
const FULL = 22;
/** Characters from which on a hash proves a key by itself: 96 bits. */
const PROVES = 16;
/** Among how many sets of keys the one that is meant is looked for, and among how many keys with one hash. */
const MOST_TRIES = 4_096;
const MOST_ALIKE = 12;

/** The keys of one resource. */
export interface ClaimedKeys {
  /** Keys that the resource wrote, or took over. */
  readonly written: ReadonlySet<string>;
  /** Keys that another stack claims, too, with the same value. */
  readonly shared: ReadonlySet<string>;
}

type Kind = keyof ClaimedKeys;

/** What a claim says of a key: nothing proves it where it is `unsure`. */
export type Coverage = Kind | 'unsure' | undefined;

/** The claims on the keys of one app instance, seen by one resource. */
export interface KeyClaims {
  /** The own claim's text, whoever wrote it. */
  readonly ownText?: string;
  readonly own: (key: string) => Coverage;
  /** What the same stack's other resources claim. */
  readonly ofStack: (key: string) => Coverage;
  /** What other stacks claim. */
  readonly ofOthers: (key: string) => Coverage;
}

/** @param named keys that the event's properties name, and that need not be there any more */
export function readKeyClaims(
  arn: string, present: readonly TagProperty[], claimant: Claimant, named: readonly string[],
): KeyClaims {
  const ownKey = claimKey(claimant);
  const candidates = [
    ...new Set([...named, ...present.map(({ Key }) => Key).filter(key => !key.startsWith(CLAIM_PREFIX))]),
  ];
  const all = present.filter(({ Key }) => Key.startsWith(CLAIM_PREFIX) && Key !== DISPLACED_CLAIM_KEY);
  const stack = `${CLAIM_PREFIX}${shortHash(claimant.StackId)}:`;
  const open = (claims: readonly TagProperty[]) => joined(claims.map(claim => coverageOf(arn, claim, candidates)));
  const ofThisStack = all.filter(claim => claim.Key.startsWith(stack) && isSealed(arn, claim, claimant));
  return {
    ownText: all.find(({ Key }) => Key === ownKey)?.Value,
    own: open(ofThisStack.filter(({ Key }) => Key === ownKey)),
    ofStack: open(ofThisStack.filter(({ Key }) => Key !== ownKey)),
    ofOthers: open(all.filter(({ Key }) => !Key.startsWith(stack))),
  };
}

/** The claim's tag; the same for the same keys, in whatever order. */
export function keyClaimTag(arn: string, claimant: Claimant, { written, shared }: ClaimedKeys): TagProperty {
  const Key = claimKey(claimant);
  const entries = [...entriesOf(written, 'written'), ...entriesOf(shared, 'shared')];
  const width = Math.min(FULL, Math.floor((MAX_VALUE_LENGTH - 1 - FULL - SEAL_LENGTH) / Math.max(1, entries.length)));
  const hashes = entries.map(entry => hashOf(entry).slice(0, width)).sort().join('');
  const content = `${width.toString(36)}${digestOf(arn, Key, entries)}${hashes}`;
  return { Key, Value: `${content}${seal(stackSecret(claimant), arn, Key, content)}` };
}

function isSealed(arn: string, { Key, Value }: TagProperty, claimant: Claimant): boolean {
  const content = Value.slice(0, -SEAL_LENGTH);
  return Value === `${content}${seal(stackSecret(claimant), arn, Key, content)}`;
}

function coverageOf(
  arn: string, { Key, Value }: TagProperty, candidates: readonly string[],
): (key: string) => Coverage {
  const content = Value.slice(0, -SEAL_LENGTH);
  const width = parseInt(content[0], 36);
  if (!(width >= 1 && width <= FULL)) return () => undefined;
  const digest = content.slice(1, 1 + FULL);
  const hashes: readonly string[] = content.slice(1 + FULL).match(new RegExp(`.{${width}}`, 'g')) ?? [];
  const kindsIn = (key: string) => KINDS.filter(kind => hashes.includes(hashOf(entryOf(key, kind)).slice(0, width)));
  if (width >= PROVES) return key => kindsIn(key)[0];

  const entries = candidates.flatMap(key => kindsIn(key).map(kind => entryOf(key, kind)));
  const meant = findMeant(hashes, entries, found => digestOf(arn, Key, found) === digest);
  if (meant === undefined) return key => kindsIn(key).length > 0 ? 'unsure' : undefined;
  return key => KINDS.find(kind => meant.has(entryOf(key, kind)));
}

/**
 * Of the entries with the hashes those that are meant together; undefined where it can't be told, for some are not
 * among them.
 */
function findMeant(
  hashes: readonly string[], entries: readonly string[], isMeant: (found: string[]) => boolean,
): Set<string> | undefined {
  let sets: string[][] = [[]];
  for (const hash of new Set(hashes)) {
    const count = hashes.filter(other => other === hash).length;
    const alike = entries.filter(entry => hashOf(entry).startsWith(hash));
    if (alike.length < count || (alike.length > MOST_ALIKE && alike.length > count)) return undefined;
    const choices = alike.length === count ? [alike] : subsets(alike, count);
    if (sets.length * choices.length > MOST_TRIES) return undefined;
    sets = sets.flatMap(set => choices.map(choice => [...set, ...choice]));
  }
  const meant = sets.find(isMeant);
  return meant && new Set(meant);
}

function subsets(items: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) => subsets(items.slice(index + 1), size - 1).map(rest => [item, ...rest]));
}

/** What several claims say of a key: what is proven comes first. */
function joined(claims: readonly ((key: string) => Coverage)[]): (key: string) => Coverage {
  return key => {
    const said = claims.map(claim => claim(key));
    return ORDER.find(coverage => said.includes(coverage));
  };
}

const KINDS: readonly Kind[] = ['written', 'shared'];
const ORDER: readonly Coverage[] = [...KINDS, 'unsure'];

function entriesOf(keys: Iterable<string>, kind: Kind): string[] {
  return [...keys].map(key => entryOf(key, kind));
}

function entryOf(key: string, kind: Kind): string {
  return `${kind} ${key}`;
}

function digestOf(arn: string, claim: string, entries: readonly string[]): string {
  return hashOf(JSON.stringify([arn, claim, ...[...entries].sort()]));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, FULL);
}
