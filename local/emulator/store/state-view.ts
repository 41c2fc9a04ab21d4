import { Association, Records, State, Tags } from './state';

/** As JSON shows it: timestamps are ISO 8601. */
type Shown<Record> = { [Member in keyof Record]: Record[Member] extends Date | undefined ? string : Record[Member] };

type Lists = Omit<Records, 'associations' | 'callbacks' | 'denied' | 'tags'>;

/** The state as JSON shows it; lists are sorted by ARN. */
export type StateView = { readonly [Name in keyof Lists]: Shown<Records[Name]>[] } & {
  /** Those of deleted channels, which only linger in lists, are marked. */
  readonly associations: { ChannelArn: string; ChannelFlowArn: string; channelDeleted?: string }[];
  /** What processors have not answered yet. */
  readonly pendingCallbacks: Shown<Records['callbacks']>[];
  /** By the resource's ARN. */
  readonly tags: Record<string, Tags>;
};

/** Messages have their content: what is sent here is not for real. Those that were denied are not stored. */
export function viewOf(state: State): StateView {
  return JSON.parse(JSON.stringify({
    appInstances: sorted(state.appInstances.entries()),
    users: sorted(state.users.entries()),
    bots: sorted(state.bots.entries()),
    admins: sorted(state.admins.entries()),
    channels: sorted(state.channels.entries()),
    moderators: sorted(state.moderators.entries()),
    members: sorted(state.members.entries()),
    bans: sorted(state.bans.entries()),
    channelFlows: sorted(state.channelFlows.entries()),
    associations: sorted(state.associations.entries()).map(shownAssociation),
    messages: sorted(state.messages.entries()),
    pendingCallbacks: sorted(state.callbacks.entries()),
    tags: Object.fromEntries(byKey(state.tags.entries())
      .filter(([, tags]) => Object.keys(tags).length > 0)
      .map(([arn, tags]) => [arn, Object.fromEntries(byKey(Object.entries(tags)))])),
  }));
}

function byKey<T>(entries: [string, T][]): [string, T][] {
  return [...entries].sort(([a], [b]) => a < b ? -1 : 1);
}

const sorted = <T>(entries: [string, T][]) => byKey(entries).map(([, record]) => record);

const shownAssociation = ({ channel: { ChannelArn }, ...association }: Association) => ({ ChannelArn, ...association });
