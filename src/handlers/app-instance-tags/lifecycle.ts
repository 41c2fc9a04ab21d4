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
 * A key is written or removed only where a claim of this stack proves that it came from there, or where nobody has it.
 * Who wrote a key may change its value; who found it with another stack's claim may not, as long as that stack claims
 * it. Whoever leaves last removes it.
 */
import type { AppInstanceTagsProperties } from './properties';
import { APP_INSTANCE_TAGS } from './schema';
import { claimKey } from '../claims/claims';
import { keyClaimTag, readKeyClaims, type ClaimedKeys, type Coverage, type KeyClaims } from '../claims/key-claims';
import type { LifecycleEvent, Outcome } from '../protocol/lifecycle';
import { ClaimedResource } from '../reconciler/claimed-resource';
import { checkProperties } from '../schema/rules';
import { appInstanceIsGone } from '../service/app-instance-presence';
import { isAppInstanceArn } from '../service/arn';
import type { Clients } from '../service/clients';
import { Unfinished, type Clock } from '../service/clock';
import { explain, isForbidden, isLimitExceeded, isNotFound } from '../service/service-error';
import { hasTag, hasTagKey, restoreTags, sameTags } from '../tags/tag-diff';
import type { TagProperty } from '../tags/tag-property';
import { identityTagging } from '../tags/tagging';

type Event = LifecycleEvent<AppInstanceTagsProperties>;

export async function appInstanceTags(event: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  return new AppInstanceTags(checkProperties(event, APP_INSTANCE_TAGS), clients, clock).reconcile();
}

class AppInstanceTags extends ClaimedResource<AppInstanceTagsProperties> {
  private readonly tagging = identityTagging(this.clients.identity);

  protected claimedArn({ AppInstanceArn }: AppInstanceTagsProperties): string | undefined {
    return AppInstanceArn;
  }

  protected canClaim(arn: string | undefined): arn is string {
    return isAppInstanceArn(arn);
  }

  protected isSame(desired: AppInstanceTagsProperties, previous: AppInstanceTagsProperties): boolean {
    return desired.AppInstanceArn === previous.AppInstanceArn && sameTags(desired.Tags, previous.Tags);
  }

  protected async hold(arn: string): Promise<void> {
    const present = await this.tagging.list(arn);
    const claims = readKeyClaims(arn, present, this.event, keysNamed(this.event));
    const desired = this.event.ResourceProperties.Tags;
    const { written, shared } = sort(desired, present, claims, arn);
    const dropped = present.map(({ Key }) => Key).filter(key => isOurs(key, claims) && !hasTagKey(desired, key));

    // The claim covers both what goes and what comes until it is done: a repetition after a crash must know both.
    const during = { written: new Set([...written, ...dropped]), shared };
    const changed = desired.filter(tag => written.has(tag.Key) && !hasTag(present, tag));
    try {
      await this.claim(arn, claims.ownText, during);
      await this.tagging.untag(arn, dropped);
      await this.tagging.tag(arn, changed);
      if (dropped.length > 0) await this.claim(arn, undefined, { written, shared });
    } catch (error) {
      if (Unfinished.in(error)) throw error;
      await this.putBack(arn, present, [...dropped, ...changed.map(({ Key }) => Key)], error);
      throw isLimitExceeded(error)
        ? explain(error, `remove a tag of ${arn}, or more: 50 are the most, and one is the claim of these`)
        : error;
    }
  }

  protected async release(arn: string): Promise<void> {
    let present: TagProperty[];
    try {
      present = await this.tagging.list(arn);
    } catch (error) {
      if (isNotFound(error)
        || (isForbidden(error) && await appInstanceIsGone(arn, this.clients.identity, this.clock))) return;
      throw error;
    }
    const claims = readKeyClaims(arn, present, this.event, keysNamed(this.event));
    if (claims.ownText === undefined) return;
    await this.tagging.untag(arn, present.map(({ Key }) => Key).filter(key => isOurs(key, claims)));
    await this.tagging.untag(arn, [claimKey(this.event)]);
  }

  private async claim(arn: string, previous: string | undefined, keys: ClaimedKeys): Promise<void> {
    const tag = keyClaimTag(arn, this.event, keys);
    if (tag.Value !== previous) await this.tagging.tag(arn, [tag]);
  }

  /** Leaves the tags as they were found; the claim stays only if it was there before. */
  private async putBack(
    arn: string, before: readonly TagProperty[], touched: readonly string[], cause: unknown,
  ): Promise<void> {
    try {
      await restoreTags(arn, this.tagging, [...touched, claimKey(this.event)], before);
    } catch (error) {
      throw this.notPutBack(`the tags of ${arn} could not be put back`, arn, cause, error);
    }
  }
}

/** Which of the desired keys are ours to write, and which we only want as well; throws for those that are others'. */
function sort(
  desired: readonly TagProperty[], present: readonly TagProperty[], claims: KeyClaims, arn: string,
): ClaimedKeys {
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
    ...byHand.length > 0 ? [`${byHand.join(', ')} already, with another value and not from this library — remove the `
      + 'key there or from \'tags\''] : [],
    ...ofOthers.length > 0 ? [`${ofOthers.join(', ')} already, with another value, claimed by another stack — take the `
      + 'same value, or remove the key from \'tags\''] : [],
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
  return [ResourceProperties, OldResourceProperties].flatMap(properties => properties?.Tags ?? []).map(
    ({ Key }) => Key,
  );
}
