/**
 * A user of an app instance.
 *
 * | Event                                                                      | Does                                                                                        |
 * |----------------------------------------------------------------------------|---------------------------------------------------------------------------------------------|
 * | Create                                                                     | CreateAppInstanceUser with ClientRequestToken = RequestId, the tags and the owner tag       |
 * | Create, the id is taken                                                    | by what this resource made lately → goes on from there; by another's → FAILED               |
 * | Update, nothing changed                                                    | no call                                                                                     |
 * | Update, name or metadata                                                   | UpdateAppInstanceUser with both                                                             |
 * | Update, tags                                                               | what differs, of the keys that old or new properties name                                   |
 * | Update, app instance or user id                                            | ours is there already → its ARN; else create; CloudFormation's Delete of the old id follows |
 * | Update, back from a replacement that CloudFormation may not have learnt of | as its own row, and deletes what the replacement made                                       |
 * | Update, it is proven gone                                                  | as Create                                                                                   |
 * | Update, it is another stack's by its owner tag or a claim                  | FAILED: it is left alone                                                                    |
 * | Delete                                                                     | DeleteAppInstanceUser, unless another resource made the user that has the id now            |
 * | Delete, gone already (404, 403 also when described)                        | success                                                                                     |
 * | Delete, an id that is not a user ARN                                       | deletes what a lost Create made, told by owner tag and age; nothing → success               |
 */
import {
  CreateAppInstanceUserCommand, DeleteAppInstanceUserCommand, DescribeAppInstanceUserCommand,
  UpdateAppInstanceUserCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { APP_INSTANCE_USER_ATTRIBUTES, type AppInstanceUserProperties } from './properties';
import { APP_INSTANCE_USER } from './schema';
import { creatorTag, isOwnedBy, isOwnedByAnother } from '../claims/owner';
import type { LifecycleEvent, Outcome } from '../protocol/lifecycle';
import { CreatedResource, type Age } from '../reconciler/created-resource';
import { checkProperties } from '../schema/rules';
import { isAppInstanceArn, isArnOf } from '../service/arn';
import type { Clients } from '../service/clients';
import type { Clock } from '../service/clock';
import { explain, isConflict, isForbidden, isNotFound } from '../service/service-error';
import type { TagProperty } from '../tags/tag-property';
import { identityTagging } from '../tags/tagging';

export async function appInstanceUser(
  event: LifecycleEvent<AppInstanceUserProperties>, clients: Clients, clock: Clock,
): Promise<Outcome> {
  return new AppInstanceUser(checkProperties(event, APP_INSTANCE_USER), clients, clock).reconcile();
}

class AppInstanceUser extends CreatedResource<AppInstanceUserProperties> {
  protected readonly tagging = identityTagging(this.clients.identity);

  protected isArn(physicalId: string): boolean {
    return isArnOf('user', physicalId);
  }

  protected canBecomeDesired(arn: string): boolean {
    return arn === arnOf(this.event.ResourceProperties);
  }

  protected contentOf({ Name, Metadata }: AppInstanceUserProperties): string {
    return JSON.stringify([Name, Metadata]);
  }

  protected async create(): Promise<string> {
    const { Tags = [], ...properties } = this.event.ResourceProperties;
    const { AppInstanceArn, AppInstanceUserId, Name, Metadata } = properties;
    const { AppInstanceUserArn } = await this.clients.identity.send(new CreateAppInstanceUserCommand({
      AppInstanceArn,
      AppInstanceUserId,
      Name,
      Metadata,
      Tags: [...Tags, creatorTag(this.event)],
      ClientRequestToken: this.event.RequestId,
    }));
    return AppInstanceUserArn!;
  }

  protected explainFailedCreate(error: unknown): unknown {
    if (!isConflict(error)) return error;
    const { AppInstanceUserId } = this.event.ResourceProperties;
    return explain(
      error,
      `user id ${AppInstanceUserId} is taken, and not by this resource: choose another, or import the user by its ARN`,
    );
  }

  /** A PUT: metadata that is left out would be refused, and what is not desired any more is emptied. */
  protected async put(arn: string): Promise<void> {
    const { Name, Metadata = '' } = this.event.ResourceProperties;
    await this.clients.identity.send(new UpdateAppInstanceUserCommand({ AppInstanceUserArn: arn, Name, Metadata }));
  }

  protected async delete(arn: string): Promise<void> {
    try {
      await this.clients.identity.send(new DeleteAppInstanceUserCommand({ AppInstanceUserArn: arn }));
    } catch (error) {
      if (!await this.provesGone(error, arn)) throw error;
    }
  }

  /** No bearer is part of these calls: whoever may describe users and is refused this one looks at nothing. */
  protected async provesGone(error: unknown, arn: string): Promise<boolean> {
    return isNotFound(error) || isForbidden(error) && await this.describe(arn) === undefined;
  }

  /** Another resource may have taken the id, after an earlier Delete whose answer was lost. */
  protected isOthers(arn: string, tags: readonly TagProperty[]): boolean {
    return isOwnedByAnother(tags, this.event) || super.isOthers(arn, tags);
  }

  protected async deleteReplacement(current: string, previous: AppInstanceUserProperties): Promise<void> {
    if (arnOf(previous) !== current) await this.deleteOrphan(previous);
  }

  protected async findOwn(properties: AppInstanceUserProperties, isMeant: Age): Promise<string[]> {
    const arn = arnOf(properties);
    if (arn === undefined || !isOwnedBy(await unlessMissing(() => this.tagging.list(arn)) ?? [], this.event)) return [];
    return isMeant((await this.describe(arn))?.CreatedTimestamp) ? [arn] : [];
  }

  protected outcomeOf(arn: string): Outcome {
    return { physicalId: arn, data: { [APP_INSTANCE_USER_ATTRIBUTES.ARN]: arn } };
  }

  private async describe(arn: string) {
    const command = new DescribeAppInstanceUserCommand({ AppInstanceUserArn: arn });
    return (await unlessMissing(() => this.clients.identity.send(command)))?.AppInstanceUser;
  }
}

async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isNotFound(error) || isForbidden(error)) return undefined;
    throw error;
  }
}

/**
 * A user's id is the template's choice, so its ARN is known before it is there; undefined for properties that make
 * none.
 */
function arnOf({ AppInstanceArn, AppInstanceUserId }: AppInstanceUserProperties): string | undefined {
  return isAppInstanceArn(AppInstanceArn) && AppInstanceUserId
    ? `${AppInstanceArn}/user/${AppInstanceUserId}`
    : undefined;
}
