import type { Channel } from './channel';
import { readChannelClaims } from './channel-claims';
import { decideRelease } from './decide';
import { channelFlowIsGone } from '../channel-flow/presence';
import { keysThatLeave, realClaims, type Claimant } from '../claims/claims';
import type { Clients } from '../clients';
import type { Clock } from '../protocol/lifecycle';
import type { TagProperty } from '../protocol/tag-property';
import { provesGone } from '../service/bearers';
import { isForbidden, isNotFound } from '../service/service-error';
import { messagingTagging } from '../tags/tagging';

/**
 * Leaves a channel: what others claim comes back, what nobody claims goes off, and the own claim goes last, so that a
 * repetition after a crash finds it and ends the work. Without an own claim nothing is touched: an earlier delivery did it all,
 * and what the channel carries is others'.
 *
 * @param rather ARN of the flow that comes back before others that are claimed, too
 */
export async function release(channel: Channel, claimant: Claimant, clients: Clients, clock: Clock, rather?: string): Promise<void> {
  const tagging = messagingTagging(clients.messaging);
  const tags = await tagsUnlessGone(channel, clients);
  if (tags === undefined) return;
  const claims = readChannelClaims(tags, channel.arn, claimant);
  if (claims.own === undefined) return;

  const dropped = keysThatLeave(claimant, claims);
  const current = await flowUnlessGone(channel);
  if (current === GONE) return tagging.untag(channel.arn, dropped).catch(unlessGone);
  const decision = decideRelease(current, claims, rather);
  if (decision.does === 'free') await freeUnlessFlowIsGone(channel, decision.current, clients, clock);
  if (decision.does === 'restore') await restore(channel, decision.candidates, decision.current, clients, clock);

  await tagging.untag(channel.arn, dropped);
  if (decision.does === 'restore' && realClaims(claims).length > 0) await freeIfNobodyIsLeft(channel, claimant, decision.candidates, clients, clock);
}

/** Two stacks that leave one channel at the same time would each give it back to the other. */
async function freeIfNobodyIsLeft(channel: Channel, claimant: Claimant, restored: readonly string[], clients: Clients, clock: Clock): Promise<void> {
  const claims = readChannelClaims(await messagingTagging(clients.messaging).list(channel.arn), channel.arn, claimant);
  if (realClaims(claims).length > 0 || claims.nobodys !== undefined) return;
  const current = await channel.flow();
  if (current !== undefined && restored.includes(current)) await freeUnlessFlowIsGone(channel, current, clients, clock);
}

async function restore(channel: Channel, candidates: readonly string[], current: string | undefined, clients: Clients, clock: Clock): Promise<void> {
  for (const candidate of candidates) {
    try {
      return await channel.carry(candidate, current);
    } catch (error) {
      if (!await channelFlowIsGone(candidate, clients, clock)) throw error;
    }
  }
  if (current !== undefined) await freeUnlessFlowIsGone(channel, current, clients, clock);
}

async function freeUnlessFlowIsGone(channel: Channel, flow: string, clients: Clients, clock: Clock): Promise<void> {
  try {
    await channel.free(flow);
  } catch (error) {
    if (!provesGone(error) && !await channelFlowIsGone(flow, clients, clock)) throw error;
  }
}

/** A channel that is gone takes its claims along; one that only seemed to be keeps none of ours. */
function unlessGone(error: unknown): void {
  if (!isNotFound(error) && !isForbidden(error)) throw error;
}

const GONE = Symbol('the channel is gone');

async function flowUnlessGone(channel: Channel): Promise<string | undefined | typeof GONE> {
  try {
    return await channel.flow();
  } catch (error) {
    if (provesGone(error)) return GONE;
    throw error;
  }
}

/** The tags, or undefined where the channel is gone. A 403 alone does not prove that. */
async function tagsUnlessGone(channel: Channel, clients: Clients): Promise<TagProperty[] | undefined> {
  try {
    return await messagingTagging(clients.messaging).list(channel.arn);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    if (!isForbidden(error) || await flowUnlessGone(channel) !== GONE) throw error;
    return undefined;
  }
}
