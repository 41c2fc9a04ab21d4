import { DeleteAppInstanceCommand, TagResourceCommand } from '@aws-sdk/client-chime-sdk-identity';
import { DeleteChannelFlowCommand } from '@aws-sdk/client-chime-sdk-messaging';
import { appInstance } from '../../../src/handlers/app-instance/lifecycle';
import type { AppInstanceProperties } from '../../../src/handlers/app-instance/properties';
import { appInstanceTags } from '../../../src/handlers/app-instance-tags/lifecycle';
import { OWNER_TAG_KEY } from '../../../src/handlers/claims/owner';
import {
  createEvent, deleteEvent, inventedId, startService, updateEvent, type Behaviour, type Service,
} from '../fixture';
import { World } from '../world';

const DAY = 24 * 3_600_000;

let service: Service;

beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());
beforeEach(() => arrange());

function arrange(behaviour: Behaviour = {}) {
  service.emulator.reset();
  service.emulator.setBehaviour(behaviour);
}

const properties = (more: Partial<AppInstanceProperties> = {}): AppInstanceProperties => ({ Name: 'support', ...more });
const create = (more?: Partial<AppInstanceProperties>, overrides?: Parameters<typeof createEvent>[1]) =>
  service.play(appInstance, createEvent(properties(more), overrides));
const update = (id: string, more: Partial<AppInstanceProperties>, former: Partial<AppInstanceProperties> = {}) =>
  service.play(appInstance, updateEvent(id, properties(more), properties(former)));
const remove = (id: string, overrides?: Parameters<typeof createEvent>[1]) =>
  service.play(appInstance, deleteEvent(id, properties(), overrides));

const instances = () => service.emulator.state().appInstances;
const tagsOf = (arn: string) => {
  const { [OWNER_TAG_KEY]: owner, ...others } = service.emulator.state().tags[arn] ?? {};
  return { owned: owner !== undefined, others };
};

/** Plays an action and says which operations it called. */
async function operationsOf(action: Promise<unknown>): Promise<string[]> {
  service.forgetCalls();
  await action;
  return service.operations();
}

describe('Create', () => {
  test('makes it with name, metadata, tags and the owner tag in one call', async () => {
    service.forgetCalls();
    const { physicalId, data } = await create({ Metadata: 'm', Tags: [{ Key: 'team', Value: 'care' }] });
    expect(service.operations()).toEqual(['CreateAppInstance']);
    expect(instances()).toMatchObject([{ AppInstanceArn: physicalId, Name: 'support', Metadata: 'm' }]);
    expect(tagsOf(physicalId)).toEqual({ owned: true, others: { team: 'care' } });
    expect(data).toEqual({ AppInstanceArn: physicalId });
  });

  test('delivered twice makes one', async () => {
    const event = createEvent(properties());
    const first = await service.play(appInstance, event);
    await expect(service.play(appInstance, event)).resolves.toEqual(first);
    expect(instances()).toHaveLength(1);
  });

  test.each(['idempotent', 'conflict'] as const)(
    'goes on after a lost answer, where a repeated token is %s',
    async repeatedToken => {
      arrange({ repeatedToken, faults: [{ operation: 'CreateAppInstance', error: 'lost-answer' }] });
      const { physicalId } = await create({ Tags: [{ Key: 'team', Value: 'care' }] });
      expect(instances()).toMatchObject([{ AppInstanceArn: physicalId }]);
      expect(tagsOf(physicalId)).toEqual({ owned: true, others: { team: 'care' } });
    },
  );

  test('finds what it made also where lists lag behind', async () => {
    arrange({
      repeatedToken: 'conflict',
      listConsistencyMs: 10_000,
      faults: [{ operation: 'CreateAppInstance', error: 'lost-answer' }],
    });
    const { physicalId } = await create();
    expect(instances()).toMatchObject([{ AppInstanceArn: physicalId }]);
  });

  test('does not take over what was retained from an earlier life', async () => {
    const { physicalId: retained } = await create();
    service.time.pass(DAY);
    service.emulator.setBehaviour({ faults: [{ operation: 'CreateAppInstance', error: 'Conflict' }] });
    await expect(create()).rejects.toThrow(/a fault is set/);
    expect(instances()).toMatchObject([{ AppInstanceArn: retained }]);
  });

  test('that fails leaves nothing', async () => {
    arrange({ faults: [{ operation: 'CreateAppInstance', error: 'BadRequest' }] });
    await expect(create()).rejects.toThrow();
    expect(instances()).toEqual([]);
  });

  test('that fails after it found its own answers with the real id', async () => {
    arrange({
      repeatedToken: 'conflict',
      faults: [
        { operation: 'CreateAppInstance', error: 'lost-answer' },
        { operation: 'UpdateAppInstance', error: 'BadRequest' },
      ],
    });
    const failure = await create().catch(error => error);
    expect(failure).toMatchObject({
      name: 'FailedWithPhysicalId', physicalId: instances()[0].AppInstanceArn, cause: { name: 'BadRequestException' },
    });
    expect(failure.message).toMatch(/^UpdateAppInstance failed: BadRequestException: .* — /);
  });

  test('refuses properties that are no strings before any call', async () => {
    service.forgetCalls();
    await expect(create({ Name: 7 as never, Metadata: {} as never, Tags: 'x' as never })).rejects.toThrow(
      'Name must be a string that is not empty; Metadata must be a string; Tags must be a list of { Key, Value } — '
        + 'correct the properties in the template',
    );
    expect(service.operations()).toEqual([]);
  });
});

