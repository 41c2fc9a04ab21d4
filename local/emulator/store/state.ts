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

/** A moderator or a member of a channel, or a user who is banned from it. */
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

/** What the emulator holds, by the ARN, or the key in one (`keyIn`). */
export interface Records {
  appInstances: AppInstance;
  users: UserOrBot;
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
    for (const flow of this.lastDisassociation.keys()) {
      if (flow === arn || flow.startsWith(`${arn}/`)) this.lastDisassociation.delete(flow);
    }
  }
}
