/**
 * A channel.
 *
 * | Event                                       | Does                                                                                     |
 * |---------------------------------------------|------------------------------------------------------------------------------------------|
 * | Create                                      | CreateChannel with ClientRequestToken = RequestId, the tags and the owner tag              |
 * | Create, the id is taken                     | by what this resource made lately → goes on from there; else another derived id, or FAILED where the template names the id |
 * | Update, nothing changed; only the bearer    | no call                                                                                  |
 * | Update, name, mode or metadata              | UpdateChannel with all three                                                             |
 * | Update, tags                                | what differs, of the keys that old or new properties name                                |
 * | Update, app instance, channel id or privacy | ours is there already → its ARN; else create; CloudFormation's Delete of the old id follows |
 * | Update, back from a replacement that CloudFormation may not have learnt of | as its own row, and deletes what the replacement made |
 * | Update, privacy of a channel with an id     | FAILED: the service can't change it, and two channels can't share the id                 |
 * | Update, it is proven gone                   | as Create                                                                                |
 * | Update, it is another stack's by its owner tag or a claim | FAILED: it is left alone                                                   |
 * | Delete                                      | DeleteChannel in the name of the bearer, or of any admin; not where another resource made what has a chosen id now, and not another stack's |
 * | Delete, gone already (404, 403 for an admin, or its app instance is gone) | success                                                    |
 * | Delete, an id that is no channel ARN        | deletes what a lost Create made, told by owner tag and age; nothing → success            |
 *
 * A bearer that was promoted just now is given about 30 s (see Bearers).
 */
import {
  CreateChannelCommand, DeleteChannelCommand, DescribeChannelCommand, UpdateChannelCommand, type Channel,
} from '@aws-sdk/client-chime-sdk-messaging';
import { channelIds, hasDesiredId, isDerivedId } from './channel-id';
import { contentOf, modeOf, privacyOf, type ChannelEvent } from './desired';
import { CHANNEL_ATTRIBUTES } from './properties';
import { CHANNEL } from './schema';
import { createdByEvent, createdRecently } from '../claims/creation-time';
import { isOfAnotherStack, isOwnedBy, isOwnedByAnother, creatorTag, assertNotOfAnotherStack } from '../claims/owner';
import { FailedWithPhysicalId, type Outcome } from '../protocol/lifecycle';
import { checkProperties } from '../schema/rules';
import { appInstanceArnOf, isArnOf } from '../service/arn';
import { Bearers, BearersRefused, provesGone } from '../service/bearers';
import type { Clients } from '../service/clients';
import { type Clock } from '../service/clock';
import { retryWhile } from '../service/retry';
import { failureMessage, explain, isConflict, isForbidden, isNotFound, mayHaveSucceeded } from '../service/service-error';
import { convergeTags, convergeTagsOfFound, sameTags } from '../tags/tag-diff';
import type { TagProperty } from '../tags/tag-property';
import { messagingTagging, listed } from '../tags/tagging';

/** How long something that vanishes may still hold a channel back. */
const SETTLES_WITHIN_MS = 30_000;

export async function channel(given: ChannelEvent, clients: Clients, clock: Clock): Promise<Outcome> {
  const event = checkProperties(given, CHANNEL);
  if (event.RequestType === 'Delete') return remove(event, clients, clock);
  const desired = new ChannelReconciler(event, event.ResourceProperties.AppInstanceArn, clients, clock);
  const arn = event.RequestType === 'Create' ? await desired.create() : await desired.update();
  return { physicalId: arn, data: { [CHANNEL_ATTRIBUTES.ARN]: arn } };
}

async function remove(event: ChannelEvent, clients: Clients, clock: Clock): Promise<Outcome> {
  const physicalId = event.PhysicalResourceId!;
  const appInstanceArn = appInstanceArnOf(physicalId) ?? appInstanceArnOf(event.ResourceProperties.AppInstanceArn);
  if (appInstanceArn !== undefined) await new ChannelReconciler(event, appInstanceArn, clients, clock).remove();
  return { physicalId };
}

class ChannelReconciler {
  private readonly bearers: Bearers;

