/**
 * An app instance.
 *
 * | Event                                                               | Does                                                                                              |
 * |---------------------------------------------------------------------|---------------------------------------------------------------------------------------------------|
 * | Create                                                              | CreateAppInstance with ClientRequestToken = RequestId, the tags and the owner tag                 |
 * | Create, its answer lost, its token refused                          | finds what it made by owner tag and age, and goes on from there                                   |
 * | Update, nothing changed                                             | no call                                                                                           |
 * | Update, name or metadata                                            | UpdateAppInstance with both                                                                       |
 * | Update, tags                                                        | what differs, of the keys that old or new properties name                                         |
 * | Update, it is proven gone                                           | as Create                                                                                         |
 * | Update or Delete, it is another stack's by its owner tag or a claim | FAILED, or success: it is left alone                                                              |
 * | Delete                                                              | DeleteAppInstance; refused while channel flows are there → some patience, then FAILED naming them |
 * | Delete, gone already (404, 403 and not listed)                      | success                                                                                           |
 * | Delete, an id that is not an app instance ARN                       | deletes what a lost Create made, told by owner tag and age; nothing → success                     |
 */
import {
  CreateAppInstanceCommand, DeleteAppInstanceCommand, DescribeAppInstanceCommand, UpdateAppInstanceCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { APP_INSTANCE_ATTRIBUTES, type AppInstanceProperties } from './properties';
import { APP_INSTANCE } from './schema';
import { createdByEvent } from '../claims/creation-time';
import { readKeyClaims } from '../claims/key-claims';
import { creatorTag, isOwnedBy } from '../claims/owner';
import type { LifecycleEvent, Outcome } from '../protocol/lifecycle';
import { CreatedResource, type Age } from '../reconciler/created-resource';
import { findOwnListed } from '../reconciler/find-own-listed';
import { checkProperties } from '../schema/rules';
import { appInstanceIsGone, listAppInstances } from '../service/app-instance-presence';
import { isAppInstanceArn } from '../service/arn';
import { listChannelFlows } from '../service/channel-flow-presence';
import type { Clients } from '../service/clients';
import type { Clock } from '../service/clock';
import { retryWhile } from '../service/retry';
import { explain, isBadRequest, isConflict, isForbidden, isLimitExceeded, isNotFound } from '../service/service-error';
import { tagDiff } from '../tags/tag-diff';
import type { TagProperty } from '../tags/tag-property';
import { identityTagging } from '../tags/tagging';

/** How long flows that were just deleted may still hold an app instance back. */
const FLOWS_VANISH_WITHIN_MS = 60_000;

export async function appInstance(
  event: LifecycleEvent<AppInstanceProperties>, clients: Clients, clock: Clock,
): Promise<Outcome> {
  return new AppInstance(checkProperties(event, APP_INSTANCE), clients, clock).reconcile();
}

class AppInstance extends CreatedResource<AppInstanceProperties> {
  protected readonly tagging = identityTagging(this.clients.identity);

  protected isArn(physicalId: string): boolean {
    return isAppInstanceArn(physicalId);
  }

  protected canBecomeDesired(): boolean {
    return true;
  }

  protected contentOf({ Name, Metadata }: AppInstanceProperties): string {
    return JSON.stringify([Name, Metadata]);
  }

  protected async create(): Promise<string> {
    const { Name, Metadata, Tags = [] } = this.event.ResourceProperties;
    const { AppInstanceArn } = await this.clients.identity.send(new CreateAppInstanceCommand({
      Name,
      Metadata,
      Tags: [...Tags, creatorTag(this.event)],
      ClientRequestToken: this.event.RequestId,
    }));
    return AppInstanceArn!;
  }

  /**
   * No property replaces an app instance, so one from before this event, with all its messages, is none to return to.
   */
  protected adoptAfter(failure: unknown): Promise<string | undefined> {
    return super.adoptAfter(failure, () =>
      this.findOwn(this.event.ResourceProperties, created => createdByEvent(created, this.event, this.clock)));
  }

  /** A PUT: metadata that is left out would be refused, and what is not desired any more is emptied. */
  protected async put(arn: string): Promise<void> {
    const { Name, Metadata = '' } = this.event.ResourceProperties;
    await this.clients.identity.send(new UpdateAppInstanceCommand({ AppInstanceArn: arn, Name, Metadata }));
  }

  protected async delete(arn: string): Promise<void> {
    try {
      await retryWhile(isHeldBack, FLOWS_VANISH_WITHIN_MS, this.clock, () =>
        this.clients.identity.send(new DeleteAppInstanceCommand({ AppInstanceArn: arn })));
    } catch (error) {
      if (await this.provesGone(error, arn)) return;
      throw isHeldBack(error) ? await this.explainHeldBack(error, arn) : error;
    }
  }

  protected async provesGone(error: unknown, arn: string): Promise<boolean> {
    return isNotFound(error) || isForbidden(error) && await appInstanceIsGone(arn, this.clients.identity, this.clock);
  }

  /** Keys that another stack manages are not this one's to change or to remove. */
  protected previousTags(arn: string, present: readonly TagProperty[]): readonly TagProperty[] | undefined {
    const { ResourceProperties: desired, OldResourceProperties: previous } = this.event;
    const named = [desired, previous].flatMap(properties => properties?.Tags ?? []).map(({ Key }) => Key);
    const { ofOthers } = readKeyClaims(arn, present, this.event, named);
    const isTheirs = (key: string) => ofOthers(key) !== undefined;
    const taken = tagDiff(present, desired.Tags, previous?.Tags).tag.map(({ Key }) => Key).filter(isTheirs);
    if (taken.length > 0) {
      throw new Error(`another stack manages the tags ${taken.join(', ')} of ${arn} — take the same values, or remove `
        + 'the keys from \'tags\'');
    }
    return previous?.Tags?.filter(({ Key }) => !isTheirs(Key));
  }

  /** Another app instance is never a replacement: no property replaces one. */
  protected async deleteReplacement(): Promise<void> {}

  protected async findOwn(_: AppInstanceProperties, isMeant: Age): Promise<string[]> {
    return findOwnListed(this.clock, () => listAppInstances(this.clients.identity), async arn => {
      if (!isOwnedBy(await this.tagging.list(arn), this.event)) return false;
      const { AppInstance: found } = await this.clients.identity.send(
        new DescribeAppInstanceCommand({ AppInstanceArn: arn }),
      );
      return isMeant(found?.CreatedTimestamp);
    });
  }

  protected outcomeOf(arn: string): Outcome {
    return { physicalId: arn, data: { [APP_INSTANCE_ATTRIBUTES.ARN]: arn } };
  }

  private async explainHeldBack(error: unknown, arn: string): Promise<unknown> {
    const flows = await listChannelFlows(arn, this.clients, this.clock).catch(() => []);
    if (flows.length === 0) return error;
    const named = flows.slice(0, 5).join(', ') + (flows.length > 5 ? ', …' : '');
    return explain(error, `it still has ${flows.length} channel flow(s), ${named}: delete them, then delete again`);
  }
}

/** How the service refuses while something is left in the app instance is not documented. */
function isHeldBack(error: unknown): boolean {
  return isConflict(error) || isBadRequest(error) || isLimitExceeded(error);
}
