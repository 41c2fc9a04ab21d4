import { DeleteAppInstanceAdminCommand, DeleteAppInstanceCommand } from '@aws-sdk/client-chime-sdk-identity';
import { CreateChannelCommand, DeleteChannelCommand } from '@aws-sdk/client-chime-sdk-messaging';
import { channel } from '../../../src/handlers/channel/lifecycle';
import type { ChannelProperties } from '../../../src/handlers/channel/properties';
import { OWNER_TAG_KEY } from '../../../src/handlers/claims/owner';
import {
  createEvent, deleteEvent, inventedId, startService, updateEvent, type Behaviour, type Service,
} from '../fixture';
import { World } from '../world';

const DAY = 24 * 3_600_000;

let service: Service;
let world: World;

beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());
beforeEach(() => arrange());

async function arrange(behaviour: Behaviour = {}) {
  service.emulator.reset();
  world = await World.create(service);
  service.emulator.setBehaviour(behaviour);
  service.forgetCalls();
}

type Properties = Partial<ChannelProperties>;
const properties = (more: Properties = {}): ChannelProperties =>
  ({ AppInstanceArn: world.appInstance, Name: 'lobby', Bearer: world.admin, ...more });
const create = (more?: Properties, overrides?: Parameters<typeof createEvent>[1]) =>
  service.play(channel, createEvent(properties(more), overrides));
const update = (id: string, more: Properties, former: Properties = {}) =>
  service.play(channel, updateEvent(id, properties(more), properties(former)));
const remove = (id: string, more?: Properties) => service.play(channel, deleteEvent(id, properties(more)));

const channels = () => service.emulator.state().channels;
const arns = () => channels().map(({ ChannelArn }) => ChannelArn);
const deleteByHand = (arn: string) =>
  service.clients.messaging.send(new DeleteChannelCommand({ ChannelArn: arn, ChimeBearer: world.admin }));
const createByHand = (ChannelId: string) => service.clients.messaging.send(new CreateChannelCommand({
  AppInstanceArn: world.appInstance,
  Name: 'by hand',
  ChannelId,
  ChimeBearer: world.admin,
  ClientRequestToken: 'by-hand',
}));

describe.each([['a derived id', {}], ['an id of the template', { ChannelId: 'lobby' }]])('Create with %s', (_, id) => {
  test('makes it with all properties, tags and the owner tag in one call', async () => {
    const { physicalId, data } = await create({
      ...id, Mode: 'RESTRICTED', Privacy: 'PRIVATE', Metadata: 'm', Tags: [{ Key: 'team', Value: 'care' }],
    });
    expect(service.operations()).toEqual(['CreateChannel']);
    expect(channels()).toMatchObject([{
      ChannelArn: physicalId,
      Name: 'lobby',
      Mode: 'RESTRICTED',
      Privacy: 'PRIVATE',
      Metadata: 'm',
      CreatedBy: world.admin,
    }]);
    expect(world.tagsOf(physicalId)).toEqual({ [OWNER_TAG_KEY]: expect.any(String), team: 'care' });
    expect(data).toEqual({ ChannelArn: physicalId });
  });

  test('delivered twice makes one', async () => {
    const event = createEvent(properties(id));
    const first = await service.play(channel, event);
    await expect(service.play(channel, event)).resolves.toEqual(first);
    expect(channels()).toHaveLength(1);
  });

  test.each(['idempotent', 'conflict'] as const)(
    'goes on after a lost answer, where a repeated token is %s',
    async repeatedToken => {
      await arrange({ repeatedToken, faults: [{ operation: 'CreateChannel', error: 'lost-answer' }] });
      const { physicalId } = await create(id);
      expect(arns()).toEqual([physicalId]);
    },
  );

  test('that fails after it found its own answers with the real id', async () => {
    await arrange({
      repeatedToken: 'conflict',
      faults: [
        { operation: 'CreateChannel', error: 'lost-answer' }, { operation: 'UpdateChannel', error: 'BadRequest' },
      ],
    });
    const failure = await create(id).catch(error => error);
    expect(failure).toMatchObject({
      name: 'FailedWithPhysicalId', physicalId: arns()[0], cause: { name: 'BadRequestException' },
    });
  });
});

