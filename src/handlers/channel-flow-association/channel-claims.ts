/**
 * Claims on a channel: who wants which flow on it. The value is the flow's id, after a change the id of the flow before, and
 * while somebody else's flow is taken off the id of that: a change that stopped half-way must know what it was about.
 */
import { claimKey, NOBODYS_CLAIM_KEY, readClaims, type Claimant, type Claims } from '../claims/claims';
import type { TagProperty } from '../protocol/tag-property';
import { appInstanceArnOf, idOf } from '../service/arn';

export interface ChannelClaim {
  /** ARN of the flow that is wanted. */
  readonly flow: string;
  /** ARN of the flow that the claimant had before. */
  readonly before?: string;
  /** ARN of somebody else's flow that is being taken off for it. */
  readonly takes?: string;
}

/** Nobody's is the ARN of the flow that was there before any claim, or that a claim displaced. */
export type ChannelClaims = Claims<ChannelClaim>;

export function readChannelClaims(tags: readonly TagProperty[], channelArn: string, claimant: Claimant): ChannelClaims {
  const claims = readClaims(tags, claimant);
  const parse = (value: string): ChannelClaim => {
    const [flow, before, takes] = value.split(' ').map(id => `${appInstanceArnOf(channelArn)}/channel-flow/${id}`);
    return { flow, before: before === flow ? undefined : before, takes };
  };
  return {
    own: claims.own === undefined ? undefined : parse(claims.own),
    ofStack: claims.ofStack.map(parse),
    ofOthers: claims.ofOthers.map(parse),
    nobodys: claims.nobodys === undefined ? undefined : parse(claims.nobodys).flow,
  };
}

export function ownClaimTag(claimant: Claimant, { flow, before = flow, takes }: ChannelClaim): TagProperty {
  const ids = takes !== undefined ? [flow, before, takes] : before === flow ? [flow] : [flow, before];
  return { Key: claimKey(claimant), Value: ids.map(idOf).join(' ') };
}

export function nobodysClaimTag(flow: string): TagProperty {
  return { Key: NOBODYS_CLAIM_KEY, Value: idOf(flow) };
}

/** The flows that the claimant may find on the channel as its own doing. */
export function flowsOf(claim: ChannelClaim | undefined): string[] {
  return claim === undefined ? [] : [claim.flow, claim.before].filter(flow => flow !== undefined);
}
