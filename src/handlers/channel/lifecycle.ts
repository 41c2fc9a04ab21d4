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
 * | Delete                                      | DeleteChannel as the bearer, or as any admin; not where another resource made what has a chosen id now, and not another stack's |
 * | Delete, gone already (404, 403 for an admin, or its app instance is gone) | success                                                    |
 * | Delete, an id that is not a channel ARN        | deletes what a lost Create made, told by owner tag and age; nothing → success            |
 *
 * A bearer that was promoted just now is given about 30 s (see Bearers).
 */
import {
  CreateChannelCommand, DeleteChannelCommand, DescribeChannelCommand, UpdateChannelCommand, type Channel as
  DescribedChannel,
} from '@aws-sdk/client-chime-sdk-messaging';
import { channelIds, hasDesiredId, isDerivedId } from './channel-id';
import { contentOf, modeOf, privacyOf, type ChannelEvent } from './desired';
import { CHANNEL_ATTRIBUTES, type ChannelProperties } from './properties';
import { CHANNEL } from './schema';
import { creatorTag, isOwnedBy, isOwnedByAnother } from '../claims/owner';
import type { Outcome } from '../protocol/lifecycle';
import { CreatedResource, type Age } from '../reconciler/created-resource';
import { checkProperties } from '../schema/rules';
import { appInstanceArnOf, isArnOf } from '../service/arn';
import { Bearers, BearersRefused, provesGone } from '../service/bearers';
import type { Clients } from '../service/clients';
import type { Clock } from '../service/clock';
import { retryWhile } from '../service/retry';
import { explain, isConflict, isForbidden } from '../service/service-error';
import type { TagProperty } from '../tags/tag-property';
import { messagingTagging } from '../tags/tagging';

/** How long something that vanishes may still hold a channel back. */
const SETTLES_WITHIN_MS = 30_000;

export async function channel(event: ChannelEvent, clients: Clients, clock: Clock): Promise<Outcome> {
  return new Channel(checkProperties(event, CHANNEL), clients, clock).reconcile();
}

class Channel extends CreatedResource<ChannelProperties> {
  protected readonly tagging = messagingTagging(this.clients.messaging);
  protected readonly contentOf = contentOf;
  private readonly bearers = this.bearersOf(this.event);

  protected isArn(physicalId: string): boolean {
    return isArnOf('channel', physicalId);
  }

  protected canBecomeDesired(arn: string): boolean {
    return appInstanceArnOf(arn) === this.event.ResourceProperties.AppInstanceArn && hasDesiredId(arn, this.event);
  }

