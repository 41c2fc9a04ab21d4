import {
  CreateAppInstanceAdminCommand, DeleteAppInstanceAdminCommand, DeleteAppInstanceCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import {
  DeleteChannelCommand, DeleteChannelFlowCommand, DisassociateChannelFlowCommand, UntagResourceCommand,
} from '@aws-sdk/client-chime-sdk-messaging';
import { channelFlowAssociation } from '../../../src/handlers/channel-flow-association/lifecycle';
import type { ChannelFlowAssociationProperties } from '../../../src/handlers/channel-flow-association/properties';
import { until } from '../../support/until';
import {
  createEvent, deleteEvent, inventedId, startService, updateEvent, type Behaviour, type Service,
} from '../fixture';
import { World } from '../world';

const OTHER_STACK = 'arn:aws:cloudformation:us-east-1:123456789012:stack/other/00000000-0000-11ee-9d2c-0a1b2c3d4e5f';

let service: Service;
let world: World;
let channel: string;
let first: string;
let second: string;
let foreign: string;

beforeAll(async () => { service = await startService(); });
afterAll(async () => service.close());
beforeEach(() => arrange());

async function arrange(behaviour: Behaviour = {}) {
  service.emulator.reset();
  service.emulator.setBehaviour(behaviour);
  world = await World.create(service);
  channel = await world.channel('lobby');
  [first, second, foreign] = [await world.flow('first'), await world.flow('second'), await world.flow('foreign')];
  service.forgetCalls();
}

const properties = (
  flow: string, more: Partial<ChannelFlowAssociationProperties> = {},
): ChannelFlowAssociationProperties =>
  ({ ChannelArn: channel, ChannelFlowArn: flow, Bearer: world.admin, OnExisting: 'FAIL', ...more });

const create = (
  flow: string, more?: Partial<ChannelFlowAssociationProperties>, overrides?: Parameters<typeof createEvent>[1],
) =>
  service.play(channelFlowAssociation, createEvent(properties(flow, more), overrides));

const update = (id: string, flow: string, former: string, more?: Partial<ChannelFlowAssociationProperties>) =>
  service.play(channelFlowAssociation, updateEvent(id, properties(flow, more), properties(former)));

const remove = (
  id: string,
  flow: string,
  overrides?: Parameters<typeof createEvent>[1],
  more?: Partial<ChannelFlowAssociationProperties>,
) =>
  service.play(channelFlowAssociation, deleteEvent(id, properties(flow, more), overrides));

const fail = (operation: string, error: string, more = {}) =>
  service.emulator.setBehaviour({ faults: [{ operation, error, ...more }] as never });

/** Every way in which the service may answer what nobody could ask it. */
const SERVICES: [string, Behaviour][] = [
  [
    'overwrites',
    { associateOverExisting: 'overwrite', associateSameFlow: 'idempotent', disassociateNotAssociated: 'success' },
  ],
  [
    'conflicts',
    { associateOverExisting: 'conflict', associateSameFlow: 'conflict', disassociateNotAssociated: 'not-found' },
  ],
  [
    'conflicts and refuses',
    { associateOverExisting: 'conflict', associateSameFlow: 'conflict', disassociateNotAssociated: 'bad-request' },
  ],
  ['answers 403 for what is gone', {
    missingFlow: 'forbidden',
    missingChannel: 'forbidden',
    missingAppInstance: 'forbidden',
    listTagsOfMissing: 'forbidden',
  }],
];

describe.each(SERVICES)('a service that %s', (_, behaviour) => {
  beforeEach(() => arrange(behaviour));

  describe('Create', () => {
    test('on a bare channel claims, then associates', async () => {
      const { physicalId } = await create(first);
      expect(physicalId.startsWith(`${channel}#`)).toBe(true);
      expect(await world.flowOn(channel)).toBe(first);
      expect(Object.keys(world.tagsOf(channel))).toEqual([expect.stringMatching(/^cdk-chime-messaging:claim:/)]);
      expect(service.operations()).toEqual([
        'DescribeChannel', 'ListTagsForResource', 'TagResource', 'AssociateChannelFlow', 'DescribeChannel',
      ]);
    });

    test('where the flow is there already claims only, and Delete leaves it there', async () => {
      await world.associate(channel, first);
      service.forgetCalls();
      const { physicalId } = await create(first);
      expect(service.operations()).not.toContain('AssociateChannelFlow');
      await remove(physicalId, first);
      expect(await world.flowOn(channel)).toBe(first);
      expect(world.tagsOf(channel)).toEqual({});
    });

    test('where another flow is refuses, and changes nothing', async () => {
      await world.associate(channel, foreign);
      await expect(create(first)).rejects.toThrow(
        /carries .* already, which this stack did not put there — .*'onExisting' to REPLACE/,
      );
      expect(await world.flowOn(channel)).toBe(foreign);
      expect(world.tagsOf(channel)).toEqual({});
    });

    test('whose claim is written although the answer is an error leaves none', async () => {
      service.emulator.setBehaviour({
        faults: [
          { operation: 'TagResource', call: 1, error: 'lost-answer' },
          { operation: 'TagResource', call: 2, error: 'BadRequest' },
        ],
      });
      await expect(create(first)).rejects.toMatchObject({ name: 'BadRequestException' });
      expect(world.tagsOf(channel)).toEqual({});
      expect(await world.flowOn(channel)).toBeUndefined();
    });

    test('where another flow is replaces it when asked to, and Delete puts it back', async () => {
      await world.associate(channel, foreign);
      const { physicalId } = await create(first, { OnExisting: 'REPLACE' });
      expect(await world.flowOn(channel)).toBe(first);
      await remove(physicalId, first);
      expect(await world.flowOn(channel)).toBe(foreign);
      expect(world.tagsOf(channel)).toEqual({});
    });

    test(
      'where another stack took the channel behind a claim that was retained refuses, or takes it when asked to',
      async () => {
        await create(first);
        await create(foreign, { OnExisting: 'REPLACE' }, { StackId: OTHER_STACK });
        await expect(create(first)).rejects.toThrow(/which this stack did not put there/);
        expect(await world.flowOn(channel)).toBe(foreign);
        await create(first, { OnExisting: 'REPLACE' });
        expect(await world.flowOn(channel)).toBe(first);
      },
    );

    test('that was interrupted while it took the channel from another stack goes on', async () => {
      const theirs = await create(foreign, {}, { StackId: OTHER_STACK });
      const event = createEvent(properties(first, { OnExisting: 'REPLACE' }));
      fail('AssociateChannelFlow', 'AccessDenied', { times: 1 });
      service.forgetCalls();
      const killed = { ...service.clock(), sleep: () => new Promise<void>(() => {}) };
      void service.play(channelFlowAssociation, event, killed).catch(() => {});
      await until(() => service.operations().includes('AssociateChannelFlow'));
      service.emulator.setBehaviour({ faults: [] });
      const { physicalId } = await service.play(channelFlowAssociation, event);
      expect(await world.flowOn(channel)).toBe(first);
      await remove(physicalId, first);
      expect(await world.flowOn(channel)).toBe(foreign);
      await remove(theirs.physicalId, foreign, { StackId: OTHER_STACK });
      expect(world.tagsOf(channel)).toEqual({});
    });

    test('that fails after it associated leaves the channel bare', async () => {
      service.emulator.setBehaviour({
        faults: [
          { operation: 'AssociateChannelFlow', call: 1, error: 'lost-answer' },
          { operation: 'AssociateChannelFlow', call: 2, error: 'BadRequest' },
        ],
      });
      await expect(create(first)).rejects.toMatchObject({ name: 'BadRequestException' });
      expect(await world.flowOn(channel)).toBeUndefined();
      expect(world.tagsOf(channel)).toEqual({});
    });

    test('that took the channel remembers no more from whom, once it has it', async () => {
      await world.associate(channel, foreign);
      await create(first, { OnExisting: 'REPLACE' });
      const idOf = (arn: string) => arn.split('/').pop();
      expect(new Set(Object.values(world.tagsOf(channel)).map(value => value.replace(/ @[\w-]{22}$/, '')))).toEqual(
        new Set([idOf(first), idOf(foreign)]),
      );
    });

    test('that fails and can not put the channel back says so, and names the channel by its id', async () => {
      service.emulator.setBehaviour({
        faults: [
          { operation: 'AssociateChannelFlow', error: 'BadRequest' },
          { operation: 'ListTagsForResource', call: 2, error: 'BadRequest' },
        ],
      });
      const failure = await create(first).catch(error => error);
      expect(failure).toMatchObject({
        name: 'FailedWithPhysicalId',
        physicalId: expect.stringContaining(`${channel}#`),
        message: expect.stringMatching(
          /^AssociateChannelFlow failed: BadRequestException: .*; and .*\/channel\/.* could not be put back as it was: ListTagsForResource failed: BadRequest/,
        ),
        cause: { name: 'BadRequestException' },
      });
      await remove(failure.physicalId, first);
      expect(world.tagsOf(channel)).toEqual({});
    });

    test('delivered twice does the same once more', async () => {
      const event = createEvent(properties(first));
      await service.play(channelFlowAssociation, event);
      await service.play(channelFlowAssociation, event);
      expect(await world.flowOn(channel)).toBe(first);
      await remove(`${channel}#x`, first);
      expect(await world.flowOn(channel)).toBeUndefined();
    });

    test('delivered twice at once claims the flow as its own', async () => {
      const event = createEvent(properties(first));
      const [{ physicalId }] = await Promise.all([
        service.play(channelFlowAssociation, event), service.play(channelFlowAssociation, event),
      ]);
      await remove(physicalId, first);
      expect(await world.flowOn(channel)).toBeUndefined();
      expect(world.tagsOf(channel)).toEqual({});
    });

    test('that loses the answer of AssociateChannelFlow succeeds', async () => {
      service.emulator.setBehaviour({ faults: [{ operation: 'AssociateChannelFlow', call: 1, error: 'lost-answer' }] });
      await create(first);
      expect(await world.flowOn(channel)).toBe(first);
    });
  });

  describe('a renamed construct id', () => {
    test('changes nothing on the channel', async () => {
      const old = await create(first, {}, { LogicalResourceId: 'Old' });
      service.forgetCalls();
      const renamed = await create(first, {}, { LogicalResourceId: 'New' });
      await remove(old.physicalId, first, { LogicalResourceId: 'Old' });
      expect(service.operations()).not.toContain('AssociateChannelFlow');
      expect(service.operations()).not.toContain('DisassociateChannelFlow');
      expect(renamed.physicalId).not.toBe(old.physicalId);
      await remove(renamed.physicalId, first, { LogicalResourceId: 'New' });
      expect(await world.flowOn(channel)).toBeUndefined();
      expect(world.tagsOf(channel)).toEqual({});
    });

    test('with another flow swaps, and its rollback gives the channel back', async () => {
      const old = await create(first, {}, { LogicalResourceId: 'Old' });
      const renamed = await create(second, {}, { LogicalResourceId: 'New' });
      expect(await world.flowOn(channel)).toBe(second);
      // CloudFormation deletes the new one, and the old one gets no event at all.
      await remove(renamed.physicalId, second, { LogicalResourceId: 'New' });
      expect(await world.flowOn(channel)).toBe(first);
      await remove(old.physicalId, first, { LogicalResourceId: 'Old' });
      expect(await world.flowOn(channel)).toBeUndefined();
    });
  });

  describe('Update', () => {
    test('of bearer and onExisting makes no call', async () => {
      const { physicalId } = await create(first);
      service.forgetCalls();
      expect(await update(physicalId, first, first, { Bearer: await world.user('other'), OnExisting: 'REPLACE' }))
        .toEqual({ physicalId });
      expect(service.operations()).toEqual(['CreateAppInstanceUser']);
    });

    test('of the flow swaps in place, and back', async () => {
      const { physicalId } = await create(first);
      expect((await update(physicalId, second, first)).physicalId).toBe(physicalId);
      expect(await world.flowOn(channel)).toBe(second);
      await update(physicalId, first, second);
      expect(await world.flowOn(channel)).toBe(first);
    });

    test('of the channel holds the new one; the Delete of the old id frees the old one', async () => {
      const { physicalId } = await create(first);
      const hall = await world.channel('hall');
      const moved = await update(physicalId, first, first, { ChannelArn: hall });
      expect(moved.physicalId.startsWith(`${hall}#`)).toBe(true);
      await remove(physicalId, first, {}, { ChannelArn: hall });
      expect(await world.flowOn(channel)).toBeUndefined();
      expect(await world.flowOn(hall)).toBe(first);
    });

    test.each(['first', 'second'])('of the channel, rolled back with the %s id, goes back', async which => {
      const { physicalId } = await create(first);
      const hall = await world.channel('hall');
      const moved = await update(physicalId, first, first, { ChannelArn: hall });
      const back = await service.play(channelFlowAssociation, updateEvent(
        which === 'first' ? physicalId : moved.physicalId, properties(first), properties(first, { ChannelArn: hall }),
      ));
      expect(back.physicalId).toBe(physicalId);
      await remove(moved.physicalId, first);
      expect(await world.flowOn(channel)).toBe(first);
      expect(await world.flowOn(hall)).toBeUndefined();
    });

    test('of the channel, rolled back before CloudFormation learnt of it, leaves the other channel', async () => {
      const { physicalId } = await create(first);
      const hall = await world.channel('hall');
      await update(physicalId, first, first, { ChannelArn: hall });
      await service.play(
        channelFlowAssociation, updateEvent(physicalId, properties(first), properties(first, { ChannelArn: hall })),
      );
      expect(await world.flowOn(channel)).toBe(first);
      expect(await world.flowOn(hall)).toBeUndefined();
      expect(world.tagsOf(hall)).toEqual({});
    });

    test('of the flow, delivered twice at once, swaps once', async () => {
      const { physicalId } = await create(first);
      const event = updateEvent(physicalId, properties(second), properties(first));
      await Promise.all([service.play(channelFlowAssociation, event), service.play(channelFlowAssociation, event)]);
      expect(await world.flowOn(channel)).toBe(second);
    });

    test('that fails puts the flow back, and its rollback succeeds', async () => {
      const { physicalId } = await create(first);
      const before = world.tagsOf(channel);
      fail('AssociateChannelFlow', 'BadRequest', { times: 1 });
      await expect(update(physicalId, second, first)).rejects.toThrow('a fault is set');
      service.emulator.setBehaviour({ faults: [] });
      expect(await world.flowOn(channel)).toBe(first);
      expect(world.tagsOf(channel)).toEqual(before);
      await update(physicalId, first, second);
      expect(await world.flowOn(channel)).toBe(first);
    });

    test('that fails after it swapped puts the flow back', async () => {
      const { physicalId } = await create(first);
      const before = world.tagsOf(channel);
      service.emulator.setBehaviour({
        ...behaviour,
        faults: [
          { operation: 'AssociateChannelFlow', call: 1, error: 'lost-answer' },
          { operation: 'AssociateChannelFlow', call: 2, error: 'BadRequest' },
        ],
      });
      await expect(update(physicalId, second, first)).rejects.toMatchObject({ name: 'BadRequestException' });
      expect(await world.flowOn(channel)).toBe(first);
      expect(world.tagsOf(channel)).toEqual(before);
    });

    test('that fails after it brought its flow to a channel that was freed by hand takes it off again', async () => {
      const { physicalId } = await create(first);
      await disassociate(first);
      const before = world.tagsOf(channel);
      service.emulator.setBehaviour({
        ...behaviour,
        faults: [
          { operation: 'AssociateChannelFlow', call: 1, error: 'lost-answer' },
          { operation: 'AssociateChannelFlow', call: 2, error: 'BadRequest' },
        ],
      });
      await expect(update(physicalId, second, first)).rejects.toMatchObject({ name: 'BadRequestException' });
      expect(await world.flowOn(channel)).toBeUndefined();
      expect(world.tagsOf(channel)).toEqual(before);
      service.emulator.setBehaviour({ ...behaviour, faults: [] });
      await update(physicalId, first, second);
      expect(await world.flowOn(channel)).toBe(first);
    });

    test(
      'that fails to replace a flow that came by hand leaves that, the claim it had, and no other tag touched',
      async () => {
        const { physicalId } = await create(first);
        await disassociate(first);
        await world.associate(channel, foreign);
        await world.tag(channel, { theirs: '1' });
        const before = world.tagsOf(channel);
        service.emulator.setBehaviour({
          ...behaviour, faults: [{ operation: 'AssociateChannelFlow', error: 'BadRequest' }],
        });
        const seen = service.emulator.calls().length;
        await expect(update(physicalId, second, first, { OnExisting: 'REPLACE' })).rejects.toMatchObject({
          name: 'BadRequestException',
        });
        expect(await world.flowOn(channel)).toBe(foreign);
        expect(world.tagsOf(channel)).toEqual(before);
        const written = service.emulator.calls().slice(seen).filter(
          ({ operation }) => /^(Unt|T)agResource$/.test(operation),
        );
        expect(written.length).toBeGreaterThan(2);
        expect(JSON.stringify(written.map(({ input }) => input))).not.toContain('theirs');
      },
    );

    test('of an id that is none associates', async () => {
      await update(inventedId(), first, first);
      expect(await world.flowOn(channel)).toBe(first);
    });

    test('that fails and can not put the channel back says so', async () => {
      const { physicalId } = await create(first);
      service.emulator.setBehaviour({
        faults: [
          { operation: 'AssociateChannelFlow', error: 'BadRequest' },
          { operation: 'DescribeChannel', call: 2, error: 'BadRequest' },
        ],
      });
      await expect(update(physicalId, second, first)).rejects.toMatchObject({
        name: 'Error',
        message: expect.stringMatching(
          /^AssociateChannelFlow failed: .*; and .* could not be put back as it was: DescribeChannel failed: BadRequest/,
        ),
        cause: { name: 'BadRequestException' },
      });
      await update(physicalId, first, second);
      expect(await world.flowOn(channel)).toBe(first);
    });

    test('that stopped after its claim is finished by a repetition, and undone by a rollback', async () => {
      const { physicalId } = await create(first);
      // As a function that was killed after the claim leaves it.
      const [key] = Object.keys(world.tagsOf(channel));
      await world.tag(channel, { [key]: `${second.split('/').pop()} ${first.split('/').pop()}` });
      await update(physicalId, second, first);
      expect(await world.flowOn(channel)).toBe(second);
      await update(physicalId, first, second);
      expect(await world.flowOn(channel)).toBe(first);
    });

    test('that was interrupted while it took the channel is given up by its rollback, which leaves the channel to the '
      + 'other', async () => {
      const { physicalId } = await create(first);
      await disassociate(first);
      await world.associate(channel, foreign);
      fail('AssociateChannelFlow', 'AccessDenied', { times: 1 });
      service.forgetCalls();
      const killed = { ...service.clock(), sleep: () => new Promise<void>(() => {}) };
      const replacing = updateEvent(physicalId, properties(second, { OnExisting: 'REPLACE' }), properties(first));
      void service.play(channelFlowAssociation, replacing, killed).catch(() => {});
      await until(() => service.operations().includes('AssociateChannelFlow'));
      service.emulator.setBehaviour({ faults: [] });
      expect(await update(physicalId, first, second)).toEqual({ physicalId });
      expect(await world.flowOn(channel)).toBe(foreign);
      await remove(physicalId, first);
      expect(await world.flowOn(channel)).toBe(foreign);
      expect(world.tagsOf(channel)).toEqual({});
    });

    test('over a flow that came by hand is refused, and its rollback leaves the flow that came by hand', async () => {
      const { physicalId } = await create(first);
      await disassociate(first);
      await world.associate(channel, foreign);
      await expect(update(physicalId, second, first)).rejects.toThrow(/did not put there/);
      expect(await update(physicalId, first, second)).toEqual({ physicalId });
      expect(await world.flowOn(channel)).toBe(foreign);
    });
  });

  describe('Delete', () => {
    test('frees the channel and drops the claim last', async () => {
      const { physicalId } = await create(first);
      service.forgetCalls();
      await remove(physicalId, first);
      expect(service.operations()).toEqual([
        'ListTagsForResource', 'DescribeChannel', 'DisassociateChannelFlow', 'UntagResource',
      ]);
      expect(await world.flowOn(channel)).toBeUndefined();
      expect(world.tagsOf(channel)).toEqual({});
    });

    test('delivered twice, or interrupted before the claim is dropped, is harmless', async () => {
      const { physicalId } = await create(first);
      fail('UntagResource', 'Forbidden', { times: 1 });
      await expect(remove(physicalId, first)).rejects.toThrow();
      service.emulator.setBehaviour({ faults: [] });
      await remove(physicalId, first);
      await remove(physicalId, first);
      expect(world.tagsOf(channel)).toEqual({});
    });

    test('that can not free the channel fails and keeps its claim', async () => {
      const { physicalId } = await create(first);
      fail('DisassociateChannelFlow', 'BadRequest');
      await expect(remove(physicalId, first)).rejects.toMatchObject({ name: 'BadRequestException' });
      expect(await world.flowOn(channel)).toBe(first);
      expect(Object.keys(world.tagsOf(channel))).toHaveLength(1);
    });

    test.each(['NotFound', 'Forbidden'] as const)(
      'of a channel that goes while it looks (%s) succeeds',
      async error => {
        const { physicalId } = await create(first);
        service.emulator.setBehaviour({
          faults: [{ operation: 'DescribeChannel', error: 'NotFound' }, { operation: 'UntagResource', error }],
        });
        await remove(physicalId, first);
        fail('DescribeChannel', 'NotFound');
        await remove(physicalId, first);
        expect(world.tagsOf(channel)).toEqual({});
      },
    );

    test('of a channel that only seems to be gone fails where the claim can not be dropped', async () => {
      const { physicalId } = await create(first);
      service.emulator.setBehaviour({
        faults: [
          { operation: 'DescribeChannel', error: 'NotFound' },
          { operation: 'UntagResource', error: 'BadRequest', times: 2 },
        ],
      });
      await expect(remove(physicalId, first)).rejects.toMatchObject({ name: 'BadRequestException' });
    });

    describe('while another stack leaves the channel, too', () => {
      /**
       * Deletes the association of the second flow; between its last two calls the other stack's claim on the first
       * goes.
       */
      async function removeWhile(meanwhile: () => Promise<unknown>) {
        const before = Object.keys(world.tagsOf(channel));
        const { physicalId } = await create(second, { OnExisting: 'REPLACE' });
        fail('UntagResource', 'AccessDenied', { call: 1 });
        const clock = service.clock();
        let isOver = false;
        const sleep = async (ms: number) => {
          if (!isOver) {
            isOver = true;
            await service.clients.messaging.send(new UntagResourceCommand({
              ResourceARN: channel, TagKeys: before.filter(key => !key.endsWith(':nobody')),
            }));
            await meanwhile();
          }
          await clock.sleep(ms);
        };
        await service.play(channelFlowAssociation, deleteEvent(physicalId, properties(second)), { ...clock, sleep });
        expect(isOver).toBe(true);
      }

      test('frees it, for neither would', async () => {
        await create(first, {}, { StackId: OTHER_STACK });
        await removeWhile(async () => {});
        expect(await world.flowOn(channel)).toBeUndefined();
        expect(world.tagsOf(channel)).toEqual({});
      });

      test('leaves a flow that came by hand meanwhile', async () => {
        await create(first, {}, { StackId: OTHER_STACK });
        await removeWhile(async () => {
          await disassociate(first);
          await world.associate(channel, foreign);
        });
        expect(await world.flowOn(channel)).toBe(foreign);
      });

      test('leaves alone a bare channel', async () => {
        await create(first, {}, { StackId: OTHER_STACK });
        await removeWhile(() => disassociate(first));
        expect(await world.flowOn(channel)).toBeUndefined();
      });

      test('leaves to the other what was there before both', async () => {
        await world.associate(channel, foreign);
        await create(first, { OnExisting: 'REPLACE' }, { StackId: OTHER_STACK });
        await removeWhile(async () => {});
        expect(await world.flowOn(channel)).toBe(first);
        expect(Object.keys(world.tagsOf(channel))).toEqual([expect.stringMatching(/:nobody$/)]);
      });
    });

    test('leaves a flow that came by hand', async () => {
      const { physicalId } = await create(first);
      await disassociate(first);
      await world.associate(channel, foreign);
      await remove(physicalId, first);
      expect(await world.flowOn(channel)).toBe(foreign);
      expect(world.tagsOf(channel)).toEqual({});
    });

    test('gives the channel to the other stack that claims it', async () => {
      const theirs = await create(first, {}, { StackId: OTHER_STACK });
      const { physicalId } = await create(second, { OnExisting: 'REPLACE' });
      expect(await world.flowOn(channel)).toBe(second);
      await remove(physicalId, second);
      expect(await world.flowOn(channel)).toBe(first);
      await remove(theirs.physicalId, first, { StackId: OTHER_STACK });
      expect(await world.flowOn(channel)).toBeUndefined();
    });

    test('frees the channel when the flow that would come back is gone', async () => {
      await world.associate(channel, foreign);
      const { physicalId } = await create(first, { OnExisting: 'REPLACE' });
      await service.clients.messaging.send(new DeleteChannelFlowCommand({ ChannelFlowArn: foreign }));
      await remove(physicalId, first);
      expect(await world.flowOn(channel)).toBeUndefined();
    });

    test('where the channel is gone succeeds', async () => {
      const { physicalId } = await create(first);
      await service.clients.messaging.send(new DeleteChannelCommand({ ChannelArn: channel, ChimeBearer: world.admin }));
      await remove(physicalId, first);
    });

    test('where the flow is gone succeeds', async () => {
      const { physicalId } = await create(first);
      await disassociate(first);
      await service.clients.messaging.send(new DeleteChannelFlowCommand({ ChannelFlowArn: first }));
      await remove(physicalId, first);
      expect(world.tagsOf(channel)).toEqual({});
    });

    test('where the app instance is gone succeeds', async () => {
      const { physicalId } = await create(first);
      await service.clients.identity.send(new DeleteAppInstanceCommand({ AppInstanceArn: world.appInstance }));
      await remove(physicalId, first);
    });

    test('with a bearer that lost its rights goes by another admin', async () => {
      const bearer = await promoted('second-admin');
      const { physicalId } = await create(first, { Bearer: bearer });
      await service.clients.identity.send(
        new DeleteAppInstanceAdminCommand({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: bearer }),
      );
      await remove(physicalId, first, {}, { Bearer: bearer });
      expect(await world.flowOn(channel)).toBeUndefined();
    });

    test('frees it also while lists still call the bearer an admin', async () => {
      const bearer = await promoted('second-admin');
      const { physicalId } = await create(first, { Bearer: bearer });
      service.time.pass(60_000);
      service.emulator.setBehaviour({ listConsistencyMs: 3_000 });
      await service.clients.identity.send(
        new DeleteAppInstanceAdminCommand({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: bearer }),
      );
      await remove(physicalId, first, {}, { Bearer: bearer });
      expect(await world.flowOn(channel)).toBeUndefined();
    });

    test('with an invented id, of what is no channel, makes no call', async () => {
      await expect(remove(inventedId(), first, {}, { ChannelArn: 'x' })).resolves.toEqual({ physicalId: inventedId() });
      expect(service.operations()).toEqual([]);
    });

    test('with an invented id touches nothing that it did not claim', async () => {
      await world.associate(channel, first);
      await remove(inventedId(), first);
      expect(await world.flowOn(channel)).toBe(first);
    });

    test('with an invented id frees what its lost Create claimed', async () => {
      await create(first);
      await remove(inventedId(), first);
      expect(await world.flowOn(channel)).toBeUndefined();
    });

    test('delivered again after its answer was lost leaves the flow that was there before it', async () => {
      await world.associate(channel, first);
      const { physicalId } = await create(first);
      const event = { ...deleteEvent(physicalId, properties(first)), signed: service.time.now() };
      await service.play(channelFlowAssociation, event);
      service.time.pass(60_000);
      await service.play(channelFlowAssociation, event);
      expect(await world.flowOn(channel)).toBe(first);
    });

    test(
      'delivered again by a later deployment, because its answer was lost, leaves what was there before',
      async () => {
        await world.associate(channel, first);
        const { physicalId } = await create(first);
        await remove(physicalId, first);
        await remove(physicalId, first);
        expect(await world.flowOn(channel)).toBe(first);
      },
    );
  });
});

describe('what the user gets wrong', () => {
  test('a bearer without rights: operation, code, message and the fix, and nothing left', async () => {
    const bearer = await world.user('nobody');
    await expect(create(first, { Bearer: bearer })).rejects.toThrow(
      /AssociateChannelFlow failed: ForbiddenException: .* — the bearer .*\/user\/nobody is not an admin: set 'bearer' to an app instance admin/,
    );
    expect(world.tagsOf(channel)).toEqual({});
  });

  test('a fresh admin is waited for', async () => {
    service.emulator.setBehaviour({ adminPromotionDelayMs: 300 });
    const { physicalId } = await create(first, { Bearer: await promoted('fresh') });
    expect(physicalId).toContain(channel);
  });

  test('a channel that is full of tags: nothing is touched', async () => {
    await world.tag(channel, Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`key-${i}`, 'value'])));
    await expect(create(first)).rejects.toThrow(
      /TagResource failed: ResourceLimitExceededException: .* — remove tags of/,
    );
    expect(await world.flowOn(channel)).toBeUndefined();
  });

  test('a bot without rights as a bearer: it is one, all the same', async () => {
    await expect(create(first, { Bearer: `${world.appInstance}/bot/helper` })).rejects.toThrow(
      /the bearer .*\/bot\/helper is not an admin/,
    );
  });

  test.each([
    [
      'a channel that is none', { ChannelArn: 'arn:aws:s3:::bucket' },
      /'channel' must be a channel ARN, got arn:aws:s3:::bucket/,
    ],
    ['a flow that is none', { ChannelFlowArn: 'x' }, /'channelFlow' must be a channel flow ARN, got x/],
    ['a bearer that is none', { Bearer: '' }, /'bearer' must be the ARN of an app instance user or bot, got  — /],
  ])('%s', async (_, more, message) => {
    await expect(create(first, more)).rejects.toThrow(message);
    expect(service.operations()).toEqual([]);
  });

  test('a flow of another app instance', async () => {
    const other = await World.create(service);
    await expect(create(await other.flow('far'))).rejects.toThrow(/are in different app instances/);
  });
});

async function disassociate(flow: string) {
  await service.clients.messaging.send(
    new DisassociateChannelFlowCommand({ ChannelArn: channel, ChannelFlowArn: flow, ChimeBearer: world.admin }),
  );
}

async function promoted(id: string): Promise<string> {
  const user = await world.user(id);
  await service.clients.identity.send(
    new CreateAppInstanceAdminCommand({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: user }),
  );
  return user;
}
