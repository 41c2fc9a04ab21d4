/**
 * An app instance.
 *
 * | Event                                    | Does                                                                                     |
 * |------------------------------------------|------------------------------------------------------------------------------------------|
 * | Create                                   | CreateAppInstance with ClientRequestToken = RequestId, the tags and the owner tag          |
 * | Create, its answer lost, its token refused | finds what it made by owner tag and age, and goes on from there                          |
 * | Update, nothing changed                  | no call                                                                                  |
 * | Update, name or metadata                 | UpdateAppInstance with both                                                              |
 * | Update, tags                             | what differs, of the keys that old or new properties name                                |
 * | Update, it is proven gone                | as Create                                                                                |
 * | Update or Delete, it is another stack's by its owner tag or a claim | FAILED, or success: it is left alone                          |
 * | Delete                                   | DeleteAppInstance; refused while channel flows are there → some patience, then FAILED naming them |
 * | Delete, gone already (404, 403 and not listed) | success                                                                            |
 * | Delete, an id that is no app instance ARN | deletes what a lost Create made, told by owner tag and age; nothing → success            |
 */
import {
  CreateAppInstanceCommand, DeleteAppInstanceCommand, DescribeAppInstanceCommand, UpdateAppInstanceCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { APP_INSTANCE_ATTRIBUTES, type AppInstanceProperties } from './properties';
import { APP_INSTANCE } from './schema';
import { createdByEvent, createdRecently } from '../claims/creation-time';
import { readKeyClaims } from '../claims/key-claims';
import { isOfAnotherStack, isOwnedBy, creatorTag, assertNotOfAnotherStack } from '../claims/owner';
import { FailedWithPhysicalId, type LifecycleEvent, type Outcome } from '../protocol/lifecycle';
import { checkProperties } from '../schema/rules';
import { appInstanceIsGone, listAppInstances } from '../service/app-instance-presence';
import { isAppInstanceArn } from '../service/arn';
import { listChannelFlows } from '../service/channel-flow-presence';
import type { Clients } from '../service/clients';
import { type Clock } from '../service/clock';
import { pollUntilListed } from '../service/eventual-consistency';
import { retryWhile } from '../service/retry';
import { failureMessage, explain, isBadRequest, isConflict, isForbidden, isLimitExceeded, isNotFound, mayHaveSucceeded } from '../service/service-error';
import { convergeTags, sameTags, tagDiff } from '../tags/tag-diff';
import { identityTagging, listed } from '../tags/tagging';

type Event = LifecycleEvent<AppInstanceProperties>;

/** How long flows that were just deleted may still hold an app instance back. */
const FLOWS_VANISH_WITHIN_MS = 60_000;

export async function appInstance(given: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  const event = checkProperties(given, APP_INSTANCE);
  switch (event.RequestType) {
    case 'Create': return outcome(await create(event, clients, clock));
    case 'Update': return outcome(await update(event, clients, clock));
    case 'Delete': return remove(event, clients, clock);
  }
}

function outcome(arn: string): Outcome {
  return { physicalId: arn, data: { [APP_INSTANCE_ATTRIBUTES.ARN]: arn } };
}

async function create(event: Event, clients: Clients, clock: Clock): Promise<string> {
  const { Name, Metadata, Tags = [] } = event.ResourceProperties;
  try {
    const { AppInstanceArn } = await clients.identity.send(new CreateAppInstanceCommand({
      Name,
      Metadata,
      Tags: [...Tags, creatorTag(event)],
      ClientRequestToken: event.RequestId,
    }));
    return AppInstanceArn!;
  } catch (error) {
    const made = mayHaveSucceeded(error) ? await findCreated(event, clients, clock, created => createdByEvent(created, event, clock)) : undefined;
    if (made === undefined) throw error;
    try {
      await converge(made, { ...event, OldResourceProperties: undefined }, clients);
    } catch (failure) {
      throw new FailedWithPhysicalId(failureMessage(failure), made, { cause: failure });
    }
    return made;
  }
}

async function update(event: Event, clients: Clients, clock: Clock): Promise<string> {
  const arn = event.PhysicalResourceId;
  if (!isAppInstanceArn(arn)) return create(event, clients, clock);
  try {
    await converge(arn, event, clients);
    return arn;
  } catch (error) {
    if (await provenGone(error, arn, clients, clock)) return create(event, clients, clock);
    throw error;
  }
}

async function converge(arn: string, event: Event, clients: Clients): Promise<void> {
  const { ResourceProperties: desired, OldResourceProperties: previous } = event;
  const isChanged = desired.Name !== previous?.Name || desired.Metadata !== previous?.Metadata;
  if (!isChanged && sameTags(desired.Tags, previous?.Tags)) return;
  const tagging = identityTagging(clients.identity);
  const present = await tagging.list(arn);
  assertNotOfAnotherStack(arn, present, event);
  const named = [desired, previous].flatMap(properties => properties?.Tags ?? []).map(({ Key }) => Key);
  const { ofOthers } = readKeyClaims(arn, present, event, named);
  const taken = tagDiff(present, desired.Tags, previous?.Tags).tag.map(({ Key }) => Key).filter(key => ofOthers(key) !== undefined);
  if (taken.length > 0) {
    throw new Error(`another stack manages the tags ${taken.join(', ')} of ${arn} — take the same values, or remove the keys from 'tags'`);
  }
  if (isChanged) {
    // A PUT: metadata that is left out would be refused, and what is not desired any more is emptied.
    await clients.identity.send(new UpdateAppInstanceCommand({ AppInstanceArn: arn, Name: desired.Name, Metadata: desired.Metadata ?? '' }));
  }
  const isTheirs = (key: string) => ofOthers(key) !== undefined;
  await convergeTags(arn, listed(present, tagging), desired.Tags, previous?.Tags?.filter(({ Key }) => !isTheirs(Key)));
}

async function remove(event: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  const physicalId = event.PhysicalResourceId!;
  const arn = isAppInstanceArn(physicalId) ? physicalId : await findCreated(event, clients, clock, created => createdRecently(created, clock));
  if (arn !== undefined) await deleteAppInstance(arn, event, clients, clock);
  return { physicalId };
}

async function deleteAppInstance(arn: string, event: Event, clients: Clients, clock: Clock): Promise<void> {
  try {
    if (isOfAnotherStack(await identityTagging(clients.identity).list(arn), event)) return;
    await retryWhile(isHeldBack, FLOWS_VANISH_WITHIN_MS, clock, () =>
      clients.identity.send(new DeleteAppInstanceCommand({ AppInstanceArn: arn })));
  } catch (error) {
    if (await provenGone(error, arn, clients, clock)) return;
    if (isHeldBack(error)) throw await explainHeldBack(error, arn, clients, clock);
    throw error;
  }
}

/** How the service refuses while something is left in the app instance is not documented. */
function isHeldBack(error: unknown): boolean {
  return isConflict(error) || isBadRequest(error) || isLimitExceeded(error);
}

async function explainHeldBack(error: unknown, arn: string, clients: Clients, clock: Clock): Promise<unknown> {
  const flows = await listChannelFlows(arn, clients, clock).catch(() => []);
  if (flows.length === 0) return error;
  const named = flows.slice(0, 5).join(', ') + (flows.length > 5 ? ', …' : '');
  return explain(error, `it still has ${flows.length} channel flow(s), ${named}: delete them, then delete again`);
}

async function provenGone(error: unknown, arn: string, clients: Clients, clock: Clock): Promise<boolean> {
  return isNotFound(error) || (isForbidden(error) && await appInstanceIsGone(arn, clients.identity, clock));
}

/** What a Create of this resource made lately without learning its ARN. */
async function findCreated(event: Event, clients: Clients, clock: Clock, isMeant: Age): Promise<string | undefined> {
  const others = new Set<string>();
  return pollUntilListed(clock, async () => {
    for await (const arn of listAppInstances(clients.identity)) {
      if (others.has(arn)) continue;
      try {
        if (await isOwn(arn, event, clients, isMeant)) return arn;
        others.add(arn);
      } catch (error) {
        // Others come and go while this looks around.
        if (!isNotFound(error) && !isForbidden(error)) throw error;
      }
    }
    return undefined;
  });
}

/** Which of the things that carry our owner tag, told by when they were made. */
type Age = (created: Date | undefined) => boolean;

async function isOwn(arn: string, event: Event, clients: Clients, isMeant: Age): Promise<boolean> {
  if (!isOwnedBy(await identityTagging(clients.identity).list(arn), event)) return false;
  const { AppInstance } = await clients.identity.send(new DescribeAppInstanceCommand({ AppInstanceArn: arn }));
  return isMeant(AppInstance?.CreatedTimestamp);
}
