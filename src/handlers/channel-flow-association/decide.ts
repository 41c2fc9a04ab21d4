/**
 * What to do with a channel, from what it carries and who claims it. Pure: every case is in the tests, none needs a
 * service.
 *
 * Hold: the event wants its flow on the channel.
 *
 * | The channel carries                       | Own claim                       | Claims of others     | Action                                  |
 * |-------------------------------------------|---------------------------------|----------------------|-----------------------------------------|
 * | the desired flow                          | of it                           | any                  | keep                                    |
 * | the desired flow                          | of it, displacing another       | any                  | claim: the take-over is done            |
 * | the desired flow                          | none, or of another             | any                  | claim                                   |
 * | the desired flow                          | none                            | none                 | claim, and keep it as the displaced one |
 * | nothing                                   | any                             | any                  | move                                    |
 * | a flow that this stack put there          | any                             | any                  | move                                    |
 * | a flow that a stopped take-over displaces | of the desired flow             | any                  | move                                    |
 * | a flow that a stopped take-over displaces | whose previous flow is desired  | any                  | claim: a rollback gives the take-over up |
 * | any other flow                            | of the desired flow, an Update  | any                  | keep: it came by hand                   |
 * | any other flow, unless REPLACE            | any                             | any                  | refuse                                  |
 * | any other flow, with REPLACE              | any                             | any                  | move, displacing it; kept as the displaced one if nobody claims it |
 *
 * Release: the resource leaves the channel.
 *
 * | The channel carries                       | Claims of others                | Action                                                          |
 * |-------------------------------------------|---------------------------------|-----------------------------------------------------------------|
 * | a flow that the own claim does not name   | any                             | leave                                                           |
 * | a flow that another claims, or the displaced one | it                       | leave                                                           |
 * | nothing, or a flow of the own claim       | some, or a displaced flow       | restore: the preferred of them first                            |
 * | nothing                                   | none                            | leave                                                           |
 * | a flow of the own claim                   | none                            | free                                                            |
 */
import { flowsOf, type ChannelClaim, type ChannelClaims } from './channel-claims';
import type { ChannelFlowAssociationProperties } from './properties';
import { otherClaims } from '../claims/claims';

export type HoldDecision =
  /** Nothing: the channel is as the claim says, or was changed by hand behind a claim that the event only confirms. */
  | { readonly action: 'keep' }
  /** The flow is there already: only the claim is missing. */
  | { readonly action: 'claim'; readonly own: ChannelClaim; readonly displaced?: string }
  /** Claim, then bring the flow there; `from` is what the channel carries now. */
  | { readonly action: 'move'; readonly own: ChannelClaim; readonly displaced?: string; readonly from?: string }
  | { readonly action: 'refuse'; readonly existing: string };

/** How a resource wants its flow on the channel. */
export interface Hold {
  /** ARN of the flow. */
  readonly desired: string;
  readonly onExisting: ChannelFlowAssociationProperties['OnExisting'];
  /** Whether the resource may be said to hold the channel already: a rollback is such an event, a Create never is. */
  readonly mayConfirm: boolean;
}

export function decideHold(
  current: string | undefined, claims: ChannelClaims, { desired, onExisting, mayConfirm }: Hold,
): HoldDecision {
  const { own } = claims;
  if (current === desired) {
    if (own?.flow === desired && own.displacing === undefined) return { action: 'keep' };
    const found = own === undefined && otherClaims(claims).length === 0 ? current : undefined;
    const before = own?.flow === desired ? own.before : undefined;
    return { action: 'claim', own: { flow: desired, before }, displaced: claims.displaced ?? found };
  }
  if (current === undefined || isOurs(current, claims)) {
    const before = current ?? (own?.flow === desired ? own.before : own?.flow);
    return { action: 'move', own: { flow: desired, before }, displaced: claims.displaced, from: current };
  }
  if (own?.displacing === current) {
    // A take-over that was interrupted after its claims goes on, or is given up by a rollback.
    if (own.flow === desired) return { action: 'move', own, displaced: claims.displaced, from: current };
    if (own.before === desired) return { action: 'claim', own: { flow: desired }, displaced: claims.displaced };
  }
  // The flow on the channel came by hand, behind the claim: an event that only confirms the claim, such as a rollback,
  // must not fail for it.
  if (mayConfirm && own?.flow === desired) return { action: 'keep' };
  // What destroys is asked for by name.
  if (onExisting !== 'REPLACE') return { action: 'refuse', existing: current };
  const claimed = isOfOthers(current, claims);
  return {
    action: 'move',
    own: { flow: desired, before: own?.flow, displacing: current },
    displaced: claimed ? claims.displaced : current,
    from: current,
  };
}

export type ReleaseDecision =
  | { readonly action: 'leave' }
  | { readonly action: 'free'; readonly current: string }
  /** The first of these flows that still exists goes on the channel; where none does, the channel is freed. */
  | { readonly action: 'restore'; readonly candidates: readonly string[]; readonly current?: string };

/**
 * @param preferred ARN of the flow that comes first where several are claimed: the one that the channel carried before
 */
export function decideRelease(current: string | undefined, claims: ChannelClaims, preferred?: string): ReleaseDecision {
  if (current !== undefined && !flowsOf(claims.own).includes(current)) return { action: 'leave' };
  const remaining = otherClaims(claims).map(({ flow }) => flow);
  const candidates = remaining.length > 0
    ? remaining
    : flowsOf(claims.displaced === undefined ? undefined : { flow: claims.displaced });
  if (current !== undefined && candidates.includes(current)) return { action: 'leave' };
  if (candidates.length > 0) {
    return {
      action: 'restore',
      candidates: [...new Set([...candidates.filter(flow => flow === preferred), ...candidates])],
      current,
    };
  }
  return current === undefined ? { action: 'leave' } : { action: 'free', current };
}

/**
 * Whether this stack put the flow there, by this resource or by one that is being renamed. A flow that it only found
 * with another stack's claim becomes its own when that stack claims it no more.
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
