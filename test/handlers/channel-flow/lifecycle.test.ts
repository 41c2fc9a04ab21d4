import { DeleteAppInstanceAdminCommand, DeleteAppInstanceCommand } from '@aws-sdk/client-chime-sdk-identity';
import {
  DeleteChannelCommand, DeleteChannelFlowCommand, DescribeChannelFlowCommand,
} from '@aws-sdk/client-chime-sdk-messaging';
import { channelFlow } from '../../../src/handlers/channel-flow/lifecycle';
import type { ChannelFlowProperties } from '../../../src/handlers/channel-flow/properties';
import { Unfinished } from '../../../src/handlers/service/clock';
import { deliveredProcessor } from '../../support/processors';
import {
  createEvent, deleteEvent, fakeClock, inventedId, startService, updateEvent, type Behaviour, type FakeClock, type
  Service,
} from '../fixture';
import { LAMBDA_ARN, World } from '../world';

let service: Service;
let world: World;

beforeAll(async () => { service = await startService(); });
afterAll(async () => service.close());
beforeEach(() => arrange());

async function arrange(behaviour: Behaviour = {}) {
  jest.spyOn(console, 'log').mockImplementation();
  service.emulator.reset();
  service.emulator.setBehaviour(behaviour);
  world = await World.create(service);
  service.forgetCalls();
}

function properties(more: Partial<ChannelFlowProperties> = {}): ChannelFlowProperties {
  return {
    AppInstanceArn: world.appInstance,
    Name: 'moderation',
    // As CloudFormation delivers it: every scalar is a string.
    Processors: [deliveredProcessor('moderate', { functionArn: LAMBDA_ARN })],
    Bearer: world.admin,
    ...more,
  };
}

const create = (more?: Partial<ChannelFlowProperties>) => service.play(channelFlow, createEvent(properties(more)));
const update = (id: string, more: Partial<ChannelFlowProperties>, former: Partial<ChannelFlowProperties> = {}) =>
  service.play(channelFlow, updateEvent(id, properties(more), properties(former)));
const remove = (id: string, more?: Partial<ChannelFlowProperties>, clock?: FakeClock) =>
  service.play(channelFlow, deleteEvent(id, properties(more)), clock);
const faults = (...list: { operation: string; error: string; call?: number; times?: number }[]) =>
  service.emulator.setBehaviour({ faults: list as never });
const flows = () => service.emulator.state().channelFlows;
const userTags = (arn: string) =>
  Object.fromEntries(Object.entries(world.tagsOf(arn)).filter(([key]) => !key.startsWith('cdk-chime-messaging:')));

const DAY = 24 * 3_600_000;
const twoProcessors = () =>
  properties().Processors.concat({ ...properties().Processors[0], Name: 'translate', ExecutionOrder: '2' });

/** Every way in which the service may answer what nobody could ask it. */
const SERVICES: [string, Behaviour][] = [
  ['answers 404 and 409', {}],
  ['answers 403 and 400', {
    missingFlow: 'forbidden',
    missingChannel: 'forbidden',
    missingAppInstance: 'forbidden',
    listTagsOfMissing: 'forbidden',
    deleteAssociatedFlow: 'bad-request',
    disassociateNotAssociated: 'bad-request',
    untagMissingKey: 'bad-request',
  }],
  [
    'wants unique names and fresh tokens',
    { duplicateFlowName: 'conflict', repeatedToken: 'conflict', disassociateNotAssociated: 'conflict' },
  ],
];

