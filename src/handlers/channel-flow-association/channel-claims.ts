/**
 * Claims on a channel: who wants which flow on it. The value is the flow's id, after a change the id of the flow
 * before, and while somebody else's flow is taken off the id of that: a change that stopped half-way must know what it
 * was about.
 *
 * A claim ends in a seal, over what it says and the channel, with a secret that all providers can read and who may only
 * tag can't: the moment at which the channel was made. What carries no such seal was written by hand, and says nothing.
 */
import { CLAIM_PREFIX, claimKey, DISPLACED_CLAIM_KEY, readClaims, type Claimant, type Claims } from '../claims/claims';
import { seal } from '../claims/seal';
import { appInstanceArnOf, idOf } from '../service/arn';
import type { TagProperty } from '../tags/tag-property';

export interface ChannelClaim {
  /** ARN of the flow that is desired. */
  readonly flow: string;
  /** ARN of the flow that the claimant had before. */
  readonly before?: string;
  /** ARN of somebody else's flow that is being taken off for it. */
  readonly displacing?: string;
  /**
   * Whether the claimant found the flow with another stack's claim: it is the other's to change, as long as that claims
   * it.
   */
  readonly isShared?: true;
}

/** `displaced` is the ARN of the flow that was there before any claim, or that a claim displaced. */
export type ChannelClaims = Claims<ChannelClaim>;

export function readChannelClaims(tags: readonly TagProperty[], channelArn: string, claimant: Claimant): ChannelClaims {
  const claims = readClaims(tags, claimant);
  const parse = (value: string): ChannelClaim => {
    const parts = value.split(' ');
    const [flow, before, displacing] = parts.filter(part => part !== SHARED).map(
      id => `${appInstanceArnOf(channelArn)}/channel-flow/${id}`,
    );
    return {
      flow, before: before === flow ? undefined : before, displacing, ...parts.includes(SHARED) && { isShared: true },
    };
  };
  return {
    own: claims.own === undefined ? undefined : parse(claims.own),
    ofStack: claims.ofStack.map(parse),
    ofOthers: claims.ofOthers.map(parse),
    displaced: claims.displaced === undefined ? undefined : parse(claims.displaced).flow,
  };
}

/** The tags with the claims as they are without their seals, and without the claims whose seal is not right. */
export function unsealed(tags: readonly TagProperty[], channelArn: string, secret: string): TagProperty[] {
  return tags.flatMap(tag => {
    if (!tag.Key.startsWith(CLAIM_PREFIX)) return tag;
    const Value = tag.Value.slice(0, Math.max(0, tag.Value.lastIndexOf(SEAL_MARK)));
    const claim = { Key: tag.Key, Value };
    return sealed(claim, channelArn, secret).Value === tag.Value ? claim : [];
  });
}

export function sealed({ Key, Value }: TagProperty, channelArn: string, secret: string): TagProperty {
  return { Key, Value: `${Value}${SEAL_MARK}${seal(secret, channelArn, Key, Value)}` };
}

const SEAL_MARK = ' @';
/** No id of the service. */
const SHARED = '+';

export function ownClaimTag(
  claimant: Claimant, { flow, before = flow, displacing, isShared }: ChannelClaim,
): TagProperty {
  const ids = displacing !== undefined ? [flow, before, displacing] : before === flow ? [flow] : [flow, before];
  return { Key: claimKey(claimant), Value: [...ids.map(idOf), ...isShared ? [SHARED] : []].join(' ') };
}

export function displacedClaimTag(flow: string): TagProperty {
  return { Key: DISPLACED_CLAIM_KEY, Value: idOf(flow) };
}

/** The flows that the claimant may find on the channel as its own doing. */
export function flowsOf(claim: ChannelClaim | undefined): string[] {
  return claim === undefined ? [] : [claim.flow, claim.before].filter(flow => flow !== undefined);
}
