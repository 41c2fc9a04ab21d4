import { Message } from './message';
import {
  Admin, AppInstance, Association, Bot, Channel, ChannelFlow, ChannelRole, UserOrBot, PendingCallback, State, Tags,
} from './state';

/** The state as JSON shows it: timestamps are ISO 8601, lists are sorted by ARN. */
export interface StateView {
  readonly appInstances: Shown<AppInstance>[];
  readonly users: Shown<UserOrBot>[];
  readonly bots: Shown<Bot>[];
  readonly admins: Shown<Admin>[];
  readonly channels: Shown<Channel>[];
  readonly moderators: Shown<ChannelRole>[];
  readonly members: Shown<ChannelRole>[];
  readonly bans: Shown<ChannelRole>[];
  readonly channelFlows: Shown<ChannelFlow>[];
  /** Those of deleted channels, which only linger in lists, are marked. */
  readonly associations: { channelArn: string; channelFlowArn: string; channelDeleted?: string }[];
  /** With their content: what is sent here is not for real. Those that were denied are not stored. */
  readonly messages: Shown<Message>[];
  /** What processors have not answered yet. */
  readonly pendingCallbacks: Shown<PendingCallback>[];
  /** By the resource's ARN. */
  readonly tags: Record<string, Tags>;
}

const TIMES = ['created', 'updated', 'edited', 'lastMessage'] as const;

type Shown<T> = { [Key in keyof T]: Key extends typeof TIMES[number] ? string : T[Key] };

export function viewOf(state: State): StateView {
  return {
    appInstances: shown(state.appInstances.entries()),
    users: shown(state.users.entries()),
    bots: shown(state.bots.entries()),
    admins: shown(state.admins.entries()),
    channels: shown(state.channels.entries()),
    moderators: shown(state.moderators.entries()),
    members: shown(state.members.entries()),
    bans: shown(state.bans.entries()),
    channelFlows: shown(state.channelFlows.entries()),
    associations: sorted(state.associations.entries()).map(([, association]) => shownAssociation(association)),
    messages: shown(state.messages.entries()),
    pendingCallbacks: shown(state.callbacks.entries()),
    tags: Object.fromEntries(sorted(state.tags.entries())
      .filter(([, tags]) => Object.keys(tags).length > 0)
      .map(([arn, tags]) => [arn, Object.fromEntries(sorted(Object.entries(tags)))])),
  };
}

function sorted<T>(entries: [string, T][]): [string, T][] {
  return [...entries].sort(([a], [b]) => a < b ? -1 : 1);
}

function shown<T extends { created: number }>(entries: [string, T][]): Shown<T>[] {
  return sorted(entries).map(([, record]) => Object.fromEntries(Object.entries(record)
    .map(([key, value]) => [
      key, TIMES.includes(key as typeof TIMES[number]) && value !== undefined ? iso(value as number) : value,
    ])) as Shown<T>);
}

function shownAssociation({ channel, channelFlowArn, channelDeleted }: Association) {
  return {
    channelArn: channel.arn,
    channelFlowArn,
    ...channelDeleted !== undefined ? { channelDeleted: iso(channelDeleted) } : {},
  };
}

const iso = (time: number) => new Date(time).toISOString();