  public constructor(
    private readonly event: ChannelEvent,
    private readonly appInstanceArn: string,
    private readonly clients: Clients,
    private readonly clock: Clock,
  ) {
    const { RequestType, ResourceProperties, OldResourceProperties } = event;
    this.bearers = new Bearers(
      appInstanceArn,
      { named: [ResourceProperties.Bearer, OldResourceProperties?.Bearer], orAnyAdmin: RequestType === 'Delete' },
      clients,
      clock,
    );
  }

  public async create([id, ...others] = channelIds(this.event)): Promise<string> {
    try {
      return await this.make(id);
    } catch (error) {
      const arn = this.arnOf(id);
      if (mayHaveSucceeded(error) && await this.mayAdopt(arn)) return this.adopt(arn);
      if (!isConflict(error)) throw error;
      if (others.length > 0) return this.create(others);
      throw explain(error, `channel id ${id} is taken, and not by this resource: choose another, or import the channel by its ARN`);
    }
  }

  public async update(): Promise<string> {
    let arn = this.event.PhysicalResourceId!;
    if (!isArnOf('channel', arn) || appInstanceArnOf(arn) !== this.appInstanceArn || !hasDesiredId(arn, this.event)) return this.create();
    try {
      await this.refuseOtherPrivacy(arn);
      await this.converge(arn);
    } catch (error) {
      if (!await this.provenGone(error, arn)) throw error;
      arn = await this.create();
    }
    await this.removeReplacementOf(arn);
    return arn;
  }

  /** A swapped Update after a replacement: CloudFormation may never have learnt the id of what replaced this channel. */
  private async removeReplacementOf(arn: string): Promise<void> {
    const { OldResourceProperties: previous } = this.event;
    const appInstanceArn = appInstanceArnOf(previous?.AppInstanceArn);
    if (previous === undefined || appInstanceArn === undefined) return;
    const replacing: ChannelEvent = { ...this.event, RequestType: 'Delete', ResourceProperties: previous };
    if (appInstanceArn === this.appInstanceArn && hasDesiredId(arn, replacing)) return;
    try {
      await new ChannelReconciler(replacing, appInstanceArn, this.clients, this.clock).deleteOrphan();
    } catch (error) {
      // Its admins went before it, in an app instance that goes, too: the rollback must not fail for that.
      if (!(error instanceof BearersRefused)) throw error;
    }
  }

  public async remove(): Promise<void> {
    const physicalId = this.event.PhysicalResourceId!;
    if (!isArnOf('channel', physicalId)) return this.deleteOrphan();
    try {
      if (await this.isAnothers(physicalId)) return;
    } catch (error) {
      if (await this.provenGone(error, physicalId)) return;
      throw error;
    }
    await this.delete(physicalId);
  }

  /** Deletes what an event made whose answer was lost. */
  private async deleteOrphan(): Promise<void> {
    for (const arn of channelIds(this.event).map(id => this.arnOf(id))) {
      if (await this.wasCreatedRecently(arn)) await this.delete(arn);
    }
  }

  private async make(ChannelId: string): Promise<string> {
    const { ResourceProperties: desired, RequestId } = this.event;
    const { ChannelArn } = await this.bearers.write(ChimeBearer => this.clients.messaging.send(new CreateChannelCommand({
      AppInstanceArn: this.appInstanceArn,
      ChannelId,
      Name: desired.Name,
      Mode: modeOf(desired),
      Privacy: privacyOf(desired),
      Metadata: desired.Metadata,
      Tags: [...desired.Tags ?? [], creatorTag(this.event)],
      ClientRequestToken: RequestId,
      ChimeBearer,
    })));
    return ChannelArn!;
  }

  /** A channel of ours that is there already; on Update also one from before a replacement, to which a rollback returns. */
  private async mayAdopt(arn: string): Promise<boolean> {
    const { Privacy, CreatedTimestamp } = await this.describeOwn(arn) ?? {};
    // Another privacy is another channel: what was retained, and can't become what the template wants.
    if (Privacy !== privacyOf(this.event.ResourceProperties)) return false;
    return this.event.RequestType === 'Update' || createdByEvent(CreatedTimestamp, this.event, this.clock);
  }

  private async adopt(arn: string): Promise<string> {
    const { ResourceProperties: desired, OldResourceProperties: previous, RequestType } = this.event;
    try {
      await this.putContent(arn);
      await convergeTagsOfFound(arn, messagingTagging(this.clients.messaging), desired.Tags, previous?.Tags);
      return arn;
    } catch (error) {
      if (RequestType === 'Update') throw error;
      throw new FailedWithPhysicalId(failureMessage(error), arn, { cause: error });
    }
  }

