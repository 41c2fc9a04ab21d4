import type { StateView } from '../emulator';

/** What the picture is drawn from. */
export type ConfigurationView =
  Pick<StateView, 'appInstances' | 'users' | 'admins' | 'channels' | 'channelFlows' | 'associations' | 'tags'>;

/** What the service holds, without what differs from run to run (ids, times) and with names in place of ARNs. */
export interface ServicePicture {
  readonly [appInstance: string]: AppInstancePicture;
}

export interface AppInstancePicture {
  readonly tags: Tags;
  readonly users: string[];
  readonly admins: string[];
  readonly channels: { readonly [channel: string]: ChannelPicture };
  readonly flows: { readonly [flow: string]: FlowPicture };
}

export interface ChannelPicture {
  /** Name of the flow that the channel carries. */
  readonly flow?: string;
  readonly tags: Tags;
  /** The flow that each claim of the library on this channel wants; see CONTRIBUTING.md. */
  readonly claims: string[];
}

export interface FlowPicture {
  readonly processors: { name: string; order: number; fallback: string; function: string }[];
  readonly tags: Tags;
}

type Tags = Readonly<Record<string, string>>;

/** Prefix of the tags that the library writes for itself. */
const RESERVED_PREFIX = 'cdk-chime-messaging:';
const CLAIM_PREFIX = `${RESERVED_PREFIX}claim:`;

/** Draws the picture of the service's state. */
export function pictureOf(state: ConfigurationView): ServicePicture {
  return byName(state.appInstances, ({ AppInstanceArn: arn }) => ({
    tags: usersTags(state, arn),
    users: idsWithin(arn, state.users.map(({ AppInstanceUserArn }) => AppInstanceUserArn)),
    admins: idsWithin(arn, state.admins.map(({ AppInstanceAdminArn }) => AppInstanceAdminArn)),
    channels: byName(
      state.channels.filter(({ ChannelArn }) => isWithin(arn, ChannelArn)),
      ({ ChannelArn }) => pictureOfChannel(state, ChannelArn),
    ),
    flows: byName(state.channelFlows.filter(({ ChannelFlowArn }) => isWithin(arn, ChannelFlowArn)), flow => ({
      processors: flow.Processors.map(processor => ({
        name: processor.Name,
        order: processor.ExecutionOrder,
        fallback: processor.FallbackAction,
        function: constructOf(processor.Configuration.Lambda.ResourceArn),
      })),
      tags: usersTags(state, flow.ChannelFlowArn),
    })),
  }));
}

function pictureOfChannel(state: ConfigurationView, arn: string): ChannelPicture {
  const association = state.associations.find(({ ChannelArn }) => ChannelArn === arn);
  return {
    ...association && { flow: flowName(state, idOf(association.ChannelFlowArn)) },
    tags: usersTags(state, arn),
    // The value names the flow that is wanted and then, for a while, the one before.
    claims: Object.entries(state.tags[arn] ?? {})
      .filter(([key]) => key.startsWith(CLAIM_PREFIX))
      .map(([, value]) => flowName(state, value.split(' ')[0])),
  };
}

function flowName(state: ConfigurationView, id: string): string {
  return state.channelFlows.find(({ ChannelFlowArn }) => idOf(ChannelFlowArn) === id)?.Name ?? 'a flow that is gone';
}

function usersTags(state: ConfigurationView, arn: string): Tags {
  return Object.fromEntries(Object.entries(state.tags[arn] ?? {}).filter(([key]) => !key.startsWith(RESERVED_PREFIX)));
}

const isWithin = (appInstanceArn: string, arn: string) => arn.startsWith(`${appInstanceArn}/`);

const idsWithin = (appInstanceArn: string, arns: string[]) =>
  arns.filter(arn => isWithin(appInstanceArn, arn)).map(idOf);

function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** Id of the function's construct: ministack, like CloudFormation, names a function `Stack-Id01234567-Random`. */
function constructOf(functionArn: string): string {
  return /:function:[^-]+-(.+)[0-9A-F]{8}-[^-]+$/.exec(functionArn)?.[1] ?? functionArn;
}

/** Two of one name would hide one another, so the second is told apart. */
function byName<Item extends { readonly Name: string }, Picture>(
  items: readonly Item[],
  draw: (item: Item) => Picture,
): Record<string, Picture> {
  const pictures: Record<string, Picture> = {};
  for (const item of [...items].sort((a, b) => a.Name.localeCompare(b.Name))) {
    const again = Object.keys(pictures).filter(name => name.startsWith(`${item.Name} #`) || name === item.Name).length;
    pictures[again === 0 ? item.Name : `${item.Name} #${again + 1}`] = draw(item);
  }
  return pictures;
}

/** The picture in words, a line for each thing. */
export function describe(picture: ServicePicture): string[] {
  const lines = Object.entries(picture).flatMap(([name, { tags, users, admins, channels, flows }]) => [
    `app instance ${name}${inBrackets(tags)}`,
    `  users: ${users.join(', ') || 'none'}; admins: ${admins.join(', ') || 'none'}`,
    ...Object.entries(flows).flatMap(([flow, { processors, tags: flowTags }]) => [
      `  flow ${flow}${inBrackets(flowTags)}: ${processors.map(({ name: processor, fallback, function: fn }) =>
        `processor ${processor} runs function ${fn}, fallback ${fallback}`).join(', ')}`,
    ]),
    ...Object.entries(channels).map(
      ([channel, { flow }]) => `  channel ${channel} ${flow ? `→ ${flow}` : 'has no flow'}`,
    ),
  ]);
  return lines.length > 0 ? lines : ['nothing'];
}

function inBrackets(tags: Tags): string {
  const pairs = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return pairs.length > 0 ? ` [${pairs.join(', ')}]` : '';
}