  protected async create(id = channelIds(this.event)[0]): Promise<string> {
    const { ResourceProperties: desired, RequestId } = this.event;
    const { ChannelArn } = await this.bearers.write(ChimeBearer =>
      this.clients.messaging.send(new CreateChannelCommand({
        AppInstanceArn: desired.AppInstanceArn,
        ChannelId: id,
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

  /** Under the first id that no other resource has taken. */
  protected async createOrAdopt([id, ...others] = channelIds(this.event)): Promise<string> {
    const { ResourceProperties: desired } = this.event;
    try {
      return await this.create(id);
    } catch (error) {
      // Another privacy is another channel: what was retained, and can't become what the template wants.
      const adopted = await this.adoptAfter(error, isMeant =>
        this.findAt(
          [id], desired, ({ Privacy, CreatedTimestamp }) => Privacy === privacyOf(desired) && isMeant(CreatedTimestamp),
        ));
      if (adopted !== undefined) return adopted;
      if (!isConflict(error)) throw error;
      if (others.length > 0) return this.createOrAdopt(others);
      throw explain(
        error, `channel id ${id} is taken, and not by this resource: choose another, or import the channel by its ARN`,
      );
    }
  }

  protected async converge(arn: string, options?: { readonly isFound: boolean }): Promise<void> {
    if (options === undefined) await this.refuseOtherPrivacy(arn);
    await super.converge(arn, options);
  }

  /** All of it: what UpdateChannel does with what is left out is not documented. */
  protected async put(arn: string): Promise<void> {
    const { ResourceProperties: desired } = this.event;
    await this.bearers.write(ChimeBearer => this.clients.messaging.send(new UpdateChannelCommand({
      ChannelArn: arn,
      Name: desired.Name,
      Mode: modeOf(desired),
      Metadata: desired.Metadata ?? '',
      ChimeBearer,
    })));
  }

  protected async delete(arn: string): Promise<void> {
    try {
      await retryWhile(isConflict, SETTLES_WITHIN_MS, this.clock, () =>
        this.bearers.write(
          ChimeBearer => this.clients.messaging.send(new DeleteChannelCommand({ ChannelArn: arn, ChimeBearer })),
        ));
    } catch (error) {
      if (!provesGone(error)) throw error;
    }
  }

  /** A 403 of the tag operations, which know no bearer, proves nothing; an admin who looks at the channel does. */
  protected async provesGone(error: unknown, arn: string): Promise<boolean> {
    if (provesGone(error)) return true;
    if (!isForbidden(error) || error instanceof BearersRefused) return false;
    return this.describe(arn).then(() => false, provesGone);
  }

  /** Another resource may have taken its id, which others may choose, after an earlier Delete whose answer was lost. */
  protected isOthers(arn: string, tags: readonly TagProperty[]): boolean {
    return super.isOthers(arn, tags) || (!isDerivedId(arn) && isOwnedByAnother(tags, this.event));
  }

  protected async deleteReplacement(current: string, previous: ChannelProperties): Promise<void> {
    const replacing: ChannelEvent = {
      ...this.event, RequestType: 'Delete', PhysicalResourceId: undefined, ResourceProperties: previous,
    };
    if (previous.AppInstanceArn === this.event.ResourceProperties.AppInstanceArn && hasDesiredId(current, replacing)) {
      return;
    }
    try {
      await new Channel(replacing, this.clients, this.clock).deleteOrphan(previous);
    } catch (error) {
      // Its admins went before it, in an app instance that goes, too: the rollback must not fail for that.
      if (!(error instanceof BearersRefused)) throw error;
    }
  }

  protected findOwn(properties: ChannelProperties, isMeant: Age): Promise<string[]> {
    const ids = channelIds({ ...this.event, ResourceProperties: properties });
    return this.findAt(ids, properties, ({ CreatedTimestamp }) => isMeant(CreatedTimestamp));
  }

  protected outcomeOf(arn: string): Outcome {
    return { physicalId: arn, data: { [CHANNEL_ATTRIBUTES.ARN]: arn } };
  }

  private bearersOf(
    { RequestType, PhysicalResourceId, ResourceProperties: desired, OldResourceProperties: previous }: ChannelEvent,
  ): Bearers {
    const appInstanceArn = (RequestType === 'Delete' ? appInstanceArnOf(PhysicalResourceId) : undefined)
      ?? desired.AppInstanceArn;
    return new Bearers(
      appInstanceArn, { named: [desired.Bearer, previous?.Bearer], orAnyAdmin: RequestType === 'Delete' },
      this.clients, this.clock,
    );
  }

  /** Of the channels with these ids those that this resource created and that are meant. */
  private async findAt(
    ids: readonly string[], { AppInstanceArn }: ChannelProperties, isMeant: (found: DescribedChannel) => boolean,
  ): Promise<string[]> {
    const own: string[] = [];
    if (appInstanceArnOf(AppInstanceArn) === undefined) return own;
    for (const id of ids) {
      const arn = `${AppInstanceArn}/channel/${id}`;
      const found = await this.describeOwn(arn);
      if (found !== undefined && isMeant(found)) own.push(arn);
    }
    return own;
  }

  private async refuseOtherPrivacy(arn: string): Promise<void> {
    const { ResourceProperties: desired, OldResourceProperties: previous } = this.event;
    if (previous !== undefined && privacyOf(previous) === privacyOf(desired)) return;
    const { Privacy } = await this.describe(arn);
    if (Privacy === undefined || Privacy === privacyOf(desired)) return;
    throw new Error(
      `the privacy of channel ${arn} can't be changed: it is ${Privacy}, the template wants ${privacyOf(desired)} — `
        + 'choose another channel id '
      + 'as well, for a new channel',
    );
  }

  private async describe(arn: string): Promise<DescribedChannel> {
    const { Channel: found = {} } = await this.bearers.read(ChimeBearer =>
      this.clients.messaging.send(new DescribeChannelCommand({ ChannelArn: arn, ChimeBearer })));
    return found;
  }

  /** The channel, if this resource created it. */
  private async describeOwn(arn: string): Promise<DescribedChannel | undefined> {
    try {
      return isOwnedBy(await this.tagging.list(arn), this.event) ? await this.describe(arn) : undefined;
    } catch (error) {
      if (provesGone(error) || isForbidden(error) && !(error instanceof BearersRefused)) return undefined;
      throw error;
    }
  }
}
