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
import {
  displacedClaimTag, ownClaimTag, sealed, unsealed, type ChannelClaim, type ChannelClaims,
} from './channel-claims';
import { decideHold, isShared } from './decide';
import type { ChannelFlowAssociationProperties } from './properties';
import { claimsOrProperties, release } from './release';
import { CHANNEL_FLOW_ASSOCIATION } from './schema';
import { claimKey, DISPLACED_CLAIM_KEY } from '../claims/claims';
import type { LifecycleEvent, Outcome } from '../protocol/lifecycle';
import { ClaimedResource } from '../reconciler/claimed-resource';
import { checkProperties } from '../schema/rules';
import { appInstanceArnOf, isArnOf } from '../service/arn';
import { Bearers } from '../service/bearers';
import type { Clients } from '../service/clients';
import { Unfinished, type Clock } from '../service/clock';
import { explain, isLimitExceeded } from '../service/service-error';
import { hasTag, hasTagKey, restoreTags } from '../tags/tag-diff';
import type { TagProperty } from '../tags/tag-property';
import { messagingTagging } from '../tags/tagging';

type Event = LifecycleEvent<ChannelFlowAssociationProperties>;

export async function channelFlowAssociation(event: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  return new ChannelFlowAssociation(checkProperties(event, CHANNEL_FLOW_ASSOCIATION), clients, clock).reconcile();
}

/** What a failed event found. */
interface Before {
  readonly claims: ChannelClaims;
  readonly tags: readonly TagProperty[];
  readonly flow?: string;
}

class ChannelFlowAssociation extends ClaimedResource<ChannelFlowAssociationProperties> {
  private readonly tagging = messagingTagging(this.clients.messaging);

  protected claimedArn({ ChannelArn }: ChannelFlowAssociationProperties): string | undefined {
    return ChannelArn;
  }

  protected canClaim(arn: string | undefined): arn is string {
    return isArnOf('channel', arn);
  }

  protected isSame(desired: ChannelFlowAssociationProperties, previous: ChannelFlowAssociationProperties): boolean {
    return desired.ChannelArn === previous.ChannelArn && desired.ChannelFlowArn === previous.ChannelFlowArn;
  }

  protected refuseImpossible(): void {
    const { ChannelArn, ChannelFlowArn } = this.event.ResourceProperties;
    if (appInstanceArnOf(ChannelArn) === appInstanceArnOf(ChannelFlowArn)) return;
    throw new Error(`${ChannelArn} and ${ChannelFlowArn} are in different app instances — a channel takes flows of its `
      + 'own app instance only');
  }

  protected async hold(arn: string): Promise<void> {
    const { event } = this;
    const { ChannelFlowArn: desired, OnExisting: onExisting } = event.ResourceProperties;
    const channel = this.channel(arn);
    // Claims are written before and read after: a flow that this event's other delivery brings is seen to be its own by
    // the claim.
    const { flow: current, secret } = await channel.look();
    const tags = await this.tagging.list(arn);
    const claims = claimsOrProperties(tags, arn, secret, event);
    const decision = decideHold(current, claims, { desired, onExisting, mayConfirm: event.RequestType === 'Update' });
    const sealedClaim = (claim: ChannelClaim) => sealed(ownClaimTag(event, claim), arn, secret);

    if (decision.action === 'keep') {
      // An own claim that somebody wrote over is written anew.
      if (!hasTagKey(unsealed(tags, arn, secret), claimKey(event))) {
        await this.writeClaim(arn, [sealedClaim(claims.own!)]);
      }
      return;
    }
    if (decision.action === 'refuse') {
      throw new Error(
        `${arn} carries ${decision.existing} already, which this stack did not put there — disassociate it, or set `
          + '\'onExisting\' to REPLACE',
      );
    }
    const own = decision.action === 'claim' && isShared(current, claims)
      ? { ...decision.own, isShared: true as const }
      : decision.own;
    const claim = [
      sealedClaim(own),
      ...decision.displaced === undefined ? [] : [sealed(displacedClaimTag(decision.displaced), arn, secret)],
    ];
    try {
      await this.writeClaim(arn, claim.filter(tag => !hasTag(tags, tag)));
      if (decision.action === 'move') await channel.setFlow(desired, decision.from);
      const { displacing, ...taken } = decision.own;
      if (displacing !== undefined) await this.writeClaim(arn, [sealedClaim(taken)]);
    } catch (error) {
      if (!Unfinished.in(error)) await this.putBack(channel, { claims, tags, flow: current }, error);
      throw error;
    }
  }

  protected async release(arn: string, preferred?: string): Promise<void> {
    await release(this.channel(arn), this.event, this.clients, this.clock, preferred);
  }

  /** A Create stands or falls with the bearer it names. Later events must succeed when that one has gone meanwhile. */
  private channel(arn: string): AssociatedChannel {
    const { RequestType, ResourceProperties: desired, OldResourceProperties: previous } = this.event;
    const named = [desired.Bearer, previous?.Bearer];
    const bearers = new Bearers(
      appInstanceArnOf(arn)!, { named, orAnyAdmin: RequestType !== 'Create' }, this.clients, this.clock,
    );
    return new AssociatedChannel(arn, bearers, this.clients);
  }

  private async writeClaim(channelArn: string, claim: readonly TagProperty[]): Promise<void> {
    try {
      await this.tagging.tag(channelArn, claim);
    } catch (error) {
      if (!isLimitExceeded(error)) throw error;
      throw explain(error, `remove tags of ${channelArn}: an association needs up to two of the 50`);
    }
  }

  /**
   * Leaves the channel as it was found. What can't be put back now is put back by the next event, from the claim. Looks
   * again at what the channel carries, since another delivery of the event may have acted meanwhile.
   */
  private async putBack(channel: AssociatedChannel, { claims, tags, flow }: Before, cause: unknown): Promise<void> {
    try {
      if (claims.own === undefined) return await this.release(channel.arn, flow);
      const current = await channel.flow();
      if (flow === undefined) {
        // Somebody took the claimed flow off by hand: what this event brought goes off again, and nothing else.
        if (current === this.event.ResourceProperties.ChannelFlowArn) await channel.clearFlow(current);
      } else if (current !== flow) {
        await channel.setFlow(flow, current);
      }
      await restoreTags(channel.arn, this.tagging, [claimKey(this.event), DISPLACED_CLAIM_KEY], tags);
    } catch (error) {
      throw this.notPutBack(`${channel.arn} could not be put back as it was`, channel.arn, cause, error);
    }
  }
}
