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
 * | Delete, an id that is no channel flow ARN | look the owner tag up in the event's app instance; nothing → success |
 */
import { CreateChannelFlowCommand, UpdateChannelFlowCommand, type Processor } from '@aws-sdk/client-chime-sdk-messaging';
import { deleteChannelFlow } from './delete';
import { CHANNEL_FLOW_ATTRIBUTES, type ChannelFlowProperties } from './properties';
import { CHANNEL_FLOW } from './schema';
import { isTransient } from '../../lambda-environment/sdk-error';
import { createdByEvent, createdRecently } from '../claims/creation-time';
import { isOfAnotherStack, isOwnedBy, createdByOwnerAt, creatorTag, assertNotOfAnotherStack } from '../claims/owner';
import { createUnknownId } from '../protocol/create-failed';
import { FailedWithPhysicalId, type LifecycleEvent, type Outcome } from '../protocol/lifecycle';
import { checkProperties } from '../schema/rules';
import { appInstanceArnOf, isAppInstanceArn, isArnOf } from '../service/arn';
import { Bearers } from '../service/bearers';
import { channelFlowIsGone, listChannelFlows } from '../service/channel-flow-presence';
import type { Clients } from '../service/clients';
import { Unfinished, type Clock } from '../service/clock';
import { pollUntilListed } from '../service/eventual-consistency';
import { failureMessage, isForbidden, isLimitExceeded, isNotFound, mayHaveSucceeded } from '../service/service-error';
import { convergeTags, convergeTagsOfFound, sameTags } from '../tags/tag-diff';
import { messagingTagging, listed } from '../tags/tagging';

type Event = LifecycleEvent<ChannelFlowProperties>;

export async function channelFlow(given: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  const event = checkProperties(given, CHANNEL_FLOW);
  if (event.RequestType === 'Delete') return remove(event, clients, clock);
  const { Name } = event.ResourceProperties;
  const physicalId = event.RequestType === 'Create' ? await create(event, clients, clock) : await update(event, clients, clock);
  return { physicalId, data: { [CHANNEL_FLOW_ATTRIBUTES.ARN]: physicalId, [CHANNEL_FLOW_ATTRIBUTES.NAME]: Name } };
}

async function create(event: Event, clients: Clients, clock: Clock): Promise<string> {
  const { AppInstanceArn, Name, Processors, Tags = [] } = event.ResourceProperties;
  try {
    const { ChannelFlowArn } = await clients.messaging.send(new CreateChannelFlowCommand({
      AppInstanceArn,
      Name,
      Processors: toProcessors(Processors),
      Tags: [...Tags, creatorTag(event)],
      ClientRequestToken: event.RequestId,
    }));
    return ChannelFlowArn!;
  } catch (error) {
    // The flow may be there all the same: an answer was lost, or our own token is refused the second time.
    if (!isLimitExceeded(error) && !isTransient(error) && !mayHaveSucceeded(error)) throw error;
    const made = await findAfterFailure(event, error, clients, clock);
    if (made === undefined) throw error;
    try {
      return await adopt(made, event, clients);
    } catch (failure) {
      if (event.RequestType !== 'Create') throw failure;
      throw new FailedWithPhysicalId(failureMessage(failure), made, { cause: failure });
    }
  }
}

async function findAfterFailure(event: Event, failure: unknown, clients: Clients, clock: Clock): Promise<string | undefined> {
  const { AppInstanceArn } = event.ResourceProperties;
  try {
    const find = mayHaveSucceeded(failure) ? findOwnOnceListed : findOwn;
    const isMeant = event.RequestType === 'Update' ? ofAnyAge : (made: Date | undefined) => made === undefined || createdByEvent(made, event, clock);
    return await find(event, AppInstanceArn, isMeant, clients, clock);
  } catch (error) {
    if (event.RequestType !== 'Create') throw Unfinished.in(error) ?? failure;
    const message = `${failureMessage(failure)}; and whether the flow was made could not be found out: ${failureMessage(error)}`;
    throw new FailedWithPhysicalId(message, createUnknownId(event.RequestId), { cause: Unfinished.in(error) ?? failure });
  }
}

async function update(event: Event, clients: Clients, clock: Clock): Promise<string> {
  const { ResourceProperties: desired, OldResourceProperties: previous, PhysicalResourceId: arn } = event;
  if (!isArnOf('channel-flow', arn) || appInstanceArnOf(arn) !== desired.AppInstanceArn) return findOrCreate(event, findOwn, clients, clock);

  let current = arn;
  try {
    await converge(arn, event, clients);
  } catch (error) {
    if (!isNotFound(error) && !isForbidden(error) || !await channelFlowIsGone(arn, clients, clock)) throw error;
    // A rollback may follow at once on the Update that made another, and the list may not show that yet.
    current = await findOrCreate(event, findOwnOnceListed, clients, clock);
  }
  // A swapped Update after a replacement: CloudFormation may never have learnt the id of what replaced this flow.
  if (previous !== undefined && previous.AppInstanceArn !== desired.AppInstanceArn) {
    await deleteOrphan(event, previous.AppInstanceArn, clients, clock);
  }
  return current;
}

