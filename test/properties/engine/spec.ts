import { ACCOUNT, REGION } from './service';
import { attribute, type Policy, type Resource, type Template } from './template';

/** What exists before any stack, twice: an app instance with an admin, a user, channels and a channel flow. */
export interface Imports {
  readonly appInstance: string;
  readonly boss: string;
  readonly guest: string;
  readonly channels: readonly [string, string];
  readonly flow: string;
}
export type HomeName = 'H1' | 'H2';
export type World = Readonly<Record<HomeName, Imports>>;

/** Where all of a stack lives: in an app instance that exists, or in its own. */
export type Home = HomeName | 'own';

export type TagSet = Readonly<Record<string, string>>;

/**
 * What a stack's template says, one choice a slot. `generation` is part of the logical id: another one is a renamed
 * construct.
 */
export interface Spec {
  readonly home: Home;
  readonly app?: { readonly name: string; readonly metadata?: string; readonly tags: TagSet; readonly policy: Policy };
  readonly user?: { readonly id: string; readonly name: string; readonly tags: TagSet };
  readonly admin?: { readonly of: 'user' | 'guest'; readonly generation: number };
  readonly c1?: ChannelSpec;
  readonly c2?: ChannelSpec;
  readonly f1?: FlowSpec;
  readonly f2?: FlowSpec;
  readonly x1?: AssociationSpec;
  readonly x2?: AssociationSpec;
  readonly tags?: {
    readonly on: HomeName;
    readonly tags: TagSet;
    readonly generation: number;
    readonly policy: Policy;
  };
  readonly native?: { readonly version: number; readonly fails: boolean };
  /** How often a stack refactoring gave the slot's resource another logical id. */
  readonly refactored?: { readonly [Slot in RefactoredSlot]?: number };
}

/** What only claims: another logical id must not make it lose its claims. */
export type RefactoredSlot = 'admin' | 'x1' | 'x2' | 'tags';

export interface ChannelSpec {
  readonly name: string;
  readonly id?: string;
  readonly privacy?: string;
  readonly tags: TagSet;
  readonly policy: Policy;
  readonly generation: number;
}

export interface FlowSpec {
  readonly name: string;
  readonly tags: TagSet;
  readonly processors: number;
  readonly hasBearer: boolean;
  readonly policy: Policy;
  readonly generation: number;
}

export interface AssociationSpec {
  readonly channel: 'c1' | 'c2' | 'import1' | 'import2';
  readonly flow: 'f1' | 'f2' | 'import';
  readonly bearer: 'boss' | 'admin';
  readonly onExisting: 'FAIL' | 'REPLACE';
  readonly generation: number;
}

type Slots = { [logicalId: string]: Resource };

/** Flows of this name have it in every stack and slot, and in both imported app instances: a name proves nothing. */
export const COMMON_NAME = 'common';

/** Most names are like the constructs', which make one of the construct's path. */
function withOwnNames(spec: Spec, stack: number): Spec {
  const named = (slot: 'f1' | 'f2') => {
    const flow = spec[slot];
    return flow === undefined
      ? {}
      : { [slot]: { ...flow, name: flow.name === COMMON_NAME ? COMMON_NAME : `${flow.name}-${stack}-${slot}` } };
  };
  return { ...spec, ...named('f1'), ...named('f2') };
}

/** The template that the constructs would make of it; what can't be is left out, as validation would refuse it. */
export function templateOf(given: Spec, world: World, stack: number): Template {
  const spec = withOwnNames(given, stack);
  const imports = spec.home === 'own' ? undefined : world[spec.home];
  const resources: Slots = {};
  if (spec.home === 'own' && spec.app !== undefined) {
    const { name, metadata, tags, policy } = spec.app;
    resources.App = {
      type: 'appInstance', properties: { Name: name, Metadata: metadata, Tags: tagList(tags) }, policy,
    };
  }
  const appInstance = imports?.appInstance ?? (resources.App && attribute('App', 'AppInstanceArn'));
  if (appInstance !== undefined) addMembers(spec, resources, appInstance, imports);
  if (spec.tags !== undefined) {
    const { on, tags, policy } = spec.tags;
    resources[logicalIdOf(spec, 'tags')!] = {
      type: 'appInstanceTags', properties: { AppInstanceArn: world[on].appInstance, Tags: tagList(tags) }, policy,
    };
  }
  if (spec.native !== undefined) {
    resources.Native = { type: 'native', properties: spec.native, dependsOn: Object.keys(resources), policy: 'Delete' };
  }
  return resources;
}

