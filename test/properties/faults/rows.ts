/** Every row of every lifecycle's table, as an event in a world that is arranged for it. */
import { inventedId, OTHER_STACK_ID, type Event, type Theatre } from './theatre';
import type { OperationName } from '../../../local/emulator/protocol/services';
import type { TypeName } from '../engine/resource-types';
import { ACCOUNT, REGION } from '../engine/service';
import type { Properties } from '../engine/template';

export interface Row {
  readonly type: TypeName;
  readonly name: string;
  /** Arranges the world, and says which event meets it. */
  arrange(world: Stage): Promise<Event>;
}

const THEIRS = { StackId: OTHER_STACK_ID };

/** The world before the event: two app instances, an admin and a user, channels and flows that nobody's stack made. */
export class Stage {
  public readonly first: string;
  public readonly second: string;
  public readonly boss: string;
  public readonly guest: string;
  public readonly lobby: string;
  public readonly hall: string;
  /** A flow that came by hand. */
  public readonly foreign: string;
  public readonly f1: string;
  public readonly f2: string;

  public constructor(public readonly theatre: Theatre) {
    const instance = (Name: string) => this.hand('CreateAppInstance', { Name }).AppInstanceArn;
    this.first = instance('first');
    this.second = instance('second');
    for (const appInstance of [this.first, this.second]) {
      const boss = this.user('boss', appInstance);
      this.hand('CreateAppInstanceAdmin', { AppInstanceArn: appInstance, AppInstanceAdminArn: boss });
    }
    this.boss = `${this.first}/user/boss`;
    this.guest = this.user('guest', this.first);
    this.lobby = this.channelByHand('lobby');
    this.hall = this.channelByHand('hall');
    [this.foreign, this.f1, this.f2] = ['foreign', 'f1', 'f2'].map(name => this.flowByHand(name));
    theatre.time.pass(60_000);
  }

  public hand(operation: OperationName, input: object): Record<string, any> {
    return this.theatre.service.byHand(operation, input);
  }

  public user(AppInstanceUserId: string, AppInstanceArn: string): string {
    return this.hand(
      'CreateAppInstanceUser', { AppInstanceArn, AppInstanceUserId, Name: AppInstanceUserId },
    ).AppInstanceUserArn;
  }

  public channelByHand(Name: string): string {
    return this.hand('CreateChannel', { AppInstanceArn: this.first, Name, ChimeBearer: this.boss }).ChannelArn;
  }

  public flowByHand(Name: string): string {
    return this.hand(
      'CreateChannelFlow', { AppInstanceArn: this.first, Name, Processors: processors(1, 1) },
    ).ChannelFlowArn;
  }

  public associate(ChannelArn: string, ChannelFlowArn: string): void {
    this.hand('AssociateChannelFlow', { ChannelArn, ChannelFlowArn, ChimeBearer: this.boss });
  }

  /** An event that goes before, undisturbed; the answer is its physical id. */
  public async played(type: TypeName, event: Event): Promise<string> {
    const { status, physicalId, reason } = await this.theatre.play(type, event);
    if (status === 'FAILED') throw new Error(`the world could not be arranged: ${reason}`);
    return physicalId;
  }

  public create(type: TypeName, ResourceProperties: Properties, more: Partial<Event> = {}): Promise<string> {
    return this.played(type, { RequestType: 'Create', ResourceProperties, ...more });
  }

  public flow(more: object = {}): Properties {
    return {
      AppInstanceArn: this.first, Name: 'moderation', Processors: processors(1, '1'), Bearer: this.boss, ...more,
    };
  }

  public association(ChannelFlowArn: string, more: object = {}): Properties {
    return { ChannelArn: this.lobby, ChannelFlowArn, Bearer: this.boss, OnExisting: 'FAIL', ...more };
  }

  public channel(more: object = {}): Properties {
    return { AppInstanceArn: this.first, Name: 'room', Bearer: this.boss, ...more };
  }

  public member(more: object = {}): Properties {
    return { AppInstanceArn: this.first, AppInstanceUserId: 'ann', Name: 'Ann', ...more };
  }

  public admin(AppInstanceAdminArn = this.guest): Properties {
    return { AppInstanceArn: AppInstanceAdminArn.split('/user/')[0], AppInstanceAdminArn };
  }

  public tags(wanted: Record<string, string>, AppInstanceArn = this.first): Properties {
    return { AppInstanceArn, Tags: tagList(wanted) };
  }
}

