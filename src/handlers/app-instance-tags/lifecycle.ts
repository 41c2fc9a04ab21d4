/**
 * Tags of an app instance that exists already, of which this resource manages its own keys and no others.
 *
 * | Event | Does |
 * |---|---|
 * | Create | claims the keys, then tags; a key that is there, unclaimed, with another value → FAILED, with the same value → left alone |
 * | Create, another stack claims a key | it has the same value → claimed as well, and left alone; else → FAILED |
 * | Update, tags | claims, untags what left the properties and nobody else claims, tags what came or changed |
 * | Update, app instance | as Create on the new one; the Delete of the old id untags the old one |
 * | Update, back from a replacement that CloudFormation may not have learnt of | as its own row, and untags what the replacement tagged |
 * | Update, nothing changed | no call |
 * | Delete | untags the claimed keys that nobody else claims, then drops the claim |
 * | Delete, app instance gone, an id of another stack, or one that CloudFormation invented and no claim | success |
 *
 * A key is written or removed only where a claim of this stack proves that it came from there, or where nobody has it. Who wrote a key
 * may change its value; who found it with another stack's claim may not, as long as that stack claims it. Whoever leaves last removes it.
 */
import type { AppInstanceTagsProperties } from './properties';
import { APP_INSTANCE_TAGS } from './schema';
import { arnClaimedBy, claimedPhysicalId, claimKey } from '../claims/claims';
import { keyClaimTag, readKeyClaims, type ClaimedKeys, type Coverage, type KeyClaims } from '../claims/key-claims';
import { FailedWithPhysicalId, type LifecycleEvent, type Outcome } from '../protocol/lifecycle';
import { checkProperties } from '../schema/rules';
import { appInstanceIsGone } from '../service/app-instance-presence';
import { isAppInstanceArn } from '../service/arn';
import type { Clients } from '../service/clients';
import { Unfinished, type Clock } from '../service/clock';
import { failureMessage, explain, isForbidden, isLimitExceeded, isNotFound } from '../service/service-error';
import { sameTags } from '../tags/tag-diff';
import type { TagProperty } from '../tags/tag-property';
import { identityTagging } from '../tags/tagging';

type Event = LifecycleEvent<AppInstanceTagsProperties>;

export async function appInstanceTags(given: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  const event = checkProperties(given, APP_INSTANCE_TAGS);
  const { AppInstanceArn: arn } = event.ResourceProperties;
  if (event.RequestType === 'Delete') {
    const left = arnClaimedBy(event, arn);
    if (isAppInstanceArn(left)) await release(left, event, clients, clock);
    return { physicalId: event.PhysicalResourceId! };
  }

  const physicalId = claimedPhysicalId(arn, event);
  if (event.RequestType === 'Update' && event.PhysicalResourceId === physicalId && changesNothing(event)) return { physicalId };
  await hold(arn, event, clients);
  const previous = event.OldResourceProperties?.AppInstanceArn;
  // A swapped Update after a replacement: CloudFormation may never have learnt of it.
  if (event.PhysicalResourceId === physicalId && previous !== arn && isAppInstanceArn(previous)) await release(previous, event, clients, clock);
  return { physicalId };
}

function changesNothing({ ResourceProperties: properties, OldResourceProperties: old }: Event): boolean {
  return properties.AppInstanceArn === old?.AppInstanceArn && sameTags(properties.Tags, old.Tags);
}

async function hold(arn: string, event: Event, clients: Clients): Promise<void> {
  const tagging = identityTagging(clients.identity);
  const present = await tagging.list(arn);
  const claims = readKeyClaims(arn, present, event, keysNamed(event));
  const desired = event.ResourceProperties.Tags;
  const { written, shared } = sort(desired, present, claims, arn);
  const dropped = present.map(({ Key }) => Key).filter(key => isOurs(key, claims) && !desired.some(({ Key }) => Key === key));

  // The claim covers both what goes and what comes until it is done: a repetition after a crash must know both.
  const during = { written: new Set([...written, ...dropped]), shared };
  const changed = desired.filter(({ Key, Value }) => written.has(Key) && !present.some(tag => tag.Key === Key && tag.Value === Value));
  try {
    await claim(arn, event, claims.ownText, during, clients);
    await tagging.untag(arn, dropped);
    await tagging.tag(arn, changed);
    if (dropped.length > 0) await claim(arn, event, undefined, { written, shared }, clients);
  } catch (error) {
    if (Unfinished.in(error)) throw error;
    await putBack(arn, event, present, [...dropped, ...changed.map(({ Key }) => Key)], error, clients);
    throw isLimitExceeded(error) ? explain(error, `remove a tag of ${arn}, or more: 50 are the most, and one is the claim of these`) : error;
  }
}