function addMembers(spec: Spec, resources: Slots, appInstance: unknown, imports: Imports | undefined): void {
  if (spec.user !== undefined) {
    const { id, name, tags } = spec.user;
    resources.User = {
      type: 'user',
      properties: {
        AppInstanceArn: appInstance, AppInstanceUserId: id, Name: name, Tags: tagList(tags),
      },
      policy: 'Delete',
    };
  }
  const promoted = spec.admin?.of === 'guest'
    ? imports?.guest
    : resources.User && attribute('User', 'AppInstanceUserArn');
  if (spec.admin !== undefined && promoted !== undefined) {
    resources[logicalIdOf(spec, 'admin')!] = {
      type: 'admin', properties: { AppInstanceArn: appInstance, AppInstanceAdminArn: promoted }, policy: 'Delete',
    };
  }
  addChannelsAndFlows(spec, resources, appInstance, imports);
}

function addChannelsAndFlows(spec: Spec, resources: Slots, appInstance: unknown, imports: Imports | undefined): void {
  const admins = Object.keys(resources).filter(id => id.startsWith('Admin'));
  const own = admins.map(id => attribute(id, 'AppInstanceAdminArn'))[0];
  const boss = imports?.boss ?? own;
  if (boss === undefined) return;
  // In an app instance that goes with the stack nothing is retained: it would go all the same.
  const policyOf = ({ policy }: { policy: Policy }): Policy => imports === undefined ? 'Delete' : policy;

  for (const slot of ['c1', 'c2'] as const) {
    const channel = spec[slot];
    if (channel === undefined) continue;
    resources[logicalIdOf(spec, slot)!] = {
      type: 'channel',
      properties: {
        AppInstanceArn: appInstance,
        Name: channel.name,
        Bearer: boss,
        ChannelId: channel.id,
        Privacy: channel.privacy,
        Tags: tagList(channel.tags),
      },
      dependsOn: admins,
      policy: policyOf(channel),
    };
  }
  for (const slot of ['f1', 'f2'] as const) {
    const flow = spec[slot];
    if (flow === undefined) continue;
    resources[logicalIdOf(spec, slot)!] = {
      type: 'flow',
      properties: {
        AppInstanceArn: appInstance,
        Name: flow.name,
        Processors: Array.from({ length: flow.processors }, (_, index) => processor(index + 1)),
        Bearer: flow.hasBearer ? boss : undefined,
        Tags: tagList(flow.tags),
      },
      dependsOn: admins,
      policy: policyOf(flow),
    };
  }
  for (const slot of ['x1', 'x2'] as const) {
    const association = spec[slot];
    if (association === undefined) continue;
    // One channel takes one association of an app.
    if (slot === 'x2' && association.channel === spec.x1?.channel && 'x1' in spec) continue;
    const { channel, flow, bearer, onExisting } = association;
    const made = (id: string | undefined, name: string) =>
      id !== undefined && id in resources ? attribute(id, name) : undefined;
    const channelArn = channel === 'c1' || channel === 'c2'
      ? made(logicalIdOf(spec, channel), 'ChannelArn')
      : imports?.channels[channel === 'import1' ? 0 : 1];
    const flowArn = flow === 'import' ? imports?.flow : made(logicalIdOf(spec, flow), 'ChannelFlowArn');
    if (channelArn === undefined || flowArn === undefined) continue;
    resources[logicalIdOf(spec, slot)!] = {
      type: 'association',
      properties: {
        ChannelArn: channelArn,
        ChannelFlowArn: flowArn,
        Bearer: bearer === 'admin' && own ? own : boss,
        OnExisting: onExisting,
      },
      dependsOn: admins,
      policy: flow === 'import' ? 'Delete' : resources[logicalIdOf(spec, flow)!].policy,
    };
  }
}

/** Undefined where the slot is empty. */
export function logicalIdOf(spec: Spec, slot: RefactoredSlot | 'c1' | 'c2' | 'f1' | 'f2'): string | undefined {
  const refactored = spec.refactored?.[slot as RefactoredSlot] ?? 0;
  return spec[slot] && `${slot[0].toUpperCase()}${slot.slice(1)}${spec[slot].generation}${'R'.repeat(refactored)}`;
}

function processor(order: number) {
  return {
    Name: `processor-${order}`,
    ExecutionOrder: order,
    FallbackAction: 'ABORT',
    Configuration: {
      Lambda: { ResourceArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:moderate`, InvocationType: 'ASYNC' },
    },
  };
}

function tagList(tags: TagSet): { Key: string; Value: string }[] | undefined {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return list.length > 0 ? list : undefined;
}
