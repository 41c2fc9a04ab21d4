import { EventLog } from './event-log';
import { Message } from './message';
import { RequestTokens } from './request-tokens';
import { VersionedMap } from './versioned-map';

export interface AppInstance {
  readonly arn: string;
  readonly name: string;
  readonly metadata?: string;
  readonly created: number;
  readonly updated: number;
}

/** A user or a bot: whatever can be a bearer. */
export interface UserOrBot {
  readonly arn: string;
  readonly appInstanceArn: string;
  readonly name?: string;
  readonly metadata?: string;
  readonly created: number;
  readonly updated: number;
}

export interface Bot extends UserOrBot {
  readonly configuration: object;
}

export interface Admin {
  readonly arn: string;
  readonly appInstanceArn: string;
  readonly created: number;
}

export interface Processor {
  readonly Name: string;
  readonly Configuration: { readonly Lambda: { readonly ResourceArn: string; readonly InvocationType: string } };
  readonly ExecutionOrder: number;
  readonly FallbackAction: string;
}

export interface ChannelFlow {
  readonly arn: string;
  readonly appInstanceArn: string;
  readonly name: string;
  readonly processors: readonly Processor[];
  readonly created: number;
  readonly updated: number;
}

export interface Channel {
  readonly arn: string;
  readonly appInstanceArn: string;
  readonly name: string;
  readonly mode: string;
  readonly privacy: string;
  readonly metadata?: string;
  readonly createdBy: string;
  readonly created: number;
  readonly updated: number;
  /** When the last message was sent. */
  readonly lastMessage?: number;
}

/** A moderator or a member of a channel. */
export interface ChannelRole {
  readonly channelArn: string;
  readonly arn: string;
  readonly type?: string;
  readonly createdBy: string;
  readonly created: number;
}

/** A channel's flow. Holds the channel, so that a deleted one can stay listed. */
export interface Association {
  readonly channelFlowArn: string;
  readonly channel: Channel;
  /** When the channel was deleted; such an association only lingers in lists. */
  readonly channelDeleted?: number;
}

/** What a processor has been asked, and has not answered yet. */
export interface PendingCallback {
  readonly id: string;
  readonly channelArn: string;
  readonly messageId: string;
  /** What is processed: a new message, or another revision of one. */
  readonly change: 'CREATE' | 'UPDATE';
  readonly processor: Processor;
  /** Those whose turn comes after this one. */
  readonly later: readonly Processor[];
  readonly created: number;
}

export type Tags = Readonly<Record<string, string>>;

/** The key of a role, a message or a callback: sorts and dies with the resource that it belongs to. */
export const keyIn = (resourceArn: string, id: string) => `${resourceArn} ${id}`;

/** Of all channels together. A test or a developer looks at the latest; the service keeps all. */
const OF_MESSAGES = { kept: 10_000, keptEnded: 1_000 };

/** Everything the emulator remembers. Records are never changed in place: a register keeps their past. */
export class State {
  readonly appInstances: VersionedMap<AppInstance>;
  readonly users: VersionedMap<UserOrBot>;
  readonly bots: VersionedMap<Bot>;
  readonly admins: VersionedMap<Admin>;
  readonly channels: VersionedMap<Channel>;
  readonly moderators: VersionedMap<ChannelRole>;
  readonly members: VersionedMap<ChannelRole>;
  readonly channelFlows: VersionedMap<ChannelFlow>;
  /** By the channel's ARN: a channel has at most one flow. */
  readonly associations: VersionedMap<Association>;
  readonly messages: VersionedMap<Message>;
  readonly callbacks: VersionedMap<PendingCallback>;
  /** The senders of messages that a processor denied; nothing else is kept of those. */
  readonly denied: VersionedMap<string>;
  readonly tags: VersionedMap<Tags>;
  readonly events = new EventLog();
  /** When a channel was last taken from this flow. */
  readonly lastDisassociation = new Map<string, number>();
  readonly requestTokens = new RequestTokens();

  constructor(now: () => number) {
    this.appInstances = new VersionedMap(now);
    this.users = new VersionedMap(now);
    this.bots = new VersionedMap(now);
    this.admins = new VersionedMap(now);
    this.channels = new VersionedMap(now);
    this.moderators = new VersionedMap(now);
    this.members = new VersionedMap(now);
    this.channelFlows = new VersionedMap(now);
    this.associations = new VersionedMap(now);
    this.tags = new VersionedMap(now);
    this.messages = new VersionedMap(now, OF_MESSAGES);
    this.callbacks = new VersionedMap(now, OF_MESSAGES);
    this.denied = new VersionedMap(now, OF_MESSAGES);
  }

  /** Removes a resource with everything in it, its roles and its tags. */
  removeTree(arn: string): void {
    const registers: VersionedMap<unknown>[] = [
      this.appInstances, this.users, this.bots, this.admins, this.channels,
      this.moderators, this.members, this.channelFlows, this.associations, this.messages, this.callbacks, this.denied,
      this.tags,
    ];
    registers.forEach(register => register.deleteTree(arn));
    this.requestTokens.forgetTree(arn);
    [...this.lastDisassociation.keys()].filter(flow => flow === arn || flow.startsWith(`${arn}/`)).forEach(
      flow => this.lastDisassociation.delete(flow),
    );
  }
}
