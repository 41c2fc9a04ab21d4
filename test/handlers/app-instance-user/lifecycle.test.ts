import {
  CreateAppInstanceUserCommand, DeleteAppInstanceCommand, DeleteAppInstanceUserCommand, TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { appInstanceUser } from '../../../src/handlers/app-instance-user/lifecycle';
import type { AppInstanceUserProperties } from '../../../src/handlers/app-instance-user/properties';
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

type Properties = Partial<AppInstanceUserProperties>;
const properties = (more: Properties = {}): AppInstanceUserProperties =>
  ({ AppInstanceArn: world.appInstance, AppInstanceUserId: 'ann', Name: 'Ann', ...more });
const create = (more?: Properties, overrides?: Parameters<typeof createEvent>[1]) =>
  service.play(appInstanceUser, createEvent(properties(more), overrides));
const update = (id: string, more: Properties, former: Properties = {}) =>
  service.play(appInstanceUser, updateEvent(id, properties(more), properties(former)));
const remove = (id: string, more?: Properties) => service.play(appInstanceUser, deleteEvent(id, properties(more)));

/** All but the admin who was there from the start. */
const users = () => service.emulator.state().users.filter(user => user.AppInstanceUserArn !== world.admin);
const arnOf = (id: string) => `${world.appInstance}/user/${id}`;
const behindOurBack = (id: string) => service.clients.identity.send(new CreateAppInstanceUserCommand({
  AppInstanceArn: world.appInstance, AppInstanceUserId: id, Name: 'by hand', ClientRequestToken: 'by-hand',
}));

describe('Create', () => {
  test('makes it with name, metadata, tags and the owner tag in one call', async () => {
    const { physicalId, data } = await create({ Metadata: 'm', Tags: [{ Key: 'team', Value: 'care' }] });
    expect(service.operations()).toEqual(['CreateAppInstanceUser']);
    expect(users()).toMatchObject([{ AppInstanceUserArn: physicalId, Name: 'Ann', Metadata: 'm' }]);
    expect(world.tagsOf(physicalId)).toEqual({ [OWNER_TAG_KEY]: expect.any(String), team: 'care' });
    expect(data).toEqual({ AppInstanceUserArn: physicalId });
  });

  test('delivered twice makes one', async () => {
    const event = createEvent(properties());
    const first = await service.play(appInstanceUser, event);
    await expect(service.play(appInstanceUser, event)).resolves.toEqual(first);
  });

  test.each(['idempotent', 'conflict'] as const)(
    'goes on after a lost answer, where a repeated token is %s',
    async repeatedToken => {
      await arrange({ repeatedToken, faults: [{ operation: 'CreateAppInstanceUser', error: 'lost-answer' }] });
      const { physicalId } = await create();
      expect(users().map(user => user.AppInstanceUserArn)).toContain(physicalId);
      expect(users().map(user => user.AppInstanceUserArn)).not.toContain(arnOf('second'));
    },
  );

  test('of an id that somebody else has fails, and changes nothing', async () => {
    await behindOurBack('ann');
    await expect(create()).rejects.toThrow(
      /^CreateAppInstanceUser failed: ConflictException: .* — user id ann is taken, and not by this resource/,
    );
    expect(users()).toMatchObject([{ Name: 'by hand' }]);
  });

  test('does not take over what was retained from an earlier life', async () => {
    await create();
    service.time.pass(DAY);
    await expect(create({ Name: 'Another Ann' })).rejects.toThrow('is taken');
    expect(users()).toMatchObject([{ Name: 'Ann' }]);
  });

  test('that fails after it found its own answers with the real id', async () => {
    await arrange({
      repeatedToken: 'conflict',
      faults: [
        { operation: 'CreateAppInstanceUser', error: 'lost-answer' },
        { operation: 'UpdateAppInstanceUser', error: 'BadRequest' },
      ],
    });
    await expect(create()).rejects.toMatchObject({
      name: 'FailedWithPhysicalId', physicalId: arnOf('ann'), cause: { name: 'BadRequestException' },
    });
  });

  test('that fails for another reason does not say that the id is taken', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'CreateAppInstanceUser', error: 'BadRequest' }] });
    await expect(create()).rejects.toMatchObject({ name: 'BadRequestException' });
    expect(users()).toEqual([]);
  });

  test('of an id that is taken fails where it can\'t learn by whom', async () => {
    await behindOurBack('ann');
    service.emulator.setBehaviour({ faults: [{ operation: 'ListTagsForResource', error: 'BadRequest' }] });
    await expect(create()).rejects.toMatchObject({
      name: 'FailedWithPhysicalId',
      physicalId: expect.stringContaining(
        'create-unknown',
      ),
      message: expect.stringContaining('ListTagsForResource failed: Bad'),
    });
  });

  test('refuses properties that are no strings before any call', async () => {
    await expect(
      create({ AppInstanceUserId: '', Name: 7 as never, Metadata: {} as never, Tags: 'x' as never }),
    ).rejects.toThrow(
      'AppInstanceUserId must be a string that is not empty; Name must be a string that is not empty; Metadata must be '
        + 'a string; '
      + 'Tags must be a list of { Key, Value } — correct the properties in the template',
    );
    expect(service.operations()).toEqual([]);
  });

  test('in what is no app instance fails before any call', async () => {
    await expect(create({ AppInstanceArn: 'arn:aws:s3:::bucket' })).rejects.toThrow(
      "'appInstance' must be an app instance ARN, got arn:aws:s3:::bucket",
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

  test('that changes nothing makes no call', async () => {
    await update(arn, former, former);
    expect(service.operations()).toEqual([]);
  });

  test('of the name sends the metadata along', async () => {
    await update(arn, { ...former, Name: 'Anna' }, former);
    expect(service.operations()).toEqual(['ListTagsForResource', 'UpdateAppInstanceUser']);
    expect(users()).toMatchObject([{ AppInstanceUserArn: arn, Name: 'Anna', Metadata: 'm' }]);
  });

  test.each([['changes', { Metadata: 'n' }, 'n'], ['drops', { Metadata: undefined }, '']])(
    'that %s the metadata keeps the name',
    async (_, change, metadata) => {
      await update(arn, { ...former, ...change }, former);
      expect(service.operations()).toEqual(['ListTagsForResource', 'UpdateAppInstanceUser']);
      expect(service.emulator.calls().at(-1)!.input).toMatchObject({ Name: 'Ann', Metadata: metadata });
      expect(users()[0].Metadata ?? '').toBe(metadata);
    },
  );

  test('that is refused although it is there fails', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'UpdateAppInstanceUser', error: 'Forbidden' }] });
    await expect(update(arn, { ...former, Name: 'Anna' }, former)).rejects.toMatchObject({
      name: 'ForbiddenException',
    });
    expect(users()).toMatchObject([{ AppInstanceUserArn: arn, Name: 'Ann' }]);
  });

  test('back to a former user that fails names no other id', async () => {
    const change = { AppInstanceUserId: 'anna' };
    const { physicalId } = await update(arn, { ...former, ...change }, former);
    service.emulator.setBehaviour({ faults: [{ operation: 'UpdateAppInstanceUser', error: 'BadRequest' }] });
    await expect(update(physicalId, former, { ...former, ...change })).rejects.toMatchObject({
      name: 'BadRequestException',
    });
  });

  test('of tags changes its own keys only', async () => {
    await service.clients.identity.send(
      new TagResourceCommand({ ResourceARN: arn, Tags: [{ Key: 'theirs', Value: '1' }] }),
    );
    await update(arn, { ...former, Tags: [{ Key: 'stage', Value: 'prod' }] }, former);
    expect(world.tagsOf(arn)).toEqual({ [OWNER_TAG_KEY]: expect.any(String), theirs: '1', stage: 'prod' });
  });

  test.each([
    ['user id', { AppInstanceUserId: 'anna' }],
    ['user id and name', { AppInstanceUserId: 'anna', Name: 'Anna' }],
  ])('of the %s makes another, and a rollback returns to the first', async (_, change) => {
    const { physicalId } = await update(arn, { ...former, ...change }, former);
    expect(physicalId).toBe(arnOf('anna'));
    expect(users().map(user => user.AppInstanceUserArn)).toEqual([arn, physicalId]);
    service.time.pass(DAY);

    // Which id a rollback carries is not known: both lead back to the first.
    for (const id of [physicalId, arn]) {
      await expect(update(id, former, { ...former, ...change })).resolves.toMatchObject({ physicalId: arn });
    }
    await remove(physicalId, change);
    expect(users()).toMatchObject([{ AppInstanceUserArn: arn, Name: 'Ann', Metadata: 'm' }]);
  });

  test('of the app instance makes another there', async () => {
    const other = await World.create(service);
    const { physicalId } = await update(arn, { ...former, AppInstanceArn: other.appInstance }, former);
    expect(physicalId).toBe(`${other.appInstance}/user/ann`);
  });

  test('to an id that somebody else has fails', async () => {
    await behindOurBack('anna');
    await expect(update(arn, { ...former, AppInstanceUserId: 'anna' }, former)).rejects.toThrow(
      'user id anna is taken',
    );
  });

  test.each(['not-found', 'forbidden'] as const)('of what is gone (%s) makes it anew', async answer => {
    service.emulator.setBehaviour({ missingUser: answer, listTagsOfMissing: answer });
    await service.clients.identity.send(new DeleteAppInstanceUserCommand({ AppInstanceUserArn: arn }));
    await expect(update(arn, { ...former, Tags: [] }, former)).resolves.toMatchObject({ physicalId: arn });
    expect(users()).toMatchObject([{ AppInstanceUserArn: arn }]);
  });

  test('back from a replacement whose answer was lost deletes what it made', async () => {
    const { physicalId } = await create({ AppInstanceUserId: 'first' });
    await update(physicalId, { AppInstanceUserId: 'second' }, { AppInstanceUserId: 'first' });
    await update(physicalId, { AppInstanceUserId: 'first' }, { AppInstanceUserId: 'second' });
    expect(users().map(user => user.AppInstanceUserArn)).toContain(arnOf('first'));
    expect(users().map(user => user.AppInstanceUserArn)).not.toContain(arnOf('second'));
  });

  test('back from a replacement deletes what that made also where the user itself is gone meanwhile', async () => {
    const { physicalId } = await create({ AppInstanceUserId: 'first' });
    await update(physicalId, { AppInstanceUserId: 'second', Name: 'Second' }, { AppInstanceUserId: 'first' });
    await service.clients.identity.send(new DeleteAppInstanceUserCommand({ AppInstanceUserArn: physicalId }));
    await update(physicalId, { AppInstanceUserId: 'first' }, { AppInstanceUserId: 'second', Name: 'Second' });
    expect(users().map(user => user.AppInstanceUserArn)).toContain(physicalId);
    expect(users().map(user => user.AppInstanceUserArn)).not.toContain(arnOf('second'));
  });
});

