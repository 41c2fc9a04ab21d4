/**
 * A channel flow.
 *
 * | Event | Does |
 * |---|---|
 * | Create | CreateChannelFlow with ClientRequestToken = RequestId and the owner tag; an answer that was lost is found again by the owner tag |
 * | Update, nothing changed for the service; only the bearer | no call |
 * | Update, name or processors | UpdateChannelFlow with both; the flow is proven gone → create it anew |
 * | Update, tags | what differs, of the keys that old or new properties name |
 * | Update, app instance (compared with the one inside the physical id) | ours is there already → its ARN; else create; CloudFormation's Delete of the old id follows |
 * | Delete | DeleteChannelFlow: one call when nothing is associated; refused → drain, then delete (see delete.ts) |
 * | Delete, gone already | success |
 * | Delete, an id that is no channel flow ARN | look the owner tag up in the event's app instance; nothing → success |
 */
import { CreateChannelFlowCommand, UpdateChannelFlowCommand, type Processor } from '@aws-sdk/client-chime-sdk-messaging';
import { deleteChannelFlow } from './delete';
import { channelFlowIsGone, listChannelFlows } from './presence';
import { CHANNEL_FLOW_ATTRIBUTES, type ChannelFlowProperties } from './properties';
import { isOwnedBy, ownerTag } from '../claims/owner';
import type { Clients } from '../clients';
import { createUnknownId } from '../protocol/create-failed';
import { FailedWithPhysicalId, type Clock, type LifecycleEvent, type Outcome } from '../protocol/lifecycle';
import { appInstanceArnOf, isAppInstanceArn, isArnOf } from '../service/arn';
import { Bearers } from '../service/bearers';
import { describeFailure, isConflict, isForbidden, isLimitExceeded, isNotFound, isPassing } from '../service/service-error';
import { convergeTags } from '../tags/tag-diff';
import { messagingTagging } from '../tags/tagging';

type Event = LifecycleEvent<ChannelFlowProperties>;

export async function channelFlow(event: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  if (event.RequestType === 'Delete') return remove(event, clients, clock);
  const { AppInstanceArn, Name } = event.ResourceProperties;
  if (!isAppInstanceArn(AppInstanceArn)) {
    throw new Error(`'appInstance' is no app instance: got ${AppInstanceArn} — give the ARN of an app instance`);
  }
  const physicalId = event.RequestType === 'Create' ? await create(event, clients) : await update(event, clients);
  return { physicalId, data: { [CHANNEL_FLOW_ATTRIBUTES.ARN]: physicalId, [CHANNEL_FLOW_ATTRIBUTES.NAME]: Name } };
}

async function create(event: Event, clients: Clients): Promise<string> {
  const { AppInstanceArn, Name, Processors, Tags = [] } = event.ResourceProperties;
  try {
    const { ChannelFlowArn } = await clients.messaging.send(new CreateChannelFlowCommand({
      AppInstanceArn,
      Name,
      Processors: toProcessors(Processors),
      Tags: [...Tags, ownerTag(event)],
      ClientRequestToken: event.RequestId,
    }));
    return ChannelFlowArn!;
  } catch (error) {
    // The flow may be there all the same: an answer was lost, or our own token is refused the second time.
    if (!isConflict(error) && !isLimitExceeded(error) && !isPassing(error)) throw error;
    const made = await findAfterFailure(event, error, clients);
    if (made === undefined) throw error;
    return adopt(made, event, clients);
  }
}

async function findAfterFailure(event: Event, failure: unknown, clients: Clients): Promise<string | undefined> {
  try {
    return await findOwn(event, event.ResourceProperties.AppInstanceArn, clients);
  } catch (error) {
    if (event.RequestType !== 'Create') throw failure;
    const message = `${describeFailure(failure)}; and whether the flow was made could not be found out: ${describeFailure(error)}`;
    throw new FailedWithPhysicalId(message, createUnknownId(event.RequestId), { cause: failure });
  }
}

async function update(event: Event, clients: Clients): Promise<string> {
  const { ResourceProperties: wanted, OldResourceProperties: former, PhysicalResourceId: arn } = event;
  if (!isArnOf('channel-flow', arn) || appInstanceArnOf(arn) !== wanted.AppInstanceArn) return findOrCreate(event, clients);

  if (contentOf(wanted) !== contentOf(former)) {
    try {
      await putContent(arn, wanted, clients);
    } catch (error) {
      if (!isNotFound(error) && !isForbidden(error) || !await channelFlowIsGone(arn, clients)) throw error;
      return findOrCreate(event, clients);
    }
  }
  await convergeTags(arn, messagingTagging(clients.messaging), wanted.Tags, former?.Tags);
  return arn;
}

/** Before a replacement creates, it looks for what an earlier one left: a rollback must find the first flow, not make a third. */
async function findOrCreate(event: Event, clients: Clients): Promise<string> {
  const own = await findOwn(event, event.ResourceProperties.AppInstanceArn, clients);
  return own === undefined ? create(event, clients) : adopt(own, event, clients);
}

async function adopt(arn: string, event: Event, clients: Clients): Promise<string> {
  await putContent(arn, event.ResourceProperties, clients);
  await convergeTags(arn, messagingTagging(clients.messaging), event.ResourceProperties.Tags);
  return arn;
}

async function putContent(arn: string, { Name, Processors }: ChannelFlowProperties, clients: Clients): Promise<void> {
  await clients.messaging.send(new UpdateChannelFlowCommand({ ChannelFlowArn: arn, Name, Processors: toProcessors(Processors) }));
}

/** The flow in the app instance that carries our owner tag. */
async function findOwn(event: Event, appInstanceArn: string, clients: Clients): Promise<string | undefined> {
  const tagging = messagingTagging(clients.messaging);
  for (const arn of await listChannelFlows(appInstanceArn, clients)) {
    if (isOwnedBy(await tagging.list(arn), event)) return arn;
  }
  return undefined;
}

async function remove(event: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  const { ResourceProperties: properties, PhysicalResourceId: physicalId = '' } = event;
  const arn = isArnOf('channel-flow', physicalId)
    ? physicalId
    : isAppInstanceArn(properties.AppInstanceArn) ? await findOwn(event, properties.AppInstanceArn, clients) : undefined;
  if (arn !== undefined) {
    const bearers = new Bearers(
      appInstanceArnOf(arn)!, { named: [properties.Bearer, event.OldResourceProperties?.Bearer], orAnyAdmin: true }, clients, clock,
    );
    await deleteChannelFlow(arn, bearers, clients, clock);
  }
  return { physicalId };
}

/** What UpdateChannelFlow puts, comparable. */
function contentOf(properties: ChannelFlowProperties | undefined): string {
  return JSON.stringify([properties?.Name, toProcessors(properties?.Processors ?? [])]);
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
