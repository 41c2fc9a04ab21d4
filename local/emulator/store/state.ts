import type * as identity from '@aws-sdk/client-chime-sdk-identity';
import type * as messaging from '@aws-sdk/client-chime-sdk-messaging';
import { EventLog } from './event-log';
import { Message } from './message';
import { RequestTokens } from './request-tokens';
import { isWithin, VersionedMap } from './versioned-map';

/**
 * A structure of the API, as it is kept: with these members at least. Users are kept by their ARN, and are shown with
 * the name that they have by then. An answer can hold a record as it is, since what its schema lacks is not written.
 */
type Kept<Structure, Members extends keyof Structure> =
  Readonly<Omit<Structure, Members>> & { readonly [Member in Members]-?: NonNullable<Structure[Member]> };

type Times = 'CreatedTimestamp' | 'LastUpdatedTimestamp';

export type AppInstance = Kept<identity.AppInstance, 'AppInstanceArn' | 'Name' | Times>;
export type User = Kept<identity.AppInstanceUser, 'AppInstanceUserArn' | 'Name' | Times>;
export type Bot = Kept<identity.AppInstanceBot, 'AppInstanceBotArn' | 'Configuration' | Times>;

export interface Admin {
  readonly AppInstanceArn: string;
  readonly AppInstanceAdminArn: string;
  readonly CreatedTimestamp: Date;
}

export type Processor = Kept<messaging.Processor, 'Name' | 'ExecutionOrder' | 'FallbackAction'>
  & { readonly Configuration: { readonly Lambda: { readonly ResourceArn: string } } };
export type ChannelFlow = Kept<Omit<messaging.ChannelFlow, 'Processors'>, 'ChannelFlowArn' | 'Name' | Times>
  & { readonly Processors: Processor[] };

export type Channel =
  Kept<Omit<messaging.Channel, 'CreatedBy'>, 'ChannelArn' | 'Name' | 'Mode' | 'Privacy' | Times>
  & { readonly CreatedBy: string };

/** A moderator or a member of a channel, or a user who is banned from it. */
export interface ChannelRole {
  readonly ChannelArn: string;
  readonly MemberArn: string;
  readonly Type?: messaging.ChannelMembershipType;
  readonly CreatedBy: string;
  readonly CreatedTimestamp: Date;
}

/** A channel's flow. Holds the channel, so that a deleted one can stay listed. */
export interface Association {
  readonly ChannelFlowArn: string;
  readonly channel: Channel;
  /** When the channel was deleted; such an association only lingers in lists. */
  readonly channelDeleted?: Date;
}

/** What a processor has been asked, and has not answered yet. */
export interface PendingCallback {
  readonly CallbackId: string;
  readonly ChannelArn: string;
  readonly MessageId: string;
  /** What is processed: a new message, or another revision of one. */
  readonly change: 'CREATE' | 'UPDATE';
  readonly processor: Processor;
  /** Those whose turn comes after this one. */
  readonly later: readonly Processor[];
  readonly CreatedTimestamp: Date;
}

export type Tags = Readonly<Record<string, string>>;

/** The key of a role, a message or a callback: sorts and dies with the resource that it belongs to. */
export const keyIn = (resourceArn: string, id: string) => `${resourceArn} ${id}`;

/** Of all channels together. A test or a developer looks at the latest; the service keeps all. */
const OF_MESSAGES = { kept: 10_000, keptEnded: 1_000 };

/** What the emulator holds, by the ARN, or the key in one (`keyIn`). */
export interface Records {
  appInstances: AppInstance;
  users: User;
  bots: Bot;
  admins: Admin;
  channels: Channel;
  moderators: ChannelRole;
  members: ChannelRole;
  bans: ChannelRole;
  channelFlows: ChannelFlow;
  /** By the channel's ARN: a channel has at most one flow. */
  associations: Association;
  messages: Message;
  callbacks: PendingCallback;
  /** The senders of messages that a processor denied; nothing else is kept of those. */
  denied: string;
  tags: Tags;
}

/** How much is kept of each; all where nothing is said. */
const COLLECTIONS: { readonly [Name in keyof Records]: typeof OF_MESSAGES | undefined } = {
  appInstances: undefined,
  users: undefined,
  bots: undefined,
  admins: undefined,
  channels: undefined,
  moderators: undefined,
  members: undefined,
  bans: undefined,
  channelFlows: undefined,
  associations: undefined,
  messages: OF_MESSAGES,
  callbacks: OF_MESSAGES,
  denied: OF_MESSAGES,
  tags: undefined,
};

type Maps = { readonly [Name in keyof Records]: VersionedMap<Records[Name]> };

/** Everything the emulator remembers. Records are never changed in place: a map keeps their past. */
export interface State extends Maps {}

export class State {
  readonly events = new EventLog();
  /** When a channel was last taken from this flow. */
  readonly lastDisassociation = new Map<string, number>();
  readonly requestTokens = new RequestTokens();

  constructor(now: () => number) {
    for (const [name, bounds] of Object.entries(COLLECTIONS)) {
      Object.assign(this, { [name]: new VersionedMap(now, bounds) });
    }
  }

  /** Removes a resource with everything in it, its roles and its tags. */
  removeTree(arn: string): void {
    for (const name of Object.keys(COLLECTIONS) as (keyof Records)[]) this[name].deleteTree(arn);
    this.requestTokens.forgetTree(arn);
    for (const flow of this.lastDisassociation.keys()) if (isWithin(flow, arn)) this.lastDisassociation.delete(flow);
  }
}
