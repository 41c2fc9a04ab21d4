/**
 * A channel flow.
 *
 * | Event | Does |
 * |---|---|
 * | Create | CreateChannelFlow with ClientRequestToken = RequestId and the owner tag; an answer that was lost is found again by the owner tag |
 * | Update, nothing changed for the service; only the bearer | no call |
 * | Update, name or processors | UpdateChannelFlow with both |
 * | Update, tags | what differs, of the keys that old or new properties name |
 * | Update, the flow is proven gone | as Create |
 * | Update, app instance (compared with the one inside the physical id) | ours is there already → its ARN; else create; CloudFormation's Delete of the old id follows |
 * | Update, back from a replacement that CloudFormation may not have learnt of | as its own row, and deletes what the replacement made |
 * | Update or Delete, it is another stack's by its owner tag or a claim | FAILED, or success: it is left alone |
 * | Delete | DeleteChannelFlow: one call when nothing is associated; refused → drain, then delete (see delete.ts) |
 * | Delete, gone already | success |
 * | Delete, an id that is not a channel flow ARN | look the owner tag up in the event's app instance; nothing → success |
 */
import {
  CreateChannelFlowCommand, UpdateChannelFlowCommand, type Processor,
} from '@aws-sdk/client-chime-sdk-messaging';
import { deleteChannelFlow } from './delete';
import { CHANNEL_FLOW_ATTRIBUTES, type ChannelFlowProperties } from './properties';
import { CHANNEL_FLOW } from './schema';
import { isTransient } from '../../lambda-environment/sdk-error';
import { createdByOwnerAt, creatorTag, isOwnedBy } from '../claims/owner';
import type { LifecycleEvent, Outcome } from '../protocol/lifecycle';
import { CreatedResource, OF_ANY_AGE, type Age } from '../reconciler/created-resource';
import { findOwnListed } from '../reconciler/find-own-listed';
import { checkProperties } from '../schema/rules';
import { appInstanceArnOf, isAppInstanceArn, isArnOf } from '../service/arn';
import { Bearers } from '../service/bearers';
import { channelFlowIsGone, listChannelFlows } from '../service/channel-flow-presence';
import type { Clients } from '../service/clients';
import type { Clock } from '../service/clock';
import { isForbidden, isLimitExceeded, isNotFound } from '../service/service-error';
import { messagingTagging } from '../tags/tagging';

export async function channelFlow(
  event: LifecycleEvent<ChannelFlowProperties>, clients: Clients, clock: Clock,
): Promise<Outcome> {
  return new ChannelFlow(checkProperties(event, CHANNEL_FLOW), clients, clock).reconcile();
}

class ChannelFlow extends CreatedResource<ChannelFlowProperties> {
  protected readonly tagging = messagingTagging(this.clients.messaging);

  protected isArn(physicalId: string): boolean {
    return isArnOf('channel-flow', physicalId);
  }

  protected canBecomeDesired(arn: string): boolean {
    return appInstanceArnOf(arn) === this.event.ResourceProperties.AppInstanceArn;
  }

  protected contentOf({ Name, Processors }: ChannelFlowProperties): string {
    return JSON.stringify([Name, toProcessors(Processors ?? [])]);
  }

  protected async create(): Promise<string> {
    const { AppInstanceArn, Name, Processors, Tags = [] } = this.event.ResourceProperties;
    const { ChannelFlowArn } = await this.clients.messaging.send(new CreateChannelFlowCommand({
      AppInstanceArn,
      Name,
      Processors: toProcessors(Processors),
      Tags: [...Tags, creatorTag(this.event)],
      ClientRequestToken: this.event.RequestId,
    }));
    return ChannelFlowArn!;
  }

  /** Our own token may be refused the second time, or the quota be reached by the flow that it made. */
  protected mayHaveCreated(error: unknown): boolean {
    return isLimitExceeded(error) || isTransient(error) || super.mayHaveCreated(error);
  }

  protected async put(arn: string): Promise<void> {
    const { Name, Processors } = this.event.ResourceProperties;
    await this.clients.messaging.send(
      new UpdateChannelFlowCommand({ ChannelFlowArn: arn, Name, Processors: toProcessors(Processors) }),
    );
  }

  protected async delete(arn: string): Promise<void> {
    const { ResourceProperties: { Bearer }, OldResourceProperties: previous } = this.event;
    const options = { named: [Bearer, previous?.Bearer], orAnyAdmin: true };
    await deleteChannelFlow(
      arn, new Bearers(appInstanceArnOf(arn)!, options, this.clients, this.clock), this.clients, this.clock,
    );
  }

  protected async provesGone(error: unknown, arn: string): Promise<boolean> {
    // An Update would create another flow for a 404 that is false; a Delete has nothing to lose by it.
    if (isNotFound(error) && this.event.RequestType === 'Delete') return true;
    return (isNotFound(error) || isForbidden(error)) && await channelFlowIsGone(arn, this.clients, this.clock);
  }

  /**
   * Looks before it creates: of flows, whose ids the service chooses, an Update that is repeated would make a third.
   */
  protected async replace(isNew = false): Promise<string> {
    const [own] = await this.findOwn(this.event.ResourceProperties, OF_ANY_AGE, isNew);
    return own === undefined ? this.createOrAdopt() : this.adopt(own);
  }

  /** A rollback may follow at once on the Update that made another, and the list may not show that yet. */
  protected recreate(): Promise<string> {
    return this.replace(true);
  }

  protected async deleteReplacement(_: string, previous: ChannelFlowProperties): Promise<void> {
    if (previous.AppInstanceArn !== this.event.ResourceProperties.AppInstanceArn) await this.deleteOrphan(previous);
  }

  /** The flow in the app instance that carries our owner tag, which says when it was created; the service does not. */
  protected async findOwn({ AppInstanceArn }: ChannelFlowProperties, isMeant: Age, isNew: boolean): Promise<string[]> {
    if (!isAppInstanceArn(AppInstanceArn)) return [];
    return findOwnListed(
      isNew ? this.clock : undefined,
      () => listChannelFlows(AppInstanceArn, this.clients, this.clock),
      async arn => {
        const tags = await this.tagging.list(arn);
        const created = createdByOwnerAt(tags);
        return isOwnedBy(tags, this.event) && (created === undefined || isMeant(created));
      },
    );
  }

  protected outcomeOf(arn: string): Outcome {
    const { Name } = this.event.ResourceProperties;
    return { physicalId: arn, data: { [CHANNEL_FLOW_ATTRIBUTES.ARN]: arn, [CHANNEL_FLOW_ATTRIBUTES.NAME]: Name } };
  }
}

/** CloudFormation delivers every scalar as a string. */
function toProcessors(properties: ChannelFlowProperties['Processors']): Processor[] {
  return properties.map(({ Name, ExecutionOrder, FallbackAction, Configuration: { Lambda } }) => ({
    Name,
    ExecutionOrder: Number(ExecutionOrder),
    FallbackAction: FallbackAction as Processor['FallbackAction'],
    Configuration: { Lambda: { ResourceArn: Lambda.ResourceArn, InvocationType: Lambda.InvocationType as 'ASYNC' } },
  }));
}
