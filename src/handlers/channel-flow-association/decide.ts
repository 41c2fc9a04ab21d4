/** What to do with a channel, from what it carries and who claims it. Pure: every case is in the tests, none needs a service. */
import { flowsOf, type ChannelClaim, type ChannelClaims } from './channel-claims';
import type { ChannelFlowAssociationProperties } from './properties';
import { realClaims } from '../claims/claims';

export type HoldDecision =
  /** Nothing: the channel is as the claim says, or was changed by hand behind a claim that the event only confirms. */
  | { readonly does: 'keep' }
  /** The flow is there already: only the claim is missing. */
  | { readonly does: 'claim'; readonly own: ChannelClaim; readonly nobodys?: string }
  /** Claim, then bring the flow there; `from` is what the channel carries now. */
  | { readonly does: 'move'; readonly own: ChannelClaim; readonly nobodys?: string; readonly from?: string }
  | { readonly does: 'refuse'; readonly existing: string };

/** How a resource wants its flow on the channel. */
export interface Hold {
  /** ARN of the flow. */
  readonly wanted: string;
  readonly onExisting: ChannelFlowAssociationProperties['OnExisting'];
  /** Whether the resource may be said to hold the channel already: a rollback is such an event, a Create never is. */
  readonly mayConfirm: boolean;
}

export function decideHold(current: string | undefined, claims: ChannelClaims, { wanted, onExisting, mayConfirm }: Hold): HoldDecision {
  const { own } = claims;
  if (current === wanted) {
    if (own?.flow === wanted && own.takes === undefined) return { does: 'keep' };
    const found = own === undefined && realClaims(claims).length === 0 ? current : undefined;
    const before = own?.flow === wanted ? own.before : undefined;
    return { does: 'claim', own: { flow: wanted, before }, nobodys: claims.nobodys ?? found };
  }
  if (current === undefined || isOurs(current, claims)) {
    const before = current ?? (own?.flow === wanted ? own.before : own?.flow);
    return { does: 'move', own: { flow: wanted, before }, nobodys: claims.nobodys, from: current };
  }
  if (own?.takes === current) {
    // A take-over that was interrupted after its claims goes on, or is given up by a rollback.
    if (own.flow === wanted) return { does: 'move', own, nobodys: claims.nobodys, from: current };
    if (own.before === wanted) return { does: 'claim', own: { flow: wanted }, nobodys: claims.nobodys };
  }
  // The flow on the channel came by hand, behind the claim: an event that only confirms the claim, such as a rollback, must not fail for it.
  if (mayConfirm && own?.flow === wanted) return { does: 'keep' };
  // What destroys is asked for by name.
  if (onExisting !== 'REPLACE') return { does: 'refuse', existing: current };
  const claimed = isOfOthers(current, claims);
  return { does: 'move', own: { flow: wanted, before: own?.flow, takes: current }, nobodys: claimed ? claims.nobodys : current, from: current };
}

export type ReleaseDecision =
  | { readonly does: 'leave' }
  | { readonly does: 'free'; readonly current: string }
  /** The first of these flows that still exists goes on the channel; where none does, the channel is freed. */
  | { readonly does: 'restore'; readonly candidates: readonly string[]; readonly current?: string };

/** @param rather ARN of the flow that comes first where several are claimed: the one that the channel carried before */
export function decideRelease(current: string | undefined, claims: ChannelClaims, rather?: string): ReleaseDecision {
  if (current !== undefined && !flowsOf(claims.own).includes(current)) return { does: 'leave' };
  const remaining = realClaims(claims).map(({ flow }) => flow);
  const candidates = remaining.length > 0 ? remaining : flowsOf(claims.nobodys === undefined ? undefined : { flow: claims.nobodys });
  if (current !== undefined && candidates.includes(current)) return { does: 'leave' };
  if (candidates.length > 0) {
    return { does: 'restore', candidates: [...new Set([...candidates.filter(flow => flow === rather), ...candidates])], current };
  }
  return current === undefined ? { does: 'leave' } : { does: 'free', current };
}

/**
 * Whether this stack put the flow there, by this resource or by one that is being renamed. A flow that it only found with another stack's
 * claim becomes its own when that stack claims it no more.
 */
function isOurs(current: string, claims: ChannelClaims): boolean {
  const found = isOfOthers(current, claims);
  return [claims.own, ...claims.ofStack].some(claim => flowsOf(claim).includes(current) && !(found && claim?.isShared));
}

/** Whether a flow that is claimed anew is another stack's, which this stack only wants as well. */
export function isShared(current: string | undefined, claims: ChannelClaims): boolean {
  return current !== undefined && isOfOthers(current, claims) && !isOurs(current, claims);
}

function isOfOthers(current: string, { ofOthers }: ChannelClaims): boolean {
  return ofOthers.some(claim => flowsOf(claim).includes(current));
}