test('leaves alone what another stack\'s AppInstanceTags manages', async () => {
  const { physicalId: arn } = await create({ Tags: [{ Key: 'cost', Value: '1' }] });
  const OTHERS = { StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/other/1' };
  await service.play(
    appInstanceTags, createEvent({ AppInstanceArn: arn, Tags: [{ Key: 'team', Value: 'theirs' }] }, OTHERS),
  );
  const before = service.emulator.state();
  await expect(
    update(arn, { Tags: [{ Key: 'team', Value: 'mine' }] }, { Tags: [{ Key: 'cost', Value: '1' }] }),
  ).rejects.toThrow(
    `another stack manages the tags team of ${arn} — take the same values, or remove the keys from 'tags'`,
  );
  await update(
    arn,
    { Tags: [{ Key: 'cost', Value: '1' }] },
    { Tags: [{ Key: 'cost', Value: '1' }, { Key: 'team', Value: 'mine' }] },
  );
  expect(service.emulator.state()).toEqual(before);
});

describe('Update', () => {
  let arn: string;
  beforeEach(
    async () => { arn = (await create({ Metadata: 'm', Tags: [{ Key: 'team', Value: 'care' }] })).physicalId; },
  );
  const former = { Metadata: 'm', Tags: [{ Key: 'team', Value: 'care' }] };

  test('that changes nothing makes no call', async () => {
    expect(await operationsOf(update(arn, former, former))).toEqual([]);
  });

  test('of the name sends the metadata along', async () => {
    expect(await operationsOf(update(arn, { ...former, Name: 'help' }, former))).toEqual([
      'ListTagsForResource', 'UpdateAppInstance',
    ]);
    expect(instances()).toMatchObject([{ AppInstanceArn: arn, Name: 'help', Metadata: 'm' }]);
  });

  test('that drops the metadata empties it', async () => {
    await update(arn, { ...former, Metadata: undefined }, former);
    expect(instances()[0].Metadata || '').toBe('');
  });

  test.each(['success', 'bad-request'] as const)(
    'of tags changes its own keys only, where untagging a missing key is %s',
    async untagMissingKey => {
      service.emulator.setBehaviour({ untagMissingKey });
      await service.clients.identity.send(new TagResourceCommand({
        ResourceARN: arn,
        Tags: [{ Key: 'theirs', Value: '1' }],
      }));
      const wanted = { ...former, Tags: [{ Key: 'stage', Value: 'prod' }] };
      expect(await operationsOf(update(arn, wanted, former))).toEqual([
        'ListTagsForResource', 'UntagResource', 'TagResource',
      ]);
      expect(tagsOf(arn)).toEqual({ owned: true, others: { theirs: '1', stage: 'prod' } });
      // The swapped Update of a rollback, twice: what is gone is not untagged again.
      await update(arn, former, wanted);
      await update(arn, former, wanted);
      expect(tagsOf(arn)).toEqual({ owned: true, others: { theirs: '1', team: 'care' } });
    },
  );

  test('that removes the last tag sends no empty list', async () => {
    expect(await operationsOf(update(arn, { Metadata: 'm' }, former))).toEqual([
      'ListTagsForResource', 'UntagResource',
    ]);
    expect(tagsOf(arn)).toEqual({ owned: true, others: {} });
  });

  test(
    'of what is gone makes it anew after a lost answer, and leaves alone what was retained from an earlier life',
    async () => {
      service.time.pass(DAY);
      const gone = (await create()).physicalId;
      await service.clients.identity.send(new DeleteAppInstanceCommand({ AppInstanceArn: gone }));
      service.emulator.setBehaviour({
        repeatedToken: 'conflict', faults: [{ operation: 'CreateAppInstance', error: 'lost-answer' }],
      });
      const { physicalId } = await update(gone, { ...former, Name: 'help' }, former);
      expect(physicalId).not.toBe(arn);
      expect(instances()).toMatchObject(
        [{ AppInstanceArn: arn, Name: 'support' }, { AppInstanceArn: physicalId, Name: 'help' }]
          .sort((a, b) => a.AppInstanceArn < b.AppInstanceArn ? -1 : 1),
      );
    },
  );

  test.each(['not-found', 'forbidden'] as const)('of what is gone (%s) makes it anew', async answer => {
    service.emulator.setBehaviour({ missingAppInstance: answer, listTagsOfMissing: answer });
    await service.clients.identity.send(new DeleteAppInstanceCommand({ AppInstanceArn: arn }));
    const { physicalId } = await update(arn, { ...former, Tags: [] }, former);
    expect(physicalId).not.toBe(arn);
    expect(instances()).toMatchObject([{ AppInstanceArn: physicalId, Name: 'support' }]);
  });

  test('of an id that is no app instance makes one', async () => {
    const { physicalId } = await update(inventedId(), former, former);
    expect(physicalId).not.toBe(arn);
    expect(new Set(instances().map(instance => instance.AppInstanceArn))).toEqual(new Set([arn, physicalId]));
  });

  test('that is refused although it is there fails', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'UpdateAppInstance', error: 'Forbidden' }] });
    await expect(update(arn, { ...former, Name: 'help' }, former)).rejects.toThrow();
    expect(instances()).toMatchObject([{ AppInstanceArn: arn, Name: 'support' }]);
  });
});

