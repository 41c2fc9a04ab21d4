/**
 * Tags of an app instance that exists already, of which this resource manages its own keys and no others.
 *
 * | Event | Does |
 * |---|---|
 * | Create | claims the keys, then tags; a key that is there, unclaimed, with another value → FAILED, with the same value → left alone |
 * | Update, tags | claims, untags what left the properties and nobody else claims, tags what came or changed |
 * | Update, app instance | as Create on the new one; the Delete of the old id untags the old one |
 * | Update, back from a replacement that CloudFormation may not have learnt of | as its own row, and untags what the replacement tagged |
 * | Update, nothing changed | no call |
 * | Delete | untags the claimed keys that nobody else claims, then drops the claim |
 * | Delete, app instance gone, or an id that CloudFormation invented and no claim | success |
 */
import type { AppInstanceTagsProperties } from './properties';
import { appInstanceIsGone } from '../app-instance/presence';
import { arnOfClaimedPhysicalId, claimedPhysicalId, claimKey, readClaims, realClaims } from '../claims/claims';
import { shortHash } from '../claims/owner';
import type { Clients } from '../clients';
import { FailedWithPhysicalId, type Clock, type LifecycleEvent, type Outcome } from '../protocol/lifecycle';
import type { TagProperty } from '../protocol/tag-property';
import { isAppInstanceArn } from '../service/arn';
import { describeFailure, explain, isForbidden, isLimitExceeded, isNotFound } from '../service/service-error';
import { sameTags } from '../tags/tag-diff';
import { identityTagging } from '../tags/tagging';

type Event = LifecycleEvent<AppInstanceTagsProperties>;

export async function appInstanceTags(event: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  const { AppInstanceArn: arn } = event.ResourceProperties;
  if (event.RequestType === 'Delete') {
    const left = arnOfClaimedPhysicalId(event.PhysicalResourceId) ?? arn;
    if (isAppInstanceArn(left)) await release(left, event, clients, clock);
    return { physicalId: event.PhysicalResourceId! };
  }

  if (!isAppInstanceArn(arn)) throw new Error(`'appInstance' is no app instance: got ${arn} — give the ARN of an app instance`);
  const physicalId = claimedPhysicalId(arn, event);
  if (event.RequestType === 'Update' && event.PhysicalResourceId === physicalId && changesNothing(event)) return { physicalId };
  await hold(arn, event, clients);
  const former = event.OldResourceProperties?.AppInstanceArn;
  // A swapped Update after a replacement: CloudFormation may never have learnt of it.
  if (event.PhysicalResourceId === physicalId && former !== arn && isAppInstanceArn(former)) await release(former, event, clients, clock);
  return { physicalId };
}

function changesNothing({ ResourceProperties: properties, OldResourceProperties: old }: Event): boolean {
  return properties.AppInstanceArn === old?.AppInstanceArn && sameTags(properties.Tags, old.Tags);
}

async function hold(arn: string, event: Event, clients: Clients): Promise<void> {
  const tagging = identityTagging(clients.identity);
  const present = await tagging.list(arn);
  const { wanted, managed, foreign } = sort(event, present);
  if (foreign.length > 0) {
    throw new Error(
      `${arn} has ${foreign.join(', ')} already, with another value and not from this library — remove the key there or from 'tags'`,
    );
  }
  const claims = readClaims(present, event);
  const claimed = new Set(hashesIn(claims.own));
  const byOthers = new Set(realClaims(claims).flatMap(hashesIn));
  const dropped = present.map(({ Key }) => Key)
    .filter(key => claimed.has(hashOf(key)) && !byOthers.has(hashOf(key)) && !wanted.some(({ Key }) => Key === key));

  // The claim covers both what goes and what comes until it is done: a repetition after a crash must know both.
  const during = [...managed.map(({ Key }) => hashOf(Key)), ...dropped.map(hashOf)];
  const changed = managed.filter(({ Key, Value }) => !present.some(tag => tag.Key === Key && tag.Value === Value));
  try {
    await claim(arn, event, claims.own, during, clients);
    await tagging.untag(arn, dropped);
    await tagging.tag(arn, changed);
    if (dropped.length > 0) await claim(arn, event, during.join(''), managed.map(({ Key }) => hashOf(Key)), clients);
  } catch (error) {
    await putBack(arn, event, present, [...dropped, ...changed.map(({ Key }) => Key)], error, clients);
    throw isLimitExceeded(error) ? explain(error, `remove a tag of ${arn}, or more: 50 are the most, and one is the claim of these`) : error;
  }
}

/** Which of the wanted tags are ours to write: those that are new, and those that a claim says came from this library. */
function sort(event: Event, present: readonly TagProperty[]) {
  const claims = readClaims(present, event);
  const claimed = new Set([claims.own, ...realClaims(claims)].flatMap(hashesIn));
  const wanted = event.ResourceProperties.Tags;
  const unclaimed = wanted.filter(({ Key }) => present.some(tag => tag.Key === Key) && !claimed.has(hashOf(Key)));
  const foreign = unclaimed.filter(({ Key, Value }) => !present.some(tag => tag.Key === Key && tag.Value === Value));
  return { wanted, managed: wanted.filter(tag => !unclaimed.includes(tag)), foreign: foreign.map(({ Key }) => Key) };
}

async function claim(arn: string, event: Event, former: string | undefined, hashes: readonly string[], clients: Clients): Promise<void> {
  const value = [...new Set(hashes)].join('') || NOTHING;
  if (value !== former) await identityTagging(clients.identity).tag(arn, [{ Key: claimKey(event), Value: value }]);
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
    const message = `${describeFailure(cause)}; and the tags of ${arn} could not be put back: ${describeFailure(error)}`;
    if (event.RequestType === 'Create') throw new FailedWithPhysicalId(message, claimedPhysicalId(arn, event), { cause });
    throw new Error(message, { cause });
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
  const claims = readClaims(present, event);
  if (claims.own === undefined) return;
  const own = new Set(hashesIn(claims.own));
  const byOthers = new Set(realClaims(claims).flatMap(hashesIn));
  await tagging.untag(arn, present.map(({ Key }) => Key).filter(key => own.has(hashOf(key)) && !byOthers.has(hashOf(key))));
  await tagging.untag(arn, [claimKey(event)]);
}

/** A claim's value is a row of hashes of the keys, so that 48 keys find room in the 256 characters of one value. */
const HASH_LENGTH = 5;
/** A value can't be empty: the claim of a resource that found every tag there already. */
const NOTHING = '-';

function hashOf(key: string): string {
  return shortHash(key).slice(0, HASH_LENGTH);
}

function hashesIn(value: string | undefined): string[] {
  return value === undefined || value === NOTHING ? [] : value.match(new RegExp(`.{${HASH_LENGTH}}`, 'g')) ?? [];
}

function has(tags: readonly TagProperty[], key: string): boolean {
  return tags.some(({ Key }) => Key === key);
}
