import type { AssociatedChannel } from './associated-channel';
import { readChannelClaims, unsealed, type ChannelClaims } from './channel-claims';
import { decideRelease } from './decide';
import type { ChannelFlowAssociationProperties } from './properties';
import { claimKey, claimKeysToRemove, otherClaims } from '../claims/claims';
import type { LifecycleEvent } from '../protocol/lifecycle';
import { isArnOf } from '../service/arn';
import { provesGone } from '../service/bearers';
import { channelFlowIsGone } from '../service/channel-flow-presence';
import type { Clients } from '../service/clients';
import type { Clock } from '../service/clock';
import { isForbidden, isNotFound } from '../service/service-error';
import type { TagProperty } from '../tags/tag-property';
import { messagingTagging } from '../tags/tagging';

type Event = LifecycleEvent<ChannelFlowAssociationProperties>;

/**
 * Leaves a channel: what others claim comes back, what nobody claims goes off, and the own claim goes last, so that a
 * repetition after a crash finds it and ends the work. Without an own claim nothing is touched: an earlier delivery did
 * it all, and what the channel carries is others'. An own claim that somebody wrote over is still there to be dropped:
 * what it said, the event's properties say.
 *
 * @param preferred ARN of the flow that comes back before others that are claimed, too
 */
export async function release(
  channel: AssociatedChannel, event: Event, clients: Clients, clock: Clock, preferred?: string,
): Promise<void> {
  const tagging = messagingTagging(clients.messaging);
  const tags = await tagsUnlessGone(channel, clients);
  if (tags === undefined) return;
  const ownKey = claimKey(event);
  if (!tags.some(({ Key }) => Key === ownKey)) return;

  const seen = await lookUnlessGone(channel);
  if (seen === GONE) {
    return tagging.untag(
      channel.arn, claimKeysToRemove(event, readChannelClaims(tags, channel.arn, event)),
    ).catch(unlessGone);
  }
  const { flow: current, secret } = seen;
  const claims = claimsOrProperties(tags, channel.arn, secret, event);
  const dropped = claimKeysToRemove(event, claims);
  const decision = decideRelease(current, claims, preferred);
  if (decision.action === 'free') await freeUnlessFlowIsGone(channel, decision.current, clients, clock);
  if (decision.action === 'restore') await restore(channel, decision.candidates, decision.current, clients, clock);

  await tagging.untag(channel.arn, dropped);
  if (decision.action === 'restore' && otherClaims(claims).length > 0) {
    await freeIfNobodyIsLeft(channel, event, decision.candidates, clients, clock);
  }
}

/** The claims; where the own one is not sealed, what the event says of it. */
export function claimsOrProperties(
  tags: readonly TagProperty[], channelArn: string, secret: string, event: Event,
): ChannelClaims {
  const claims = readChannelClaims(unsealed(tags, channelArn, secret), channelArn, event);
  const { RequestType, ResourceProperties: desired, OldResourceProperties: previous } = event;
  // A Create never had a claim before.
  if (claims.own !== undefined || RequestType === 'Create' || !tags.some(({ Key }) => Key === claimKey(event))) {
    return claims;
  }
  const [flow, before] = [previous?.ChannelFlowArn, desired.ChannelFlowArn].filter(arn => isArnOf('channel-flow', arn));
  return flow === undefined
    ? claims
    : { ...claims, own: { flow, before: before === flow ? undefined : before, isShared: true } };
}

/** Two stacks that leave one channel at the same time would each give it back to the other. */
async function freeIfNobodyIsLeft(
  channel: AssociatedChannel, event: Event, restored: readonly string[], clients: Clients, clock: Clock,
): Promise<void> {
  const tags = await messagingTagging(clients.messaging).list(channel.arn);
  const { flow: current, secret } = await channel.look();
  const claims = readChannelClaims(unsealed(tags, channel.arn, secret), channel.arn, event);
  if (otherClaims(claims).length > 0 || claims.displaced !== undefined) return;
  if (current !== undefined && restored.includes(current)) await freeUnlessFlowIsGone(channel, current, clients, clock);
}

async function restore(
  channel: AssociatedChannel, candidates: readonly string[], current: string | undefined, clients: Clients,
  clock: Clock,
): Promise<void> {
  for (const candidate of candidates) {
    try {
      return await channel.setFlow(candidate, current);
    } catch (error) {
      if (!await channelFlowIsGone(candidate, clients, clock)) throw error;
    }
  }
  if (current !== undefined) await freeUnlessFlowIsGone(channel, current, clients, clock);
}

async function freeUnlessFlowIsGone(
  channel: AssociatedChannel, flow: string, clients: Clients, clock: Clock,
): Promise<void> {
  try {
    await channel.clearFlow(flow);
  } catch (error) {
    if (!provesGone(error) && !await channelFlowIsGone(flow, clients, clock)) throw error;
  }
}

/** A channel that is gone takes its claims along; one that only seemed to be keeps none of ours. */
function unlessGone(error: unknown): void {
  if (!isNotFound(error) && !isForbidden(error)) throw error;
}

const GONE = Symbol('the channel is gone');

async function lookUnlessGone(
  channel: AssociatedChannel,
): Promise<Awaited<ReturnType<AssociatedChannel['look']>> | typeof GONE> {
  try {
    return await channel.look();
  } catch (error) {
    if (provesGone(error)) return GONE;
    throw error;
  }
}

/** The tags, or undefined where the channel is gone. A 403 alone does not prove that. */
async function tagsUnlessGone(channel: AssociatedChannel, clients: Clients): Promise<TagProperty[] | undefined> {
  try {
    return await messagingTagging(clients.messaging).list(channel.arn);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    if (!isForbidden(error) || await lookUnlessGone(channel) !== GONE) throw error;
    return undefined;
  }
}