describe('Delete', () => {
  test('looks whose the user is, and deletes it', async () => {
    const { physicalId } = await create();
    service.forgetCalls();
    await remove(physicalId);
    expect(service.operations()).toEqual(['ListTagsForResource', 'DeleteAppInstanceUser']);
    expect(users()).toEqual([]);
  });

  test('leaves the user of another resource, which took the id after a Delete whose answer was lost', async () => {
    const { physicalId } = await create();
    await remove(physicalId);
    await create({}, { LogicalResourceId: 'Other' });
    await expect(remove(physicalId)).resolves.toEqual({ physicalId });
    expect(users()).toHaveLength(1);
  });

  test('deletes also a user whose tags were removed by hand', async () => {
    const { physicalId } = await create();
    await service.clients.identity.send(
      new UntagResourceCommand({ ResourceARN: physicalId, TagKeys: [OWNER_TAG_KEY] }),
    );
    await remove(physicalId);
    expect(users()).toEqual([]);
  });

  test.each(['not-found', 'forbidden'] as const)('of what is gone already (%s) succeeds', async missingUser => {
    await arrange({ missingUser });
    await expect(remove(arnOf('ann'))).resolves.toEqual({ physicalId: arnOf('ann') });
  });

  test.each(['not-found', 'forbidden'] as const)(
    'in an app instance that is gone (%s) succeeds',
    async missingAppInstance => {
      const { physicalId } = await create();
      service.emulator.setBehaviour({ missingAppInstance });
      await service.clients.identity.send(new DeleteAppInstanceCommand({ AppInstanceArn: world.appInstance }));
      await remove(physicalId);
    },
  );

  test('goes by the id, whatever the properties say', async () => {
    const { physicalId } = await create();
    await create({ AppInstanceUserId: 'anna' });
    await remove(physicalId, { AppInstanceUserId: 'anna' });
    expect(users()).toMatchObject([{ AppInstanceUserArn: arnOf('anna') }]);
  });

  test('that is refused although it is there fails', async () => {
    const { physicalId } = await create();
    service.emulator.setBehaviour({ faults: [{ operation: 'DeleteAppInstanceUser', error: 'Forbidden' }] });
    await expect(remove(physicalId)).rejects.toThrow();
    expect(users()).toHaveLength(1);
  });

  test('never takes a denial of IAM for gone', async () => {
    const { physicalId } = await create();
    service.emulator.setBehaviour({
      faults: [{ operation: 'DeleteAppInstanceUser', error: 'AccessDenied', times: 99 }],
    });
    await expect(remove(physicalId)).rejects.toThrow('not authorized to perform');
    expect(users()).toHaveLength(1);
  });

  describe('of an id that CloudFormation invented', () => {
    test('deletes what a Create made without learning its ARN', async () => {
      await create();
      await remove(inventedId());
      expect(users()).toEqual([]);
    });

    test('leaves alone what was retained from an earlier life', async () => {
      await create();
      service.time.pass(DAY);
      await remove(inventedId());
      expect(users()).toHaveLength(1);
    });

    test('leaves alone what is not ours, and succeeds where there is nothing', async () => {
      await behindOurBack('ann');
      await remove(inventedId());
      await remove(inventedId(), { AppInstanceUserId: 'nobody' });
      await remove(inventedId(), { AppInstanceArn: undefined as never });
      expect(users()).toHaveLength(1);
    });
  });
});
