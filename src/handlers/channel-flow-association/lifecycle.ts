/**
 * The association of a channel with a channel flow.
 *
 * | Event | Does |
 * |---|---|
 * | Create | channel bare → claim, associate; same flow there → claim; another flow: claimed by this stack → swap, else FAIL or REPLACE as asked |
 * | Update, flow | the same, looking first; if the swap fails, the flow that was there is put back before FAILED |
 * | Update, channel | as Create on the new channel; the Delete of the old id frees the old one |
 * | Update, back from a replacement that CloudFormation may not have learnt of | as its own row, and leaves the other channel |
 * | Update, only bearer or onExisting | no call |
 * | Delete | drops its own claim; what others claim comes back, else the channel is freed |
 * | Delete, channel, flow or app instance gone | success |
 *
 * The physical id names the channel. The flow is not in it, so a swap is never a replacement: CloudFormation would
 * associate the new one and then, by the Delete of the old id, free the channel.
 */
import { AssociatedChannel } from './associated-channel';
import { nobodysClaimTag, ownClaimTag, sealed, unsealed, type ChannelClaims } from './channel-claims';
import { decideHold, isShared } from './decide';
import type { ChannelFlowAssociationProperties } from './properties';
import { claimsOrProperties, release } from './release';
import { CHANNEL_FLOW_ASSOCIATION } from './schema';
import { arnClaimedBy, claimedPhysicalId, claimKey, DISPLACED_CLAIM_KEY } from '../claims/claims';
import { FailedWithPhysicalId, type LifecycleEvent, type Outcome } from '../protocol/lifecycle';
import { checkProperties } from '../schema/rules';
import { appInstanceArnOf, isArnOf } from '../service/arn';
import { Bearers } from '../service/bearers';
import type { Clients } from '../service/clients';
import { Unfinished, type Clock } from '../service/clock';
import { failureMessage, explain, isLimitExceeded } from '../service/service-error';
import type { TagProperty } from '../tags/tag-property';
import { messagingTagging } from '../tags/tagging';

type Event = LifecycleEvent<ChannelFlowAssociationProperties>;

export async function channelFlowAssociation(given: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  const event = checkProperties(given, CHANNEL_FLOW_ASSOCIATION);
  const { ChannelArn: channelArn } = event.ResourceProperties;
  const physicalId = claimedPhysicalId(channelArn, event);
  const channel = (arn: string) => new AssociatedChannel(arn, bearersOf(event, arn, clients, clock), clients);

  if (event.RequestType === 'Delete') {
    const left = arnClaimedBy(event, channelArn);
    if (isArnOf('channel', left)) await release(channel(left), event, clients, clock);
    return { physicalId: event.PhysicalResourceId! };
  }

  checkAppInstance(event.ResourceProperties);
  if (event.RequestType === 'Update' && event.PhysicalResourceId === physicalId && changesNothing(event)) return { physicalId };
  await hold(channel(channelArn), event, clients, clock);
  const previous = event.OldResourceProperties?.ChannelArn;
  // A swapped Update after a replacement: CloudFormation may never have learnt of it.
  if (event.PhysicalResourceId === physicalId && previous !== channelArn && isArnOf('channel', previous)) {
    await release(channel(previous), event, clients, clock);
  }
  return { physicalId };
}

function changesNothing({ ResourceProperties: properties, OldResourceProperties: old }: Event): boolean {
  return properties.ChannelArn === old?.ChannelArn && properties.ChannelFlowArn === old.ChannelFlowArn;
}

/** A Create stands or falls with the bearer it names. Later events must succeed when that one has gone meanwhile. */
function bearersOf(event: Event, channelArn: string, clients: Clients, clock: Clock): Bearers {
  return new Bearers(
    appInstanceArnOf(channelArn)!,
    { named: [event.ResourceProperties.Bearer, event.OldResourceProperties?.Bearer], orAnyAdmin: event.RequestType !== 'Create' },
    clients,
    clock,
  );
}