describe.each(SERVICES)('a service that %s', (_, behaviour) => {
  beforeEach(() => arrange(behaviour));

  describe('Create', () => {
    test('is one call, tags included', async () => {
      const outcome = await create({ Tags: [{ Key: 'team', Value: 'care' }] });
      expect(service.operations()).toEqual(['CreateChannelFlow']);
      expect(outcome).toEqual({
        physicalId: expect.stringContaining(`${world.appInstance}/channel-flow/`),
        data: { ChannelFlowArn: outcome.physicalId, Name: 'moderation' },
      });
      expect(userTags(outcome.physicalId)).toEqual({ team: 'care' });
      expect(world.tagsOf(outcome.physicalId)).toHaveProperty(['cdk-chime-messaging:owner']);
    });

    test('delivered twice makes one flow', async () => {
      const event = createEvent(properties());
      const once = await service.play(channelFlow, event);
      const twice = await service.play(channelFlow, event);
      expect(twice).toEqual(once);
      expect(flows()).toHaveLength(1);
    });

    test('whose answer is lost finds the flow again', async () => {
      faults({ operation: 'CreateChannelFlow', error: 'lost-answer' });
      const { physicalId } = await create();
      expect(flows().map(({ ChannelFlowArn }) => ChannelFlowArn)).toEqual([physicalId]);
    });

    test('whose answer is lost finds the flow also where lists lag behind', async () => {
      service.time.pass(60_000);
      service.emulator.setBehaviour({ listConsistencyMs: 5_000, repeatedToken: 'conflict' });
      faults({ operation: 'CreateChannelFlow', error: 'lost-answer' });
      const { physicalId } = await create();
      expect(flows().map(({ ChannelFlowArn }) => ChannelFlowArn)).toEqual([physicalId]);
    });

    test('that fails after it found its own flow answers with its id', async () => {
      service.emulator.setBehaviour({ repeatedToken: 'conflict' });
      faults(
        { operation: 'CreateChannelFlow', error: 'lost-answer' },
        { operation: 'UpdateChannelFlow', error: 'BadRequest' },
      );
      const failure = await create().catch(error => error);
      expect(flows()).toHaveLength(1);
      expect(failure).toMatchObject({
        name: 'FailedWithPhysicalId', physicalId: flows()[0].ChannelFlowArn, cause: { name: 'BadRequestException' },
      });
    });

    test('does not take over what was retained from an earlier life, however it fails', async () => {
      await service.play(channelFlow, { ...createEvent(properties()), signed: service.time.now() });
      service.time.pass(DAY);
      faults({ operation: 'CreateChannelFlow', error: 'Conflict' });
      await expect(
        service.play(channelFlow, { ...createEvent(properties()), signed: service.time.now() }),
      ).rejects.toThrow('a fault is set');
      expect(flows()).toHaveLength(1);
    });

    test('in an app instance that does not exist: operation, code, message, fix', async () => {
      await expect(create({ AppInstanceArn: `${world.appInstance.slice(0, -4)}0000` }))
        .rejects.toMatchObject({ $metadata: expect.objectContaining({ httpStatusCode: expect.any(Number) }) });
      expect(flows()).toEqual([]);
    });

    test('that the service refuses for good looks for nothing', async () => {
      faults({ operation: 'CreateChannelFlow', error: 'BadRequest' });
      await expect(create()).rejects.toMatchObject({ name: 'BadRequestException' });
      expect(service.operations()).toEqual(['CreateChannelFlow']);
    });

    test('waits for the permissions of a fresh role', async () => {
      faults({ operation: 'CreateChannelFlow', error: 'AccessDenied', times: 5 });
      await create();
      expect(flows()).toHaveLength(1);
    });

    test('whose flow can not be looked for answers with an id that the Delete resolves', async () => {
      faults(
        { operation: 'CreateChannelFlow', error: 'lost-answer', call: 1 },
        { operation: 'CreateChannelFlow', error: 'Conflict', call: 2 },
        { operation: 'ListChannelFlows', error: 'BadRequest', times: 1 },
      );
      const failure = await create().catch(error => error);
      expect(failure).toMatchObject({
        name: 'FailedWithPhysicalId',
        message: expect.stringMatching(
          /^CreateChannelFlow failed: ConflictException: .*; and whether it was created could not be found out: ListChannelFlows failed: Bad/,
        ),
        cause: { name: 'ConflictException' },
      });
      expect(flows()).toHaveLength(1);
      await remove(failure.physicalId);
      expect(flows()).toEqual([]);
    });
  });

  describe('Update', () => {
    test('that changes nothing for the service, or the bearer only, makes no call', async () => {
      const { physicalId } = await create();
      service.forgetCalls();
      expect((await update(physicalId, { Bearer: undefined })).physicalId).toBe(physicalId);
      expect(service.operations()).toEqual([]);
    });

    test('of name and processors is one call with both, and back', async () => {
      const { physicalId } = await create();
      service.forgetCalls();
      await update(physicalId, { Name: 'renamed', Processors: twoProcessors() });
      expect(service.operations()).toEqual(['ListTagsForResource', 'UpdateChannelFlow']);
      expect(flows()).toMatchObject([{ Name: 'renamed' }]);
      expect((await describeFlow(physicalId)).ChannelFlow?.Processors).toMatchObject([
        { ExecutionOrder: 1 }, { Name: 'translate', ExecutionOrder: 2 },
      ]);
      await update(physicalId, {}, { Name: 'renamed', Processors: twoProcessors() });
      expect(flows()).toMatchObject([{ Name: 'moderation' }]);
    });

    test.each<[string, (one: ChannelFlowProperties['Processors'][0]) => object]>([
      ['name', () => ({ Name: 'censor' })],
      ['order', () => ({ ExecutionOrder: '2' })],
      ['fallback', () => ({ FallbackAction: 'CONTINUE' })],
      ['function', ({ Configuration: { Lambda } }) =>
        ({ Configuration: { Lambda: { ...Lambda, ResourceArn: `${LAMBDA_ARN}-2` } } })],
    ])('of the %s of a processor is one call', async (_name, change) => {
      const { physicalId } = await create();
      service.forgetCalls();
      const [one] = properties().Processors;
      await update(physicalId, { Processors: [{ ...one, ...change(one) } as typeof one] });
      expect(service.operations()).toEqual(['ListTagsForResource', 'UpdateChannelFlow']);
    });

    test(
      'says of a processor in numbers what CloudFormation says in text, in whatever order the keys come',
      async () => {
        const { physicalId } = await create();
        service.forgetCalls();
        const [{ Configuration, FallbackAction, ExecutionOrder, Name }] = properties().Processors;
        await update(
          physicalId,
          { Processors: [{ Configuration, FallbackAction, ExecutionOrder: Number(ExecutionOrder) as never, Name }] },
        );
        expect(service.operations()).toEqual([]);
      },
    );

    test.each(['Forbidden', 'BadRequest'])('that is refused (%s) although the flow is there fails', async error => {
      const { physicalId } = await create();
      faults({ operation: 'UpdateChannelFlow', error });
      await expect(update(physicalId, { Name: 'renamed' })).rejects.toThrow('a fault is set');
      expect(flows()).toMatchObject([{ ChannelFlowArn: physicalId, Name: 'moderation' }]);
    });

    test('to another app instance that fails after it found its own names no other id', async () => {
      const { physicalId } = await create();
      const elsewhere = (await World.create(service)).appInstance;
      const lost = [
        { operation: 'CreateChannelFlow', error: 'lost-answer', call: 1 },
        { operation: 'CreateChannelFlow', error: 'Conflict', call: 2 },
      ];
      faults(...lost, { operation: 'UpdateChannelFlow', error: 'BadRequest' });
      await expect(update(physicalId, { AppInstanceArn: elsewhere })).rejects.toMatchObject({
        name: 'BadRequestException',
      });
      // It is there; so the repetition finds it.
      const { physicalId: moved } = await update(physicalId, { AppInstanceArn: elsewhere });
      expect(flows().map(({ ChannelFlowArn }) => ChannelFlowArn)).toContain(moved);
      expect(flows()).toHaveLength(2);
    });

    test('to another app instance that can not look for what it made says why it looked', async () => {
      const { physicalId } = await create();
      const elsewhere = (await World.create(service)).appInstance;
      const lost = [
        { operation: 'CreateChannelFlow', error: 'lost-answer', call: 1 },
        { operation: 'CreateChannelFlow', error: 'Conflict', call: 2 },
      ];
      faults(...lost, { operation: 'ListChannelFlows', call: 2, error: 'BadRequest' });
      await expect(update(physicalId, { AppInstanceArn: elsewhere })).rejects.toMatchObject({
        name: 'ConflictException',
      });
    });

    test('of tags only, of a flow that is gone, creates it anew', async () => {
      const { physicalId } = await create();
      await service.clients.messaging.send(new DeleteChannelFlowCommand({ ChannelFlowArn: physicalId }));
      const renewed = await update(physicalId, { Tags: [{ Key: 'team', Value: 'care' }] });
      expect(flows().map(({ ChannelFlowArn }) => ChannelFlowArn)).toEqual([renewed.physicalId]);
      expect(userTags(renewed.physicalId)).toEqual({ team: 'care' });
    });

    test('of a flow that is gone finds the one that another Update made a moment ago', async () => {
      const { physicalId } = await create();
      await service.clients.messaging.send(new DeleteChannelFlowCommand({ ChannelFlowArn: physicalId }));
      service.time.pass(60_000);
      service.emulator.setBehaviour({ listConsistencyMs: 5_000 });
      const anew = await update(physicalId, { Name: 'renamed' });
      expect(await update(physicalId, {}, { Name: 'renamed' })).toMatchObject({ physicalId: anew.physicalId });
      expect(flows()).toHaveLength(1);
    });

    test('back from one that created a flow anew leaves none of its tags', async () => {
      const { physicalId } = await create({ Tags: [{ Key: 'team', Value: 'care' }] });
      await service.clients.messaging.send(new DeleteChannelFlowCommand({ ChannelFlowArn: physicalId }));
      const [former, wanted] = [
        { Tags: [{ Key: 'team', Value: 'care' }] }, { Name: 'renamed', Tags: [{ Key: 'stage', Value: 'prod' }] },
      ];
      const anew = await update(physicalId, wanted, former);
      // CloudFormation sends the first id again, or the second.
      expect(await update(physicalId, former, wanted)).toMatchObject({ physicalId: anew.physicalId });
      expect(userTags(anew.physicalId)).toEqual({ team: 'care' });
    });

    test('back from a replacement whose answer was lost deletes what it made', async () => {
      const { physicalId } = await create();
      const elsewhere = (await World.create(service)).appInstance;
      await update(physicalId, { AppInstanceArn: elsewhere });
      expect(flows()).toHaveLength(2);
      // CloudFormation never learnt of the second: it sends the first id, and deletes nothing.
      expect(await update(physicalId, {}, { AppInstanceArn: elsewhere })).toMatchObject({ physicalId });
      expect(flows().map(({ ChannelFlowArn }) => ChannelFlowArn)).toEqual([physicalId]);
    });

    test('back from a replacement deletes what that made also where the flow itself is gone meanwhile', async () => {
      const { physicalId } = await create();
      const elsewhere = (await World.create(service)).appInstance;
      await update(physicalId, { AppInstanceArn: elsewhere, Name: 'other' });
      await service.clients.messaging.send(new DeleteChannelFlowCommand({ ChannelFlowArn: physicalId }));
      const anew = await update(physicalId, {}, { AppInstanceArn: elsewhere, Name: 'other' });
      expect(flows().map(({ ChannelFlowArn }) => ChannelFlowArn)).toEqual([anew.physicalId]);
    });

    test('of tags changes what differs and leaves what others set', async () => {
      const { physicalId } = await create({ Tags: [{ Key: 'team', Value: 'care' }, { Key: 'old', Value: '1' }] });
      await world.tag(physicalId, { auditor: 'x' });
      service.forgetCalls();
      await update(
        physicalId,
        { Tags: [{ Key: 'team', Value: 'sales' }] },
        { Tags: [{ Key: 'team', Value: 'care' }, { Key: 'old', Value: '1' }] },
      );
      expect(service.operations()).toEqual(['ListTagsForResource', 'UntagResource', 'TagResource']);
      expect(userTags(physicalId)).toEqual({ auditor: 'x', team: 'sales' });
    });

    test('of tags that failed half-way is undone by its rollback', async () => {
      const [former, wanted] = [[{ Key: 'a', Value: '1' }], [{ Key: 'b', Value: '2' }]];
      const { physicalId } = await create({ Tags: former });
      faults({ operation: 'TagResource', error: 'BadRequest', times: 1 });
      await expect(update(physicalId, { Tags: wanted }, { Tags: former })).rejects.toThrow();
      await update(physicalId, { Tags: former }, { Tags: wanted });
      expect(userTags(physicalId)).toEqual({ a: '1' });
    });

    test('of a flow that was deleted by hand creates it anew, once', async () => {
      const { physicalId } = await create();
      await service.clients.messaging.send(new DeleteChannelFlowCommand({ ChannelFlowArn: physicalId }));
      const anew = await update(physicalId, { Name: 'renamed' });
      expect(anew.physicalId).not.toBe(physicalId);
      const back = await update(physicalId, {}, { Name: 'renamed' });
      expect(back.physicalId).toBe(anew.physicalId);
      expect(flows()).toMatchObject([{ ChannelFlowArn: anew.physicalId, Name: 'moderation' }]);
    });

    test.each(['first', 'second'])(
      'of the app instance makes a new flow; its rollback with the %s id finds the old one',
      async which => {
        const { physicalId } = await create();
        const other = await World.create(service);
        const moved = await update(physicalId, { AppInstanceArn: other.appInstance });
        expect(moved.physicalId).toContain(other.appInstance);
        const back = await update(
          which === 'first' ? physicalId : moved.physicalId, {}, { AppInstanceArn: other.appInstance },
        );
        expect(back.physicalId).toBe(physicalId);
        await remove(moved.physicalId, { AppInstanceArn: other.appInstance });
        expect(flows().map(({ ChannelFlowArn }) => ChannelFlowArn)).toEqual([physicalId]);
      },
    );
  });

  describe('Delete', () => {
    test('of a flow without channels is one call', async () => {
      const { physicalId } = await create();
      service.forgetCalls();
      await remove(physicalId);
      expect(service.operations()).toEqual(['ListTagsForResource', 'DeleteChannelFlow']);
      expect(flows()).toEqual([]);
    });

    test('disassociates every channel, also those the stack never knew', async () => {
      const { physicalId } = await create();
      for (let i = 0; i < 120; i++) await world.associate(await world.channel(`channel ${i}`), physicalId);
      service.forgetCalls();
      await remove(physicalId);
      expect(flows()).toEqual([]);
      expect(service.emulator.state().associations).toEqual([]);
      expect(service.operations().filter(operation => operation === 'DisassociateChannelFlow')).toHaveLength(120);
    });

    test('goes by any admin when no bearer is named, or the one named has gone', async () => {
      const { physicalId } = await create();
      await world.associate(await world.channel('lobby'), physicalId);
      await remove(physicalId, { Bearer: `${world.appInstance}/user/gone` });
      expect(flows()).toEqual([]);
    });

    test('without any bearer says which property to set, and loses nothing', async () => {
      const { physicalId } = await create();
      await world.associate(await world.channel('lobby'), physicalId);
      await service.clients.identity.send(
        new DeleteAppInstanceAdminCommand({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: world.admin }),
      );
      await expect(remove(physicalId, { Bearer: undefined })).rejects.toThrow(
        /no bearer: .* has no admin — set 'bearer' to an app instance admin/,
      );
      expect(service.emulator.state().associations).toHaveLength(1);
    });

    test('sets channels aside that are gone but still listed', async () => {
      service.emulator.setBehaviour({ deletedChannelListing: 'lingers' });
      const { physicalId } = await create();
      for (const name of ['gone', 'there']) {
        const channel = await world.channel(name);
        await world.associate(channel, physicalId);
        if (name === 'gone') {
          await service.clients.messaging.send(
            new DeleteChannelCommand({ ChannelArn: channel, ChimeBearer: world.admin }),
          );
        }
      }
      await remove(physicalId);
      expect(flows()).toEqual([]);
    });

    test('names the channels that are gone but stay in the way', async () => {
      service.emulator.setBehaviour({ deletedChannelListing: 'lingers', deletedChannelBlocksFlow: true });
      const { physicalId } = await create();
      const channel = await world.channel('gone');
      await world.associate(channel, physicalId);
      await service.clients.messaging.send(new DeleteChannelCommand({ ChannelArn: channel, ChimeBearer: world.admin }));
      const { message } = await remove(physicalId).catch(error => error);
      expect(message).toMatch(/^DeleteChannelFlow failed: .* — /);
      expect(message).toContain(`aws chime-sdk-messaging delete-channel-flow --channel-flow-arn ${physicalId}`);
    });

    test('waits for a service that is eventually consistent', async () => {
      service.emulator.setBehaviour({ deleteConsistencyMs: 200 });
      const { physicalId } = await create();
      await world.associate(await world.channel('lobby'), physicalId);
      await remove(physicalId, {}, slowClock());
      expect(flows()).toEqual([]);
    });

    test('drains at the pace that the service bears', async () => {
      const { physicalId } = await create();
      for (let i = 0; i < 30; i++) await world.associate(await world.channel(`channel ${i}`), physicalId);
      service.emulator.setBehaviour({ requestRate: { DisassociateChannelFlow: { perSecond: 50, burst: 2 } } });
      await remove(physicalId, {}, slowClock());
      expect(flows()).toEqual([]);
    });

    test('that runs out of time says so to Lambda, and goes on when it is delivered again', async () => {
      const { physicalId } = await create();
      for (let i = 0; i < 5; i++) await world.associate(await world.channel(`channel ${i}`), physicalId);
      const unfinished = await remove(physicalId, {}, fakeClock(15_000)).catch(error => error);
      expect(unfinished).toBeInstanceOf(Unfinished);
      expect(unfinished.message).toMatch(
        /takes longer than the time there was: 5 channels remain — delete the stack again/,
      );
      expect(unfinished.message).toContain(
        'finish by hand, with ADMIN the ARN of an app instance admin: for c in $(aws chime-sdk-messaging',
      );
      await remove(physicalId);
      expect(flows()).toEqual([]);
    });

    test('of what is gone already succeeds', async () => {
      const { physicalId } = await create();
      await remove(physicalId);
      await remove(physicalId);
    });

    test('with its app instance gone succeeds', async () => {
      const { physicalId } = await create();
      await service.clients.identity.send(new DeleteAppInstanceCommand({ AppInstanceArn: world.appInstance }));
      await remove(physicalId);
      await remove(inventedId());
    });

    test('of what went a moment ago, but is listed still, succeeds', async () => {
      const { physicalId } = await create();
      service.time.pass(60_000);
      service.emulator.setBehaviour({ listConsistencyMs: 5_000, missingFlow: 'forbidden' });
      await remove(physicalId);
      await remove(physicalId);
    });

    test('with an invented id waits for the list to show what a lost Create made', async () => {
      service.time.pass(60_000);
      service.emulator.setBehaviour({ listConsistencyMs: 5_000 });
      await create();
      await remove(inventedId());
      expect(flows()).toEqual([]);
    });

    test('with an invented id looks again where a flow could not be looked at', async () => {
      await create();
      faults({ operation: 'ListTagsForResource', error: 'Forbidden' });
      await remove(inventedId());
      expect(flows()).toEqual([]);
    });

    test('with an invented id looks at what is another\'s only once, and fails where it can not look', async () => {
      await world.flow('others');
      service.forgetCalls();
      await remove(inventedId());
      expect(service.operations().filter(operation => operation === 'ListChannelFlows').length).toBeGreaterThan(5);
      expect(service.operations().filter(operation => operation === 'ListTagsForResource')).toHaveLength(1);
      faults({ operation: 'ListTagsForResource', error: 'BadRequest' });
      await expect(remove(inventedId())).rejects.toMatchObject({ name: 'BadRequestException' });
    });

    test('with an invented id, in what is no app instance, makes no call', async () => {
      await expect(remove(inventedId(), { AppInstanceArn: 'chat' })).resolves.toEqual({ physicalId: inventedId() });
      expect(service.operations()).toEqual([]);
    });

    test('in the name of the bearer asks for no other', async () => {
      const { physicalId } = await create();
      await world.associate(await world.channel('lobby'), physicalId);
      service.forgetCalls();
      await remove(physicalId);
      expect(service.operations()).not.toContain('ListAppInstanceAdmins');
    });

    test('with an invented id leaves alone what was retained from an earlier life', async () => {
      await service.play(channelFlow, { ...createEvent(properties()), signed: service.time.now() });
      service.time.pass(DAY);
      await remove(inventedId());
      expect(flows()).toHaveLength(1);
    });

    test('with an invented id deletes what a lost Create made, and nothing else', async () => {
      await create();
      const others = await world.flow('others');
      await remove(inventedId());
      expect(flows().map(({ ChannelFlowArn }) => ChannelFlowArn)).toEqual([others]);
      await remove(inventedId());
      expect(flows()).toHaveLength(1);
    });

    test('never takes an IAM denial for gone', async () => {
      const { physicalId } = await create();
      faults({ operation: 'DeleteChannelFlow', error: 'AccessDenied', times: 500 });
      await expect(remove(physicalId)).rejects.toThrow(/is not authorized to perform/);
      expect(flows()).toHaveLength(1);
    });
  });
});

test('an app instance that is none is refused before any call', async () => {
  await expect(create({ AppInstanceArn: 'chat' })).rejects.toThrow(
    "'appInstance' must be an app instance ARN, got chat",
  );
  expect(service.operations()).toEqual([]);
});

/** A clock that really waits: for what the emulator does by the wall's clock. */
function slowClock(): FakeClock {
  return { ...fakeClock(), now: Date.now, sleep: ms => new Promise(resolve => setTimeout(resolve, ms)) };
}

function describeFlow(arn: string) {
  return service.clients.messaging.send(new DescribeChannelFlowCommand({ ChannelFlowArn: arn }));
}
