/**
 * A user of an app instance.
 *
 * | Event                                     | Does                                                                                    |
 * |-------------------------------------------|-----------------------------------------------------------------------------------------|
 * | Create                                    | CreateAppInstanceUser with ClientRequestToken = RequestId, the tags and the owner tag     |
 * | Create, the id is taken                   | by what this resource made lately → goes on from there; by another's → FAILED             |
 * | Update, nothing changed                   | no call                                                                                 |
 * | Update, name or metadata                  | UpdateAppInstanceUser with both                                                         |
 * | Update, tags                              | what differs, of the keys that old or new properties name                               |
 * | Update, app instance or user id           | ours is there already → its ARN; else create; CloudFormation's Delete of the old id follows |
 * | Update, back from a replacement that CloudFormation may not have learnt of | as its own row, and deletes what the replacement made |
 * | Update, it is proven gone                 | as Create                                                                               |
 * | Update, it is another stack's by its owner tag or a claim | FAILED: it is left alone                                                |
 * | Delete                                    | DeleteAppInstanceUser, unless another resource made the user that has the id now        |
 * | Delete, gone already (404, 403 also when described) | success                                                                       |
 * | Delete, an id that is no user ARN         | deletes what a lost Create made, told by owner tag and age; nothing → success           |
 */
import {
  CreateAppInstanceUserCommand, DeleteAppInstanceUserCommand, DescribeAppInstanceUserCommand, UpdateAppInstanceUserCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { APP_INSTANCE_USER_ATTRIBUTES, type AppInstanceUserProperties } from './properties';
import { APP_INSTANCE_USER } from './schema';
import { createdByEvent, createdRecently } from '../claims/creation-time';
import { isOfAnotherStack, isOwnedBy, isOwnedByAnother, creatorTag, assertNotOfAnotherStack } from '../claims/owner';
import { FailedWithPhysicalId, type LifecycleEvent, type Outcome } from '../protocol/lifecycle';
import { checkProperties } from '../schema/rules';
import { isAppInstanceArn, isArnOf } from '../service/arn';
import type { Clients } from '../service/clients';
import { type Clock } from '../service/clock';
import { failureMessage, explain, isConflict, isForbidden, isNotFound, mayHaveSucceeded } from '../service/service-error';
import { convergeTags, sameTags } from '../tags/tag-diff';
import type { TagProperty } from '../tags/tag-property';
import { identityTagging, listed } from '../tags/tagging';

type Event = LifecycleEvent<AppInstanceUserProperties>;

export async function appInstanceUser(given: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  const event = checkProperties(given, APP_INSTANCE_USER);
  switch (event.RequestType) {
    case 'Create': return outcome(await create(event, clients, clock));
    case 'Update': return outcome(await update(event, clients, clock));
    case 'Delete': return remove(event, clients, clock);
  }
}

function outcome(arn: string): Outcome {
  return { physicalId: arn, data: { [APP_INSTANCE_USER_ATTRIBUTES.ARN]: arn } };
}

async function create(event: Event, clients: Clients, clock: Clock): Promise<string> {
  const { AppInstanceArn, AppInstanceUserId, Name, Metadata, Tags = [] } = event.ResourceProperties;
  const arn = desiredArn(event)!;
  try {
    const { AppInstanceUserArn } = await clients.identity.send(new CreateAppInstanceUserCommand({
      AppInstanceArn,
      AppInstanceUserId,
      Name,
      Metadata,
      Tags: [...Tags, creatorTag(event)],
      ClientRequestToken: event.RequestId,
    }));
    return AppInstanceUserArn!;
  } catch (error) {
    if (mayHaveSucceeded(error) && await mayAdopt(arn, event, clients, clock)) return adopt(arn, event, clients);
    if (!isConflict(error)) throw error;
    throw explain(error, `user id ${AppInstanceUserId} is taken, and not by this resource: choose another, or import the user by its ARN`);
  }
}

/** A user of ours that is there already; on Update also one from before a replacement, to which a rollback returns. */
async function mayAdopt(arn: string, event: Event, clients: Clients, clock: Clock): Promise<boolean> {
  if (!await isOwn(arn, event, clients)) return false;
  return event.RequestType === 'Update' || createdByEvent((await describe(arn, clients))?.CreatedTimestamp, event, clock);
}

async function adopt(arn: string, event: Event, clients: Clients): Promise<string> {
  try {
    await converge(arn, { ...event, OldResourceProperties: undefined }, clients);
    return arn;
  } catch (error) {
    if (event.RequestType === 'Update') throw error;
    throw new FailedWithPhysicalId(failureMessage(error), arn, { cause: error });
  }
}

async function update(event: Event, clients: Clients, clock: Clock): Promise<string> {
  const arn = event.PhysicalResourceId!;
  if (arn !== desiredArn(event)) return create(event, clients, clock);
  try {
    await converge(arn, event, clients);
  } catch (error) {
    if (!await provenGone(error, arn, clients)) throw error;
    await create(event, clients, clock);
  }
  const { OldResourceProperties: previous } = event;
  const replacement = previous && desiredArn({ ...event, ResourceProperties: previous });
  // A swapped Update after a replacement: CloudFormation may never have learnt the id of what replaced this user.
  const isAnother = replacement !== undefined && replacement !== arn;
  if (isAnother && await wasCreatedRecently(replacement, event, clients, clock)) await deleteUser(replacement, clients);
  return arn;
}

async function converge(arn: string, event: Event, clients: Clients): Promise<void> {
  const { ResourceProperties: desired, OldResourceProperties: previous } = event;
  const isChanged = desired.Name !== previous?.Name || desired.Metadata !== previous?.Metadata;
  if (!isChanged && sameTags(desired.Tags, previous?.Tags)) return;
  const tagging = identityTagging(clients.identity);
  const present = await tagging.list(arn);
  assertNotOfAnotherStack(arn, present, event);
  if (isChanged) {
    // A PUT: metadata that is left out would be refused, and what is not desired any more is emptied.
    await clients.identity.send(new UpdateAppInstanceUserCommand({
      AppInstanceUserArn: arn,
      Name: desired.Name,
      Metadata: desired.Metadata ?? '',
    }));
  }
  await convergeTags(arn, listed(present, tagging), desired.Tags, previous?.Tags);
}

async function remove(event: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  const physicalId = event.PhysicalResourceId!;
  if (isArnOf('user', physicalId)) {
    await deleteUnlessAnothers(physicalId, event, clients);
  } else {
    const arn = desiredArn(event);
    if (arn !== undefined && await wasCreatedRecently(arn, event, clients, clock)) await deleteUser(arn, clients);
  }
  return { physicalId };
}

async function deleteUser(arn: string, clients: Clients): Promise<void> {
  try {
    await clients.identity.send(new DeleteAppInstanceUserCommand({ AppInstanceUserArn: arn }));
  } catch (error) {
    if (!await provenGone(error, arn, clients)) throw error;
  }
}

/** No bearer is part of these calls: whoever may describe users and is refused this one looks at nothing. */
async function provenGone(error: unknown, arn: string, clients: Clients): Promise<boolean> {
  return isNotFound(error) || (isForbidden(error) && await describe(arn, clients) === undefined);
}

async function isOwn(arn: string, event: Event, clients: Clients): Promise<boolean> {
  return isOwnedBy(await tagsOf(arn, clients), event);
}

/** Another resource may have taken the id, after an earlier Delete whose answer was lost; or the user is another stack's. */
async function deleteUnlessAnothers(arn: string, event: Event, clients: Clients): Promise<void> {
  try {
    const tags = await identityTagging(clients.identity).list(arn);
    if (isOwnedByAnother(tags, event) || isOfAnotherStack(tags, event)) return;
  } catch (error) {
    if (await provenGone(error, arn, clients)) return;
    throw error;
  }
  await deleteUser(arn, clients);
}

/** None where there is no user to carry any. */
async function tagsOf(arn: string, clients: Clients): Promise<TagProperty[]> {
  return await unlessMissing(() => identityTagging(clients.identity).list(arn)) ?? [];
}

async function wasCreatedRecently(arn: string, event: Event, clients: Clients, clock: Clock): Promise<boolean> {
  return await isOwn(arn, event, clients) && createdRecently((await describe(arn, clients))?.CreatedTimestamp, clock);
}

async function describe(arn: string, clients: Clients) {
  const found = await unlessMissing(() => clients.identity.send(new DescribeAppInstanceUserCommand({ AppInstanceUserArn: arn })));
  return found?.AppInstanceUser;
}

async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isNotFound(error) || isForbidden(error)) return undefined;
    throw error;
  }
}

/** A user's id is the template's choice, so its ARN is known before it is there; undefined for properties that make none. */
function desiredArn({ ResourceProperties: { AppInstanceArn, AppInstanceUserId } }: Event): string | undefined {
  return isAppInstanceArn(AppInstanceArn) && AppInstanceUserId ? `${AppInstanceArn}/user/${AppInstanceUserId}` : undefined;
}