  private async converge(arn: string): Promise<void> {
    const { ResourceProperties: desired, OldResourceProperties: previous } = this.event;
    const isChanged = previous === undefined || contentOf(desired) !== contentOf(previous);
    if (!isChanged && sameTags(desired.Tags, previous.Tags)) return;
    const tagging = messagingTagging(this.clients.messaging);
    const present = await tagging.list(arn);
    assertNotOfAnotherStack(arn, present, this.event);
    if (isChanged) await this.putContent(arn);
    await convergeTags(arn, listed(present, tagging), desired.Tags, previous?.Tags);
  }

  /** All of it: what UpdateChannel does with what is left out is not documented. */
  private async putContent(arn: string): Promise<void> {
    const { ResourceProperties: desired } = this.event;
    await this.bearers.write(ChimeBearer => this.clients.messaging.send(new UpdateChannelCommand({
      ChannelArn: arn,
      Name: desired.Name,
      Mode: modeOf(desired),
      Metadata: desired.Metadata ?? '',
      ChimeBearer,
    })));
  }

  private async refuseOtherPrivacy(arn: string): Promise<void> {
    const { ResourceProperties: desired, OldResourceProperties: previous } = this.event;
    if (previous !== undefined && privacyOf(previous) === privacyOf(desired)) return;
    const { Privacy } = await this.describe(arn);
    if (Privacy === undefined || Privacy === privacyOf(desired)) return;
    throw new Error(
      `the privacy of channel ${arn} can't be changed: it is ${Privacy}, the template wants ${privacyOf(desired)} — choose another channel id as well, for a new channel`,
    );
  }

  private async delete(arn: string): Promise<void> {
    try {
      await retryWhile(isConflict, SETTLES_WITHIN_MS, this.clock, () =>
        this.bearers.write(ChimeBearer => this.clients.messaging.send(new DeleteChannelCommand({ ChannelArn: arn, ChimeBearer }))));
    } catch (error) {
      if (!provesGone(error)) throw error;
    }
  }

  private async describe(arn: string): Promise<Channel> {
    const { Channel: found = {} } = await this.bearers.read(ChimeBearer =>
      this.clients.messaging.send(new DescribeChannelCommand({ ChannelArn: arn, ChimeBearer })));
    return found;
  }

  private async isOwn(arn: string): Promise<boolean> {
    return isOwnedBy(await this.tagsOf(arn), this.event);
  }

  /** Whether the channel is another stack's; or another resource took its id, which others may choose, after an earlier Delete whose answer was lost. */
  private async isAnothers(arn: string): Promise<boolean> {
    const tags = await messagingTagging(this.clients.messaging).list(arn);
    return isOfAnotherStack(tags, this.event) || (!isDerivedId(arn) && isOwnedByAnother(tags, this.event));
  }

  /** None where there is no channel to carry any. */
  private async tagsOf(arn: string): Promise<TagProperty[]> {
    try {
      return await messagingTagging(this.clients.messaging).list(arn);
    } catch (error) {
      if (isNotFound(error) || isForbidden(error)) return [];
      throw error;
    }
  }

  /** The channel, if this resource made it. */
  private async describeOwn(arn: string): Promise<Channel | undefined> {
    if (!await this.isOwn(arn)) return undefined;
    try {
      return await this.describe(arn);
    } catch (error) {
      if (provesGone(error)) return undefined;
      throw error;
    }
  }

  private async wasCreatedRecently(arn: string): Promise<boolean> {
    return createdRecently((await this.describeOwn(arn))?.CreatedTimestamp, this.clock);
  }

  /** A 403 of the tag operations, which know no bearer, proves nothing; an admin who looks at the channel does. */
  private async provenGone(error: unknown, arn: string): Promise<boolean> {
    if (provesGone(error)) return true;
    if (!isForbidden(error) || error instanceof BearersRefused) return false;
    return this.describe(arn).then(() => false, provesGone);
  }

  private arnOf(id: string): string {
    return `${this.appInstanceArn}/channel/${id}`;
  }
}