export function processors(count: number, order: number | string) {
  return Array.from({ length: count }, (_, index) => ({
    Name: `processor-${index + 1}`,
    ExecutionOrder: typeof order === 'string' ? String(index + 1) : index + 1,
    FallbackAction: 'ABORT',
    Configuration: {
      Lambda: { ResourceArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:moderate`, InvocationType: 'ASYNC' },
    },
  }));
}

function tagList(tags: Record<string, string>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

const created = (ResourceProperties: Properties): Event => ({ RequestType: 'Create', ResourceProperties });
const deleted = (PhysicalResourceId: string, ResourceProperties: Properties): Event =>
  ({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties });
const updated = (
  PhysicalResourceId: string, ResourceProperties: Properties, OldResourceProperties: Properties,
): Event =>
  ({ RequestType: 'Update', PhysicalResourceId, ResourceProperties, OldResourceProperties });

const row = (type: TypeName, name: string, arrange: Row['arrange']): Row => ({ type, name, arrange });

/** A resource that is made with some properties, then updated to others. */
const update = (
  type: TypeName, name: string, from: (world: Stage) => Properties, to: (world: Stage) => Properties,
): Row =>
  row(type, name, async world => updated(await world.create(type, from(world)), to(world), from(world)));

/** A replacement that was carried out and is rolled back, with the first id, or with the second. */
const undone = (type: TypeName, from: (world: Stage) => Properties, to: (world: Stage) => Properties): Row[] => [
  row(type, 'Update, back from a replacement, with the first id', async world => {
    const first = await world.create(type, from(world));
    await world.played(type, updated(first, to(world), from(world)));
    return updated(first, from(world), to(world));
  }),
  row(type, 'Update, back from a replacement, with the second id', async world => {
    const first = await world.create(type, from(world));
    const second = await world.played(type, updated(first, to(world), from(world)));
    return updated(second, from(world), to(world));
  }),
];

const removal = (
  type: TypeName, name: string, properties: (world: Stage) => Properties,
  meanwhile: (world: Stage, id: string) => void = () => {},
): Row =>
  row(type, name, async world => {
    const id = await world.create(type, properties(world));
    meanwhile(world, id);
    return deleted(id, properties(world));
  });

const invented = (type: TypeName, properties: (world: Stage) => Properties): Row[] => [
  row(type, 'Delete of an invented id, something was made', async world => {
    await world.create(type, properties(world));
    return deleted(inventedId(), properties(world));
  }),
  row(type, 'Delete of an invented id, nothing was made', async world => deleted(inventedId(), properties(world))),
];

const deleteFirst = (world: Stage) => world.hand('DeleteAppInstance', { AppInstanceArn: world.first });
const dropFlows = (world: Stage) =>
  [world.foreign, world.f1, world.f2].forEach(ChannelFlowArn => world.hand('DeleteChannelFlow', { ChannelFlowArn }));

const APP_INSTANCE: Row[] = [
  row('appInstance', 'Create', async () => created({ Name: 'mine', Metadata: 'm', Tags: tagList({ team: 'care' }) })),
  update('appInstance', 'Update, name and metadata', () => ({ Name: 'mine', Metadata: 'm' }), () => ({ Name: 'ours' })),
  update(
    'appInstance',
    'Update, tags',
    () => ({ Name: 'mine', Tags: tagList({ team: 'care' }) }),
    () => ({ Name: 'mine', Tags: tagList({ stage: 'prod' }) }),
  ),
  row('appInstance', 'Update, it is gone', async world => {
    const id = await world.create('appInstance', { Name: 'mine' });
    world.hand('DeleteAppInstance', { AppInstanceArn: id });
    return updated(id, { Name: 'ours' }, { Name: 'mine' });
  }),
  removal('appInstance', 'Delete', () => ({ Name: 'mine' })),
  removal(
    'appInstance',
    'Delete, gone already',
    () => ({ Name: 'mine' }),
    (world, AppInstanceArn) => world.hand('DeleteAppInstance', { AppInstanceArn }),
  ),
  ...invented('appInstance', () => ({ Name: 'mine' })),
];

const APP_INSTANCE_TAGS: Row[] = [
  row('appInstanceTags', 'Create', async world => created(world.tags({ team: 'care', stage: 'prod' }))),
  row('appInstanceTags', 'Create, a key is there with the same value', async world => {
    world.hand('TagResource', { ResourceARN: world.first, Tags: tagList({ team: 'care' }) });
    return created(world.tags({ team: 'care', stage: 'prod' }));
  }),
  update(
    'appInstanceTags',
    'Update, tags',
    world => world.tags({ team: 'care', old: '1' }),
    world => world.tags({ team: 'sales', new: '2' }),
  ),
  update(
    'appInstanceTags',
    'Update, app instance',
    world => world.tags({ team: 'care' }),
    world => world.tags({ team: 'care' }, world.second),
  ),
  ...undone(
    'appInstanceTags', world => world.tags({ team: 'care' }), world => world.tags({ team: 'care' }, world.second),
  ),
  removal('appInstanceTags', 'Delete', world => world.tags({ team: 'care' })),
  row('appInstanceTags', 'Delete, another stack claims a key too', async world => {
    const id = await world.create('appInstanceTags', world.tags({ team: 'care', stage: 'prod' }));
    await world.create('appInstanceTags', world.tags({ team: 'care' }), THEIRS);
    return deleted(id, world.tags({ team: 'care', stage: 'prod' }));
  }),
  removal('appInstanceTags', 'Delete, app instance gone', world => world.tags({ team: 'care' }), world => {
    dropFlows(world);
    deleteFirst(world);
  }),
  ...invented('appInstanceTags', world => world.tags({ team: 'care' })),
];

const USER: Row[] = [
  row('user', 'Create', async world => created(world.member({ Tags: tagList({ team: 'care' }) }))),
  update(
    'user',
    'Update, name and metadata',
    world => world.member(),
    world => world.member({ Name: 'Anna', Metadata: 'm' }),
  ),
  update(
    'user',
    'Update, tags',
    world => world.member({ Tags: tagList({ team: 'care' }) }),
    world => world.member({ Tags: tagList({ stage: 'prod' }) }),
  ),
  update('user', 'Update, user id', world => world.member(), world => world.member({ AppInstanceUserId: 'bob' })),
  ...undone('user', world => world.member(), world => world.member({ AppInstanceUserId: 'bob' })),
  row('user', 'Update, it is gone', async world => {
    const id = await world.create('user', world.member());
    world.hand('DeleteAppInstanceUser', { AppInstanceUserArn: id });
    return updated(id, world.member({ Name: 'Anna' }), world.member());
  }),
  removal('user', 'Delete', world => world.member()),
  removal(
    'user',
    'Delete, gone already',
    world => world.member(),
    (world, AppInstanceUserArn) => world.hand('DeleteAppInstanceUser', { AppInstanceUserArn }),
  ),
  ...invented('user', world => world.member()),
];

const ADMIN: Row[] = [
  row('admin', 'Create', async world => created(world.admin())),
  row('admin', 'Create, is admin already', async world => created(world.admin(world.boss))),
  update('admin', 'Update, user', world => world.admin(), world => world.admin(world.user('deputy', world.first))),
  ...undone('admin', world => world.admin(), world => world.admin(`${world.second}/user/boss`)),
  removal('admin', 'Delete', world => world.admin()),
  row('admin', 'Delete, another stack claims the admin too', async world => {
    const id = await world.create('admin', world.admin());
    await world.create('admin', world.admin(), THEIRS);
    return deleted(id, world.admin());
  }),
  removal(
    'admin',
    'Delete, user gone',
    world => world.admin(),
    world => world.hand('DeleteAppInstanceUser', { AppInstanceUserArn: world.guest }),
  ),
  ...invented('admin', world => world.admin()),
];

const CHANNEL: Row[] = [
  row('channel', 'Create', async world => created(world.channel({ Tags: tagList({ team: 'care' }) }))),
  row('channel', 'Create, with an id', async world => created(world.channel({ ChannelId: 'room' }))),
  update(
    'channel',
    'Update, name, mode and metadata',
    world => world.channel(),
    world => world.channel({ Name: 'suite', Mode: 'RESTRICTED', Metadata: 'm' }),
  ),
  update(
    'channel',
    'Update, tags',
    world => world.channel({ Tags: tagList({ team: 'care' }) }),
    world => world.channel({ Tags: tagList({ stage: 'prod' }) }),
  ),
  update('channel', 'Update, channel id', world => world.channel(), world => world.channel({ ChannelId: 'room' })),
  ...undone('channel', world => world.channel(), world => world.channel({ ChannelId: 'room' })),
  row('channel', 'Update, it is gone', async world => {
    const id = await world.create('channel', world.channel());
    world.hand('DeleteChannel', { ChannelArn: id, ChimeBearer: world.boss });
    return updated(id, world.channel({ Name: 'suite' }), world.channel());
  }),
  removal('channel', 'Delete', world => world.channel()),
  removal(
    'channel',
    'Delete, gone already',
    world => world.channel(),
    (world, ChannelArn) => world.hand('DeleteChannel', { ChannelArn, ChimeBearer: world.boss }),
  ),
  ...invented('channel', world => world.channel()),
];

const FLOW: Row[] = [
  row('flow', 'Create', async world => created(world.flow({ Tags: tagList({ team: 'care' }) }))),
  update(
    'flow',
    'Update, name and processors',
    world => world.flow(),
    world => world.flow({ Name: 'redaction', Processors: processors(2, '1') }),
  ),
  update(
    'flow',
    'Update, tags',
    world => world.flow({ Tags: tagList({ team: 'care' }) }),
    world => world.flow({ Tags: tagList({ stage: 'prod' }) }),
  ),
  update(
    'flow',
    'Update, app instance',
    world => world.flow(),
    world => world.flow({ AppInstanceArn: world.second, Bearer: undefined }),
  ),
  ...undone('flow', world => world.flow(), world => world.flow({ AppInstanceArn: world.second, Bearer: undefined })),
  row('flow', 'Update, it is gone', async world => {
    const id = await world.create('flow', world.flow());
    world.hand('DeleteChannelFlow', { ChannelFlowArn: id });
    return updated(id, world.flow({ Name: 'redaction' }), world.flow());
  }),
  removal('flow', 'Delete, no channel associated', world => world.flow()),
  removal(
    'flow',
    'Delete, channels associated',
    world => world.flow(),
    (world, id) => [world.lobby, world.hall].forEach(channel => world.associate(channel, id)),
  ),
  removal(
    'flow',
    'Delete, channels associated, bearer gone',
    world => world.flow({ Bearer: `${world.first}/user/gone` }),
    (world, id) => world.associate(world.lobby, id),
  ),
  removal(
    'flow',
    'Delete, gone already',
    world => world.flow(),
    (world, ChannelFlowArn) => world.hand('DeleteChannelFlow', { ChannelFlowArn }),
  ),
  removal('flow', 'Delete, app instance gone', world => world.flow(), (world, ChannelFlowArn) => {
    world.hand('DeleteChannelFlow', { ChannelFlowArn });
    dropFlows(world);
    deleteFirst(world);
  }),
  ...invented('flow', world => world.flow()),
];

const ASSOCIATION: Row[] = [
  row('association', 'Create, channel bare', async world => created(world.association(world.f1))),
  row('association', 'Create, the same flow is there', async world => {
    world.associate(world.lobby, world.f1);
    return created(world.association(world.f1));
  }),
  row('association', 'Create, another flow of the same stack is there', async world => {
    await world.create('association', world.association(world.f1), { LogicalResourceId: 'Former' });
    return created(world.association(world.f2));
  }),
  row('association', 'Create, another flow is there, REPLACE', async world => {
    world.associate(world.lobby, world.foreign);
    return created(world.association(world.f1, { OnExisting: 'REPLACE' }));
  }),
  row('association', 'Create, a flow of another stack is there, REPLACE', async world => {
    await world.create('association', world.association(world.foreign), THEIRS);
    return created(world.association(world.f1, { OnExisting: 'REPLACE' }));
  }),
  update('association', 'Update, flow', world => world.association(world.f1), world => world.association(world.f2)),
  update(
    'association',
    'Update, channel',
    world => world.association(world.f1),
    world => world.association(world.f1, { ChannelArn: world.hall }),
  ),
  ...undone(
    'association',
    world => world.association(world.f1),
    world => world.association(world.f1, { ChannelArn: world.hall }),
  ),
  removal('association', 'Delete, nobody else claims the channel', world => world.association(world.f1)),
  row('association', 'Delete, another stack claims the channel', async world => {
    await world.create('association', world.association(world.foreign), THEIRS);
    const id = await world.create('association', world.association(world.f1, { OnExisting: 'REPLACE' }));
    return deleted(id, world.association(world.f1, { OnExisting: 'REPLACE' }));
  }),
  row('association', 'Delete, a flow had been displaced', async world => {
    world.associate(world.lobby, world.foreign);
    const id = await world.create('association', world.association(world.f1, { OnExisting: 'REPLACE' }));
    return deleted(id, world.association(world.f1, { OnExisting: 'REPLACE' }));
  }),
  removal(
    'association',
    'Delete, channel gone',
    world => world.association(world.f1),
    world => world.hand('DeleteChannel', { ChannelArn: world.lobby, ChimeBearer: world.boss }),
  ),
  removal('association', 'Delete, flow gone', world => world.association(world.f1), world => {
    world.hand(
      'DisassociateChannelFlow', { ChannelArn: world.lobby, ChannelFlowArn: world.f1, ChimeBearer: world.boss },
    );
    world.theatre.time.pass(60_000);
    world.hand('DeleteChannelFlow', { ChannelFlowArn: world.f1 });
  }),
  ...invented('association', world => world.association(world.f1)),
];

export const ROWS: readonly Row[] = [
  ...APP_INSTANCE, ...APP_INSTANCE_TAGS, ...USER, ...ADMIN, ...CHANNEL, ...FLOW, ...ASSOCIATION,
];