async function hold(channel: AssociatedChannel, event: Event, clients: Clients, clock: Clock): Promise<void> {
  const { ChannelFlowArn: desired, OnExisting: onExisting } = event.ResourceProperties;
  // Claims are written before and read after: a flow that this event's other delivery brings is seen to be its own by the claim.
  const { flow: current, secret } = await channel.look();
  const tags = await messagingTagging(clients.messaging).list(channel.arn);
  const claims = claimsOrProperties(tags, channel.arn, secret, event);
  const decision = decideHold(current, claims, { desired, onExisting, mayConfirm: event.RequestType === 'Update' });

  if (decision.action === 'keep') {
    // An own claim that somebody wrote over is written anew.
    const isSealed = unsealed(tags, channel.arn, secret).some(({ Key }) => Key === claimKey(event));
    return isSealed ? undefined : writeClaim(channel.arn, [sealed(ownClaimTag(event, claims.own!), channel.arn, secret)], clients);
  }
  if (decision.action === 'refuse') {
    throw new Error(
      `${channel.arn} carries ${decision.existing} already, which this stack did not put there — disassociate it, or set 'onExisting' to REPLACE`,
    );
  }
  const own = decision.action === 'claim' && isShared(current, claims) ? { ...decision.own, isShared: true as const } : decision.own;
  const claim = [ownClaimTag(event, own), ...decision.displaced === undefined ? [] : [nobodysClaimTag(decision.displaced)]]
    .map(tag => sealed(tag, channel.arn, secret));
  try {
    await writeClaim(channel.arn, claim.filter(tag => !isAmong(tags, tag)), clients);
    if (decision.action === 'move') await channel.setFlow(desired, decision.from);
    const { displacing, ...taken } = decision.own;
    if (displacing !== undefined) await writeClaim(channel.arn, [sealed(ownClaimTag(event, taken), channel.arn, secret)], clients);
  } catch (error) {
    if (Unfinished.in(error)) throw error;
    await putBack(channel, event, { claims, tags, flow: current, error }, clients, clock);
    throw error;
  }
}

async function writeClaim(channelArn: string, claim: readonly TagProperty[], clients: Clients): Promise<void> {
  try {
    await messagingTagging(clients.messaging).tag(channelArn, claim);
  } catch (error) {
    if (!isLimitExceeded(error)) throw error;
    throw explain(error, `remove tags of ${channelArn}: an association needs up to two of the 50`);
  }
}

interface Before {
  readonly claims: ChannelClaims;
  readonly tags: readonly TagProperty[];
  readonly flow?: string;
  readonly error: unknown;
}

/** Leaves the channel as it was found. What can't be put back now is put back by the next event, from the claim. */
async function putBack(channel: AssociatedChannel, event: Event, before: Before, clients: Clients, clock: Clock): Promise<void> {
  const cause = before.error;
  try {
    if (before.claims.own === undefined) return await release(channel, event, clients, clock, before.flow);
    const current = await channel.flow();
    if (before.flow === undefined) {
      // Somebody took the claimed flow off by hand: what this event brought goes off again, and nothing else.
      if (current === event.ResourceProperties.ChannelFlowArn) await channel.clearFlow(current);
    } else if (current !== before.flow) {
      await channel.setFlow(before.flow, current);
    }
    await restoreClaim(channel.arn, event, before.tags, clients);
  } catch (error) {
    const message = `${failureMessage(cause)}; and ${channel.arn} could not be put back as it was: ${failureMessage(error)}`;
    if (event.RequestType === 'Create') throw new FailedWithPhysicalId(message, claimedPhysicalId(channel.arn, event), { cause: Unfinished.in(error) ?? cause });
    throw new Error(message, { cause: Unfinished.in(error) ?? cause });
  }
}

async function restoreClaim(channelArn: string, event: Event, tags: readonly TagProperty[], clients: Clients): Promise<void> {
  const tagging = messagingTagging(clients.messaging);
  const keys = [claimKey(event), DISPLACED_CLAIM_KEY];
  await tagging.tag(channelArn, tags.filter(({ Key }) => keys.includes(Key)));
  const written = await tagging.list(channelArn);
  await tagging.untag(channelArn, keys.filter(key => hasKey(written, key) && !hasKey(tags, key)));
}

function checkAppInstance({ ChannelArn, ChannelFlowArn }: ChannelFlowAssociationProperties): void {
  if (appInstanceArnOf(ChannelArn) !== appInstanceArnOf(ChannelFlowArn)) {
    throw new Error(`${ChannelArn} and ${ChannelFlowArn} are in different app instances — a channel takes flows of its own app instance only`);
  }
}

function isAmong(tags: readonly TagProperty[], { Key, Value }: TagProperty): boolean {
  return tags.some(tag => tag.Key === Key && tag.Value === Value);
}

function hasKey(tags: readonly TagProperty[], key: string): boolean {
  return tags.some(({ Key }) => Key === key);
}