describe('Delete', () => {
  test('is one call', async () => {
    const { physicalId } = await create();
    expect(await operationsOf(remove(physicalId))).toEqual(['ListTagsForResource', 'DeleteAppInstance']);
    expect(instances()).toEqual([]);
  });

  test.each(['not-found', 'forbidden'] as const)('of what is gone already (%s) succeeds', async missingAppInstance => {
    arrange({ missingAppInstance });
    const { physicalId } = await create();
    await remove(physicalId);
    await expect(remove(physicalId)).resolves.toEqual({ physicalId });
  });

  test.each(['not-found', 'forbidden'] as const)(
    'of what is gone already (%s), beside another, succeeds',
    async missingAppInstance => {
      arrange({ missingAppInstance });
      const { physicalId } = await create();
      await create({ Name: 'sales' }, { LogicalResourceId: 'Other' });
      await remove(physicalId);
      await expect(remove(physicalId)).resolves.toEqual({ physicalId });
      expect(instances()).toMatchObject([{ Name: 'sales' }]);
    },
  );

  test('that is refused although it is there fails, and blames no flow', async () => {
    const world = await World.create(service);
    await world.flow('moderation');
    service.emulator.setBehaviour({ faults: [{ operation: 'DeleteAppInstance', error: 'Forbidden' }] });
    await expect(remove(world.appInstance)).rejects.toMatchObject({ name: 'ForbiddenException' });
    expect(instances()).toHaveLength(1);
  });

  test('never takes a denial of IAM for gone', async () => {
    const { physicalId } = await create();
    service.emulator.setBehaviour({ faults: [{ operation: 'DeleteAppInstance', error: 'AccessDenied', times: 99 }] });
    await expect(remove(physicalId)).rejects.toThrow(/not authorized to perform: chime:DeleteAppInstance/);
    expect(instances()).toHaveLength(1);
  });

  test('outlasts the denials of a fresh role', async () => {
    const { physicalId } = await create();
    service.emulator.setBehaviour({ faults: [{ operation: '*', error: 'AccessDenied', times: 5 }] });
    await remove(physicalId);
    expect(instances()).toEqual([]);
  });

  test.each(['conflict', 'bad-request'] as const)(
    'while flows are there (%s) waits for them, then says what remains',
    async deleteAppInstanceWithFlows => {
      arrange({ deleteAppInstanceWithFlows });
      const world = await World.create(service);
      const flow = await world.flow('moderation');
      await expect(remove(world.appInstance)).rejects.toThrow(
        new RegExp(`^DeleteAppInstance failed: .* — it still has 1 channel flow\\(s\\), ${flow}: delete them, then `
          + 'delete again$'),
      );
      expect(instances()).toHaveLength(1);

      const clock = service.clock();
      const sleep = clock.sleep;
      const flowGoesMeanwhile = async (ms: number) => {
        await service.clients.messaging.send(new DeleteChannelFlowCommand({ ChannelFlowArn: flow })).catch(() => {});
        await sleep(ms);
      };
      await service.play(
        appInstance, deleteEvent(world.appInstance, properties()), { ...clock, sleep: flowGoesMeanwhile },
      );
      expect(instances()).toEqual([]);
    },
  );

  test.each([[5, ''], [6, ', …']])('while %i flows are there names the first five', async (count, more) => {
    arrange({ deleteAppInstanceWithFlows: 'conflict' });
    const world = await World.create(service);
    const flows = [];
    for (let i = 0; i < count; i++) flows.push(await world.flow(`flow-${i}`));
    const { message } = await remove(world.appInstance).catch(error => error);
    const [, named] = / — it still has \d channel flow\(s\), (.*): delete them/.exec(message)!;
    const firstFive = named.slice(0, named.length - more.length).split(', ');
    expect(named.endsWith(more)).toBe(true);
    expect(new Set(firstFive).size).toBe(5);
    expect(flows).toEqual(expect.arrayContaining(firstFive));
  });

  test('that is held back by something else than flows says what the service says', async () => {
    const { physicalId } = await create();
    service.emulator.setBehaviour({ faults: [{ operation: 'DeleteAppInstance', error: 'Conflict', times: 99 }] });
    await expect(remove(physicalId)).rejects.toMatchObject({
      name: 'ConflictException', message: expect.not.stringContaining('channel flow'),
    });
  });

  test('that is held back says what the service says where flows can\'t be listed', async () => {
    arrange({ deleteAppInstanceWithFlows: 'conflict' });
    const world = await World.create(service);
    await world.flow('moderation');
    service.emulator.setBehaviour({ faults: [{ operation: 'ListChannelFlows', error: 'Forbidden', times: 99 }] });
    await expect(remove(world.appInstance)).rejects.toMatchObject({ name: 'ConflictException' });
  });

  describe('of an id that CloudFormation invented', () => {
    test('passes over an app instance that goes while it looks around', async () => {
      await create({}, { LogicalResourceId: 'Other' });
      await create();
      for (const error of ['NotFound', 'Forbidden'] as const) {
        service.emulator.setBehaviour({ faults: [{ operation: 'ListTagsForResource', call: 1, error }] });
        await remove(inventedId());
        await create();
      }
      expect(instances()).toHaveLength(2);
    });

    test('fails where it can\'t look at what is there', async () => {
      await create();
      service.emulator.setBehaviour({ faults: [{ operation: 'ListTagsForResource', error: 'BadRequest' }] });
      await expect(remove(inventedId())).rejects.toMatchObject({ name: 'BadRequestException' });
      expect(instances()).toHaveLength(1);
    });

    test('looks at what is another\'s only once, however long lists may lag behind', async () => {
      await create({}, { LogicalResourceId: 'Other' });
      const operations = await operationsOf(remove(inventedId()));
      expect(operations.filter(operation => operation === 'ListAppInstances').length).toBeGreaterThan(5);
      expect(operations.filter(operation => operation === 'ListTagsForResource')).toHaveLength(1);
    });

    test('deletes what a Create made without learning its ARN', async () => {
      await create();
      await expect(remove(inventedId())).resolves.toEqual({ physicalId: inventedId() });
      expect(instances()).toEqual([]);
    });

    test('leaves alone what was retained from an earlier life, with its messages', async () => {
      await create();
      service.time.pass(DAY);
      await remove(inventedId());
      expect(instances()).toHaveLength(1);
    });

    test('leaves other resources alone', async () => {
      await create({}, { LogicalResourceId: 'Other' });
      await create({}, { StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/other/1' });
      await remove(inventedId());
      expect(instances()).toHaveLength(2);
    });

    test('succeeds where there is nothing', async () => {
      await expect(remove(inventedId())).resolves.toEqual({ physicalId: inventedId() });
    });
  });
});