async function converge(arn: string, event: Event, clients: Clients): Promise<void> {
  const { ResourceProperties: desired, OldResourceProperties: previous } = event;
  const isChanged = contentOf(desired) !== contentOf(previous);
  if (!isChanged && sameTags(desired.Tags, previous?.Tags)) return;
  const tagging = messagingTagging(clients.messaging);
  const present = await tagging.list(arn);
  assertNotOfAnotherStack(arn, present, event);
  if (isChanged) await putContent(arn, desired, clients);
  await convergeTags(arn, listed(present, tagging), desired.Tags, previous?.Tags);
}

/** Before a replacement creates, it looks for what an earlier one left: a rollback must find the first flow, not make a third. */
async function findOrCreate(event: Event, find: typeof findOwnOnceListed, clients: Clients, clock: Clock): Promise<string> {
  const own = await find(event, event.ResourceProperties.AppInstanceArn, ofAnyAge, clients, clock);
  return own === undefined ? create(event, clients, clock) : adopt(own, event, clients);
}

async function adopt(arn: string, event: Event, clients: Clients): Promise<string> {
  const { ResourceProperties: desired, OldResourceProperties: previous } = event;
  await putContent(arn, desired, clients);
  await convergeTagsOfFound(arn, messagingTagging(clients.messaging), desired.Tags, previous?.Tags);
  return arn;
}

async function putContent(arn: string, { Name, Processors }: ChannelFlowProperties, clients: Clients): Promise<void> {
  await clients.messaging.send(new UpdateChannelFlowCommand({ ChannelFlowArn: arn, Name, Processors: toProcessors(Processors) }));
}

/**
 * The flow in the app instance that carries our owner tag. An Update may return to any of them; whoever makes or deletes what
 * an event made must leave alone what was retained from an earlier life of the resource.
 */
async function findOwn(
  event: Event, appInstanceArn: string, isMeant: Age, clients: Clients, clock: Clock, others = new Set<string>(),
): Promise<string | undefined> {
  const tagging = messagingTagging(clients.messaging);
  for (const arn of await listChannelFlows(appInstanceArn, clients, clock)) {
    if (others.has(arn)) continue;
    try {
      const tags = await tagging.list(arn);
      if (isOwnedBy(tags, event) && isMeant(createdByOwnerAt(tags))) return arn;
      others.add(arn);
    } catch (error) {
      // Others come and go while this looks around.
      if (!isNotFound(error) && !isForbidden(error)) throw error;
    }
  }
  return undefined;
}

/** The same for a flow that may have been made a moment ago, and need not be listed yet. */
async function findOwnOnceListed(event: Event, appInstanceArn: string, isMeant: Age, clients: Clients, clock: Clock): Promise<string | undefined> {
  const others = new Set<string>();
  return pollUntilListed(clock, () => findOwn(event, appInstanceArn, isMeant, clients, clock, others));
}

/** Which of the flows that carry our owner tag, told by when they were made, where the tag says it. */
type Age = (made: Date | undefined) => boolean;
const ofAnyAge: Age = () => true;

async function remove(event: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  const { ResourceProperties: { AppInstanceArn }, PhysicalResourceId: physicalId = '' } = event;
  if (isArnOf('channel-flow', physicalId)) await removeUnlessAnothers(physicalId, event, clients, clock);
  else await deleteOrphan(event, AppInstanceArn, clients, clock);
  return { physicalId };
}

async function removeUnlessAnothers(arn: string, event: Event, clients: Clients, clock: Clock): Promise<void> {
  try {
    if (isOfAnotherStack(await messagingTagging(clients.messaging).list(arn), event)) return;
  } catch (error) {
    if (isNotFound(error) || (isForbidden(error) && await channelFlowIsGone(arn, clients, clock))) return;
    throw error;
  }
  await removeFlow(arn, event, clients, clock);
}

/** Deletes what an event made whose answer was lost. */
async function deleteOrphan(event: Event, appInstanceArn: string, clients: Clients, clock: Clock): Promise<void> {
  if (!isAppInstanceArn(appInstanceArn)) return;
  const arn = await findOwnOnceListed(event, appInstanceArn, made => made === undefined || createdRecently(made, clock), clients, clock);
  if (arn !== undefined) await removeFlow(arn, event, clients, clock);
}

async function removeFlow(arn: string, event: Event, clients: Clients, clock: Clock): Promise<void> {
  const { ResourceProperties: properties, OldResourceProperties: previous } = event;
  const bearers = new Bearers(appInstanceArnOf(arn)!, { named: [properties.Bearer, previous?.Bearer], orAnyAdmin: true }, clients, clock);
  await deleteChannelFlow(arn, bearers, clients, clock);
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
