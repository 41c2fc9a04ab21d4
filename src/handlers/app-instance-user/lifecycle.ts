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
import { madeByEvent, madeLately } from '../claims/made-lately';
import { isOfAnotherStack, isOwnedBy, isOwnedByAnother, makersTag, refuseAnothers } from '../claims/owner';
import type { Clients } from '../clients';
import { FailedWithPhysicalId, type Clock, type LifecycleEvent, type Outcome } from '../protocol/lifecycle';
import { checkProperties } from '../protocol/property-check';
import type { TagProperty } from '../protocol/tag-property';
import { APP_INSTANCE_USER } from '../schemas';
import { isAppInstanceArn, isArnOf } from '../service/arn';
import { describeFailure, explain, isConflict, isForbidden, isNotFound, mayHaveActed } from '../service/service-error';
import { convergeTags, sameTags } from '../tags/tag-diff';
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
  const arn = arnWanted(event)!;
  try {
    const { AppInstanceUserArn } = await clients.identity.send(new CreateAppInstanceUserCommand({
      AppInstanceArn,
      AppInstanceUserId,
      Name,
      Metadata,
      Tags: [...Tags, makersTag(event)],
      ClientRequestToken: event.RequestId,
    }));
    return AppInstanceUserArn!;
  } catch (error) {
    if (mayHaveActed(error) && await mayTakeOver(arn, event, clients, clock)) return takeOver(arn, event, clients);
    if (!isConflict(error)) throw error;
    throw explain(error, `user id ${AppInstanceUserId} is taken, and not by this resource: choose another, or import the user by its ARN`);
  }
}

/** A user of ours that is there already; on Update also one from before a replacement, to which a rollback returns. */
async function mayTakeOver(arn: string, event: Event, clients: Clients, clock: Clock): Promise<boolean> {
  if (!await isOwn(arn, event, clients)) return false;
  return event.RequestType === 'Update' || madeByEvent((await describe(arn, clients))?.CreatedTimestamp, event, clock);
}

async function takeOver(arn: string, event: Event, clients: Clients): Promise<string> {
  try {
    await converge(arn, { ...event, OldResourceProperties: undefined }, clients);
    return arn;
  } catch (error) {
    if (event.RequestType === 'Update') throw error;
    throw new FailedWithPhysicalId(describeFailure(error), arn, { cause: error });
  }
}

async function update(event: Event, clients: Clients, clock: Clock): Promise<string> {
  const arn = event.PhysicalResourceId!;
  if (arn !== arnWanted(event)) return create(event, clients, clock);
  try {
    await converge(arn, event, clients);
  } catch (error) {
    if (!await provenGone(error, arn, clients)) throw error;
    await create(event, clients, clock);
  }
  const { OldResourceProperties: former } = event;
  const replacement = former && arnWanted({ ...event, ResourceProperties: former });
  // A swapped Update after a replacement: CloudFormation may never have learnt the id of what replaced this user.
  const isAnother = replacement !== undefined && replacement !== arn;
  if (isAnother && await wasMadeLately(replacement, event, clients, clock)) await deleteUser(replacement, clients);
  return arn;
}

async function converge(arn: string, event: Event, clients: Clients): Promise<void> {
  const { ResourceProperties: wanted, OldResourceProperties: former } = event;
  const isChanged = wanted.Name !== former?.Name || wanted.Metadata !== former?.Metadata;
  if (!isChanged && sameTags(wanted.Tags, former?.Tags)) return;
  const tagging = identityTagging(clients.identity);
  const present = await tagging.list(arn);
  refuseAnothers(arn, present, event);
  if (isChanged) {
    // A PUT: metadata that is left out would be refused, and what is not wanted any more is emptied.
    await clients.identity.send(new UpdateAppInstanceUserCommand({
      AppInstanceUserArn: arn,
      Name: wanted.Name,
      Metadata: wanted.Metadata ?? '',
    }));
  }
  await convergeTags(arn, listed(present, tagging), wanted.Tags, former?.Tags);
}

async function remove(event: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  const physicalId = event.PhysicalResourceId!;
  if (isArnOf('user', physicalId)) {
    await deleteUnlessAnothers(physicalId, event, clients);
  } else {
    const arn = arnWanted(event);
    if (arn !== undefined && await wasMadeLately(arn, event, clients, clock)) await deleteUser(arn, clients);
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

async function wasMadeLately(arn: string, event: Event, clients: Clients, clock: Clock): Promise<boolean> {
  return await isOwn(arn, event, clients) && madeLately((await describe(arn, clients))?.CreatedTimestamp, clock);
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
function arnWanted({ ResourceProperties: { AppInstanceArn, AppInstanceUserId } }: Event): string | undefined {
  return isAppInstanceArn(AppInstanceArn) && AppInstanceUserId ? `${AppInstanceArn}/user/${AppInstanceUserId}` : undefined;
}