/** Which of the desired keys are ours to write, and which we only want as well; throws for those that are others'. */
function sort(desired: readonly TagProperty[], present: readonly TagProperty[], claims: KeyClaims, arn: string): ClaimedKeys {
  const sorted = { written: new Set<string>(), shared: new Set<string>() };
  const [byHand, ofOthers]: [string[], string[]] = [[], []];
  for (const { Key, Value } of desired) {
    const there = present.find(tag => tag.Key === Key)?.Value;
    const others = claims.ofOthers(Key);
    const mine = [claims.own(Key), claims.ofStack(Key)];
    const isMine = others === undefined ? mine.some(isProven) : mine.includes('written');
    if (isMine || (there === undefined && others === undefined)) sorted.written.add(Key);
    else if (there !== Value) (others === undefined ? byHand : ofOthers).push(Key);
    else if (isProven(others)) sorted.shared.add(Key);
  }
  const problems = [
    ...byHand.length > 0 ? [`${byHand.join(', ')} already, with another value and not from this library — remove the key there or from 'tags'`] : [],
    ...ofOthers.length > 0 ? [`${ofOthers.join(', ')} already, with another value, claimed by another stack — take the same value, or remove the key from 'tags'`] : [],
  ];
  if (problems.length > 0) throw new Error(`${arn} has ${problems.join('; ')}`);
  return sorted;
}

/** Whether a key is this resource's to remove: claimed by it for certain, and by nobody else, for certain or not. */
function isOurs(key: string, { own, ofStack, ofOthers }: KeyClaims): boolean {
  return isProven(own(key)) && ofStack(key) === undefined && ofOthers(key) === undefined;
}

function isProven(coverage: Coverage): boolean {
  return coverage === 'written' || coverage === 'shared';
}

/** The keys that the event knows by name. */
function keysNamed({ ResourceProperties, OldResourceProperties }: Event): string[] {
  return [ResourceProperties, OldResourceProperties].flatMap(properties => properties?.Tags ?? []).map(({ Key }) => Key);
}

async function claim(arn: string, event: Event, previous: string | undefined, keys: ClaimedKeys, clients: Clients): Promise<void> {
  const tag = keyClaimTag(arn, event, keys);
  if (tag.Value !== previous) await identityTagging(clients.identity).tag(arn, [tag]);
}

/** Leaves the tags as they were found; the claim stays only if it was there before. */
async function putBack(
  arn: string, event: Event, before: readonly TagProperty[], touched: readonly string[], cause: unknown, clients: Clients,
): Promise<void> {
  const tagging = identityTagging(clients.identity);
  try {
    const keys = [...touched, claimKey(event)];
    const present = await tagging.list(arn);
    await tagging.untag(arn, keys.filter(key => has(present, key) && !has(before, key)));
    await tagging.tag(arn, before.filter(({ Key }) => keys.includes(Key)));
  } catch (error) {
    const message = `${failureMessage(cause)}; and the tags of ${arn} could not be put back: ${failureMessage(error)}`;
    if (event.RequestType === 'Create') throw new FailedWithPhysicalId(message, claimedPhysicalId(arn, event), { cause: Unfinished.in(error) ?? cause });
    throw new Error(message, { cause: Unfinished.in(error) ?? cause });
  }
}

async function release(arn: string, event: Event, clients: Clients, clock: Clock): Promise<void> {
  const tagging = identityTagging(clients.identity);
  let present: TagProperty[];
  try {
    present = await tagging.list(arn);
  } catch (error) {
    if (isNotFound(error) || (isForbidden(error) && await appInstanceIsGone(arn, clients.identity, clock))) return;
    throw error;
  }
  const claims = readKeyClaims(arn, present, event, keysNamed(event));
  if (claims.ownText === undefined) return;
  await tagging.untag(arn, present.map(({ Key }) => Key).filter(key => isOurs(key, claims)));
  await tagging.untag(arn, [claimKey(event)]);
}

function has(tags: readonly TagProperty[], key: string): boolean {
  return tags.some(({ Key }) => Key === key);
}