describe('Create', () => {
  test('without mode and privacy makes what the construct promises', async () => {
    await create();
    expect(channels()).toMatchObject([{ Mode: 'UNRESTRICTED', Privacy: 'PUBLIC' }]);
  });

  test('of an id that somebody else has fails, and changes nothing', async () => {
    await createByHand('lobby');
    await expect(create({ ChannelId: 'lobby' })).rejects.toThrow(
      /^CreateChannel failed: ConflictException: .* — channel id lobby is taken, and not by this resource/,
    );
    expect(channels()).toMatchObject([{ Name: 'by hand' }]);
  });

  test.each([
    ['NotFound', 'channel id lobby is taken'], ['Forbidden', 'channel id lobby is taken'],
    ['BadRequest', 'ListTagsForResource'],
  ] as const)(
    'of an id that is taken takes nothing over where it can\'t learn by whom (%s)', async (error, message) => {
      await create({ ChannelId: 'lobby' });
      service.emulator.setBehaviour({
        repeatedToken: 'conflict', faults: [{ operation: 'ListTagsForResource', error }],
      });
      await expect(create({ ChannelId: 'lobby', Name: 'new lobby' })).rejects.toThrow(message);
      expect(channels()).toMatchObject([{ Name: 'lobby' }]);
    },
  );

  test('does not take over what was retained from an earlier life, but makes another', async () => {
    const { physicalId: retained } = await create();
    service.time.pass(DAY);
    const { physicalId } = await create({ Name: 'new lobby' });
    expect(physicalId).not.toBe(retained);
    expect(channels().map(({ Name }) => Name).sort()).toEqual(['lobby', 'new lobby']);
    // It is ours all the same: an Update stays on it.
    await expect(update(physicalId, { Name: 'newer lobby' }, { Name: 'new lobby' })).resolves.toMatchObject({
      physicalId,
    });
    expect(channels()).toHaveLength(2);
  });

  test('does not take over a channel of another privacy', async () => {
    await create({ ChannelId: 'lobby', Privacy: 'PRIVATE' });
    await expect(create({ ChannelId: 'lobby' })).rejects.toThrow(/channel id lobby is taken, and not by this resource/);
    expect(channels()).toMatchObject([{ Privacy: 'PRIVATE' }]);
  });

  test(
    'that made a second channel beside a retained one, and lost its answer, is found by the Delete of an invented id',
    async () => {
      const { physicalId: retained } = await create();
      service.time.pass(DAY);
      await create();
      await remove(inventedId());
      expect(arns()).toEqual([retained]);
    },
  );

  test('takes over nothing that is older than its event', async () => {
    const { physicalId: retained } = await create();
    service.time.pass(3_600_000);
    const { physicalId } = await service.play(channel, { ...createEvent(properties()), signed: service.time.now() });
    expect(physicalId).not.toBe(retained);
  });

  test('two resources, or one of another stack, make channels of their own', async () => {
    await create();
    await create({}, { LogicalResourceId: 'Other' });
    await create({}, { StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/other/1' });
    expect(channels()).toHaveLength(3);
  });

  test('in the name of a bearer who was promoted just now waits', async () => {
    await arrange({ faults: [{ operation: 'CreateChannel', error: 'Forbidden', times: 4 }] });
    const { physicalId } = await create();
    expect(arns()).toEqual([physicalId]);
  });

  test('in the name of a bearer who is none fails and says which property to set', async () => {
    await expect(create({ Bearer: `${world.appInstance}/user/nobody` })).rejects.toThrow(/nobody.*'bearer'/);
    expect(channels()).toEqual([]);
  });

  test('refuses properties that are no strings before any call', async () => {
    const wrong = 7 as never;
    await expect(
      create({ Name: wrong, Bearer: '', ChannelId: wrong, Mode: wrong, Privacy: wrong, Metadata: wrong, Tags: wrong }),
    ).rejects.toThrow(
      'Name must be a string that is not empty; Bearer must be a string that is not empty; ChannelId must be a string; '
        + 'Mode must be a string; '
      + 'Privacy must be a string; Metadata must be a string; Tags must be a list of { Key, Value } — correct the '
        + 'properties in the template',
    );
    await expect(create({ AppInstanceArn: wrong })).rejects.toThrow(
      'AppInstanceArn must be a string that is not empty — ',
    );
    expect(service.operations()).toEqual([]);
  });

  test('derives the id for ever in the same way, so that another event of another release finds it', async () => {
    const ids = [];
    for (const privacy of [{}, {}, { Privacy: 'PRIVATE' }]) {
      ids.push((await create(privacy)).physicalId.split('/').pop());
      service.time.pass(DAY);
    }
    expect(ids).toEqual([
      'cdk-public-ddb9a3e5eb6374902184c66c11c2f640', 'cdk-public-ddb9a3e5eb6374902184c66c11c2f640-2',
      'cdk-private-ddb9a3e5eb6374902184c66c11c2f640',
    ]);
  });

  test('in what is no app instance fails before any call', async () => {
    await expect(create({ AppInstanceArn: 'chat' })).rejects.toThrow(
      "'appInstance' must be an app instance ARN, got chat",
    );
    expect(service.operations()).toEqual([]);
  });
});

describe('Update', () => {
  let arn: string;
  const former = { Metadata: 'm', Tags: [{ Key: 'team', Value: 'care' }] };
  beforeEach(async () => {
    arn = (await create(former)).physicalId;
    service.forgetCalls();
  });

  test.each([
    ['nothing', {}],
    ['only the bearer', { Bearer: 'arn:aws:chime:us-east-1:123456789012:app-instance/a/user/somebody' }],
    ['only what the default says', { Mode: 'UNRESTRICTED', Privacy: 'PUBLIC' }],
  ])(
    'that changes %s makes no call', async (_, change) => {
      await expect(update(arn, { ...former, ...change }, former)).resolves.toMatchObject({ physicalId: arn });
      expect(service.operations()).toEqual([]);
    },
  );

  test.each([
    ['name', { Name: 'hall' }, { Name: 'hall', Mode: 'UNRESTRICTED', Metadata: 'm' }],
    ['mode', { Mode: 'RESTRICTED' }, { Name: 'lobby', Mode: 'RESTRICTED', Metadata: 'm' }],
    ['metadata', { Metadata: 'n' }, { Name: 'lobby', Mode: 'UNRESTRICTED', Metadata: 'n' }],
  ])('of the %s is one call that keeps the rest', async (_, change, expected) => {
    await update(arn, { ...former, ...change }, former);
    expect(service.operations()).toEqual(['ListTagsForResource', 'UpdateChannel']);
    expect(channels()).toMatchObject([{ ChannelArn: arn, ...expected }]);
    await update(arn, former, { ...former, ...change });
    expect(channels()).toMatchObject([{ ChannelArn: arn, Name: 'lobby', Mode: 'UNRESTRICTED', Metadata: 'm' }]);
  });

  test('that drops the metadata empties it', async () => {
    await update(arn, { ...former, Metadata: undefined }, former);
    expect(service.emulator.calls().at(-1)!.input).toMatchObject({ Name: 'lobby', Metadata: '' });
  });

  test('that is refused for another reason than that it is gone looks no further', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'UpdateChannel', error: 'BadRequest' }] });
    await expect(update(arn, { ...former, Name: 'hall' }, former)).rejects.toMatchObject({
      name: 'BadRequestException',
    });
    expect(service.operations()).toEqual(['ListTagsForResource', 'UpdateChannel']);
  });

  test('of tags changes its own keys only', async () => {
    await world.tag(arn, { theirs: '1' });
    await update(arn, { ...former, Tags: [{ Key: 'stage', Value: 'prod' }] }, former);
    expect(world.tagsOf(arn)).toEqual({ [OWNER_TAG_KEY]: expect.any(String), theirs: '1', stage: 'prod' });
  });

  test.each([
    ['privacy', { Privacy: 'PRIVATE' }],
    ['channel id', { ChannelId: 'hall' }],
    ['channel id and name', { ChannelId: 'hall', Name: 'hall' }],
  ])('of the %s makes another, and a rollback returns to the first', async (_, change) => {
    const { physicalId } = await update(arn, { ...former, ...change }, former);
    expect(arns().sort()).toEqual([arn, physicalId].sort());
    service.time.pass(DAY);

    // Which id a rollback carries is not known: both lead back to the first.
    for (const id of [physicalId, arn]) {
      await expect(update(id, former, { ...former, ...change })).resolves.toMatchObject({ physicalId: arn });
    }
    await remove(physicalId, change);
    expect(channels()).toMatchObject([{ ChannelArn: arn, Name: 'lobby', Privacy: 'PUBLIC', Metadata: 'm' }]);
  });

  test('of the app instance makes another there, and one back that never learnt of it deletes that', async () => {
    const other = await World.create(service);
    const there = { ...former, AppInstanceArn: other.appInstance, Bearer: other.admin };
    const { physicalId } = await update(arn, there, former);
    expect(physicalId.startsWith(`${other.appInstance}/channel/`)).toBe(true);
    await expect(update(arn, former, there)).resolves.toMatchObject({ physicalId: arn });
    expect(arns()).toEqual([arn]);
  });

  test('back to a former channel that fails names no other id', async () => {
    const change = { ChannelId: 'hall' };
    const { physicalId } = await update(arn, { ...former, ...change }, former);
    service.emulator.setBehaviour({ faults: [{ operation: 'UpdateChannel', error: 'BadRequest' }] });
    await expect(update(physicalId, former, { ...former, ...change })).rejects.toMatchObject({
      name: 'BadRequestException',
    });
  });

  test('of the privacy of a channel with an id fails, and a rollback goes through', async () => {
    const { physicalId } = await create({ ChannelId: 'hall' });
    await expect(update(physicalId, { ChannelId: 'hall', Privacy: 'PRIVATE' }, { ChannelId: 'hall' })).rejects.toThrow(
      /the privacy of channel .*\/hall can't be changed: it is PUBLIC, the template wants PRIVATE — choose another channel id as well/,
    );
    await expect(
      update(physicalId, { ChannelId: 'hall' }, { ChannelId: 'hall', Privacy: 'PRIVATE' }),
    ).resolves.toMatchObject({ physicalId });
  });

  test.each(['not-found', 'forbidden'] as const)('of what is gone (%s) makes it anew', async answer => {
    service.emulator.setBehaviour({ missingChannel: answer, listTagsOfMissing: answer });
    await deleteByHand(arn);
    const { physicalId } = await update(arn, { ...former, Name: 'hall' }, former);
    expect(channels()).toMatchObject([{ ChannelArn: physicalId, Name: 'hall' }]);
    await deleteByHand(physicalId);
    await update(physicalId, { ...former, Tags: [] }, former);
    expect(channels()).toHaveLength(1);
  });

  test('in the name of a bearer without rights fails, and makes no second channel', async () => {
    const guest = await world.user('guest');
    await expect(update(arn, { ...former, Name: 'hall', Bearer: guest }, { ...former, Bearer: guest })).rejects.toThrow(
      /guest.*'bearer'/,
    );
    expect(channels()).toMatchObject([{ ChannelArn: arn, Name: 'lobby' }]);
  });

  test('back from a replacement whose answer was lost deletes what it made', async () => {
    const id = arn.split('/').pop()!;
    await update(arn, { ...former, ChannelId: 'other' }, former);
    expect(arns()).toHaveLength(2);
    await expect(update(arn, former, { ...former, ChannelId: 'other' })).resolves.toEqual({
      physicalId: arn, data: expect.anything(),
    });
    expect(arns()).toEqual([expect.stringContaining(id)]);
  });

  test('back from a replacement deletes what that made also where the channel itself is gone meanwhile', async () => {
    await update(arn, { ...former, Privacy: 'PRIVATE' }, former);
    await deleteByHand(arn);
    const { physicalId } = await update(arn, former, { ...former, Privacy: 'PRIVATE' });
    expect(arns()).toEqual([physicalId]);
  });

  test('back from a replacement in an app instance that has lost its admins succeeds', async () => {
    const other = await World.create(service);
    const there = { AppInstanceArn: other.appInstance, Bearer: other.admin };
    await update(arn, { ...former, ...there }, former);
    await service.clients.identity.send(
      new DeleteAppInstanceAdminCommand({ AppInstanceArn: other.appInstance, AppInstanceAdminArn: other.admin }),
    );
    await expect(update(arn, former, { ...former, ...there })).resolves.toMatchObject({ physicalId: arn });
  });
});

describe('Delete', () => {
  test('is one call', async () => {
    const { physicalId } = await create();
    service.forgetCalls();
    await remove(physicalId);
    expect(service.operations()).toEqual(['ListTagsForResource', 'DeleteChannel']);
    expect(channels()).toEqual([]);
  });

  test.each([
    'lobby', 'cdk-public-lobby', `cdk-public-${'0'.repeat(31)}`, `x-cdk-public-${'0'.repeat(32)}`,
    `cdk-public-${'0'.repeat(32)}-10`,
  ])(
    'of the template\'s id %s looks whose the channel is: another resource may have taken the id after a lost answer',
    async ChannelId => {
      const id = { ChannelId };
      const { physicalId } = await create(id);
      service.forgetCalls();
      await remove(physicalId, id);
      expect(service.operations()).toEqual(['ListTagsForResource', 'DeleteChannel']);
      await create(id, { LogicalResourceId: 'Other' });
      await expect(remove(physicalId, id)).resolves.toEqual({ physicalId });
      expect(arns()).toEqual([physicalId]);
    },
  );

  test.each(['not-found', 'forbidden'] as const)('of what is gone already (%s) succeeds', async missingChannel => {
    const { physicalId } = await create();
    await deleteByHand(physicalId);
    service.emulator.setBehaviour({ missingChannel });
    await expect(remove(physicalId)).resolves.toEqual({ physicalId });
  });

  test.each(['not-found', 'forbidden'] as const)(
    'in an app instance that is gone (%s) succeeds',
    async missingAppInstance => {
      const { physicalId } = await create();
      service.emulator.setBehaviour({ missingAppInstance, missingChannel: missingAppInstance });
      await service.clients.identity.send(new DeleteAppInstanceCommand({ AppInstanceArn: world.appInstance }));
      await expect(remove(physicalId)).resolves.toEqual({ physicalId });
    },
  );

  test('finds another admin where its bearer is none any more', async () => {
    const { physicalId } = await create();
    await remove(physicalId, { Bearer: await world.user('guest') });
    expect(channels()).toEqual([]);
  });

  test('without any admin fails and says which property to set', async () => {
    const { physicalId } = await create();
    await service.clients.identity.send(
      new DeleteAppInstanceAdminCommand({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: world.admin }),
    );
    await expect(remove(physicalId, { Bearer: await world.user('guest') })).rejects.toThrow(/guest.*'bearer'/);
    expect(channels()).toHaveLength(1);
  });

  test('never takes a denial of IAM for gone', async () => {
    const { physicalId } = await create();
    service.emulator.setBehaviour({ faults: [{ operation: 'DeleteChannel', error: 'AccessDenied', times: 99 }] });
    await expect(remove(physicalId)).rejects.toThrow('not authorized to perform');
    expect(channels()).toHaveLength(1);
  });

  test('waits a while where something still holds the channel', async () => {
    const { physicalId } = await create();
    service.emulator.setBehaviour({ faults: [{ operation: 'DeleteChannel', error: 'Conflict', times: 3 }] });
    await remove(physicalId);
    expect(channels()).toEqual([]);
  });

  describe('of an id that CloudFormation invented', () => {
    test.each([[{}], [{ ChannelId: 'lobby' }]])('deletes what a Create made without learning its ARN: %j', async id => {
      await create(id);
      await remove(inventedId(), id);
      expect(channels()).toEqual([]);
    });

    test('leaves alone what was retained from an earlier life, with its messages', async () => {
      await create();
      service.time.pass(DAY);
      await remove(inventedId());
      expect(channels()).toHaveLength(1);
    });

    test('leaves alone what goes while it looks, and fails where it can\'t look', async () => {
      await create();
      service.emulator.setBehaviour({ faults: [{ operation: 'DescribeChannel', error: 'NotFound' }] });
      await expect(remove(inventedId())).resolves.toEqual({ physicalId: inventedId() });
      service.emulator.setBehaviour({ faults: [{ operation: 'DescribeChannel', error: 'BadRequest' }] });
      await expect(remove(inventedId())).rejects.toMatchObject({ name: 'BadRequestException' });
      expect(channels()).toHaveLength(1);
    });

    test('leaves alone what is not ours, and succeeds where there is nothing', async () => {
      await createByHand('lobby');
      await remove(inventedId(), { ChannelId: 'lobby' });
      await remove(inventedId());
      await remove(inventedId(), { AppInstanceArn: undefined as never });
      expect(channels()).toHaveLength(1);
    });
  });
});
