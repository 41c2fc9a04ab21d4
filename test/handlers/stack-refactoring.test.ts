/**
 * A stack refactoring (`cdk refactor`) gives a resource another logical id, or another stack, and sends no event. What
 * comes later finds all as it was. Where the stack is another, an event can't be told from one with a forged physical
 * id: it is refused until somebody has removed the former stack's tags.
 */
import { UntagResourceCommand } from '@aws-sdk/client-chime-sdk-messaging';
import { createEvent, deleteEvent, startService, STACK_ID, updateEvent, type Service } from './fixture';
import { LAMBDA_ARN, World } from './world';
import { appInstance } from '../../src/handlers/app-instance/lifecycle';
import { appInstanceAdmin } from '../../src/handlers/app-instance-admin/lifecycle';
import { appInstanceTags } from '../../src/handlers/app-instance-tags/lifecycle';
import { appInstanceUser } from '../../src/handlers/app-instance-user/lifecycle';
import { channel } from '../../src/handlers/channel/lifecycle';
import type { ChannelProperties } from '../../src/handlers/channel/properties';
import { channelFlow } from '../../src/handlers/channel-flow/lifecycle';
import { channelFlowAssociation } from '../../src/handlers/channel-flow-association/lifecycle';
import { claimKey } from '../../src/handlers/claims/claims';
import type { Lifecycle } from '../../src/handlers/protocol/lifecycle';
import type { Clients } from '../../src/handlers/service/clients';
import { deliveredProcessor } from '../support/processors';

const FORMER = { LogicalResourceId: 'Former', StackId: STACK_ID };
const LATTER = { ...FORMER, LogicalResourceId: 'Latter' };
const ELSEWHERE = { ...FORMER, StackId: STACK_ID.replace('/chat/', '/other/') };

let service: Service;
let world: World;

beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());
beforeEach(async () => {
  service.emulator.reset();
  world = await World.create(service);
});

/** Creates with the one id, then updates and deletes with the other. */
async function life<P>(lifecycle: Lifecycle<P, Clients>, first: P, second: P) {
  const before = service.emulator.state();
  const { physicalId } = await service.play(lifecycle, createEvent(first, FORMER));
  const updated = await service.play(lifecycle, updateEvent(physicalId, second, first, LATTER));
  expect(updated.physicalId).toBe(physicalId);
  await service.play(lifecycle, deleteEvent(physicalId, second, LATTER));
  expect(service.emulator.state()).toEqual(before);
}

const flowProperties = () => ({
  AppInstanceArn: world.appInstance,
  Name: 'moderation',
  Bearer: world.admin,
  Processors: [deliveredProcessor('moderate', { functionArn: LAMBDA_ARN })],
});

describe('with another logical id', () => {
  test('an app instance is updated and deleted', () => life(appInstance, { Name: 'chat' }, { Name: 'talk' }));

  test('an admin stays one, and is demoted in the end', async () => {
    const admin = { AppInstanceArn: world.appInstance, AppInstanceAdminArn: await world.user('ann') };
    await life(appInstanceAdmin, admin, admin);
  });

  test('tags are updated, and go', async () => {
    const tags = { AppInstanceArn: world.appInstance, Tags: [{ Key: 'team', Value: 'care' }] };
    await life(appInstanceTags, tags, { ...tags, Tags: [{ Key: 'team', Value: 'sales' }] });
  });

  test('a channel flow is updated and deleted', async () => {
    const flow = flowProperties();
    await life(channelFlow, flow, { ...flow, Name: 'redaction' });
  });

  test('a channel whose id was derived stays the same one', async () => {
    const lobby = { AppInstanceArn: world.appInstance, Name: 'lobby', Bearer: world.admin };
    await life(channel, lobby, { ...lobby, Name: 'hall' });
  });

  test('a private channel of another logical id is another one when it becomes public', async () => {
    const lobby: ChannelProperties = {
      AppInstanceArn: world.appInstance, Name: 'lobby', Bearer: world.admin, Privacy: 'PRIVATE',
    };
    const { physicalId } = await service.play(channel, createEvent(lobby, FORMER));
    const updated = await service.play(
      channel, updateEvent(physicalId, { ...lobby, Privacy: 'PUBLIC' }, lobby, LATTER),
    );
    expect(updated.physicalId).not.toBe(physicalId);
  });

  test('an association swaps its flow in place, and frees its channel', async () => {
    const [one, two] = [await world.flow('one'), await world.flow('two')];
    const association = {
      ChannelArn: await world.channel('lobby'), ChannelFlowArn: one, Bearer: world.admin, OnExisting: 'FAIL' as const,
    };
    const { physicalId } = await service.play(channelFlowAssociation, createEvent(association, FORMER));
    const swapped = { ...association, ChannelFlowArn: two };
    const updated = await service.play(channelFlowAssociation, updateEvent(physicalId, swapped, association, LATTER));
    expect(updated.physicalId).toBe(physicalId);
    expect(await world.flowOn(association.ChannelArn)).toBe(two);
    await service.play(channelFlowAssociation, deleteEvent(physicalId, swapped, LATTER));
    expect(await world.flowOn(association.ChannelArn)).toBeUndefined();
    expect(world.tagsOf(association.ChannelArn)).toEqual({});
  });

  test('an association gives way to one that is renamed later', async () => {
    const flow = await world.flow('one');
    const association = {
      ChannelArn: await world.channel('lobby'), ChannelFlowArn: flow, Bearer: world.admin, OnExisting: 'FAIL' as const,
    };
    const { physicalId } = await service.play(channelFlowAssociation, createEvent(association, FORMER));
    const renamed = await service.play(
      channelFlowAssociation, createEvent(association, { ...LATTER, LogicalResourceId: 'Renamed' }),
    );
    await service.play(channelFlowAssociation, deleteEvent(physicalId, association, LATTER));
    expect(await world.flowOn(association.ChannelArn)).toBe(flow);
    await service.play(
      channelFlowAssociation, deleteEvent(renamed.physicalId, association, { ...LATTER, LogicalResourceId: 'Renamed' }),
    );
    expect(await world.flowOn(association.ChannelArn)).toBeUndefined();
  });

  // Only the owner tag would tell it from what another resource made under the same id, when that was free for a while.
  test.each<[string, Lifecycle<any, Clients>, () => object]>([
    ['user', appInstanceUser, () => ({ AppInstanceArn: world.appInstance, AppInstanceUserId: 'ann', Name: 'Ann' })],
    [
      'channel', channel,
      () => ({ AppInstanceArn: world.appInstance, ChannelId: 'lobby', Name: 'lobby', Bearer: world.admin }),
    ],
  ])('a %s with an id of the template is updated, and stays in the end', async (_kind, lifecycle, properties) => {
    const { physicalId } = await service.play(lifecycle, createEvent(properties(), FORMER));
    const updated = await service.play(
      lifecycle, updateEvent(physicalId, { ...properties(), Name: 'other' }, properties(), LATTER),
    );
    expect(updated.physicalId).toBe(physicalId);
    const before = service.emulator.state();
    await service.play(lifecycle, deleteEvent(physicalId, properties(), LATTER));
    expect(service.emulator.state()).toEqual(before);
  });
});

describe('with another stack', () => {
  const MADE: [string, Lifecycle<any, Clients>, () => object, object][] = [
    ['an app instance', appInstance, () => ({ Name: 'chat' }), { Name: 'talk' }],
    ['a channel flow', channelFlow, flowProperties, { Name: 'redaction' }],
    [
      'a user', appInstanceUser, () => ({ AppInstanceArn: world.appInstance, AppInstanceUserId: 'ann', Name: 'Ann' }),
      { Name: 'Anna' },
    ],
    [
      'a channel', channel, () => ({ AppInstanceArn: world.appInstance, Name: 'lobby', Bearer: world.admin }),
      { Name: 'hall' },
    ],
    [
      'a channel with an id of the template', channel,
      () => ({ AppInstanceArn: world.appInstance, ChannelId: 'lobby', Name: 'lobby', Bearer: world.admin }),
      { Name: 'hall' },
    ],
  ];

  test.each(MADE)('%s is neither updated nor deleted', async (_, lifecycle, properties, change) => {
    const first = properties();
    const { physicalId } = await service.play(lifecycle, createEvent(first, FORMER));
    const before = service.emulator.state();
    await expect(
      service.play(lifecycle, updateEvent(physicalId, { ...first, ...change }, first, ELSEWHERE)),
    ).rejects.toThrow(
      `${physicalId} belongs to another stack, as its tag cdk-chime-messaging:owner or a claim says — if it was moved `
        + 'here from there, remove the tags of that stack',
    );
    await service.play(lifecycle, deleteEvent(physicalId, first, ELSEWHERE));
    expect(service.emulator.state()).toEqual(before);
  });

  test.each(MADE)(
    '%s is updated and deleted when the former stack\'s tag was removed by hand',
    async (_, lifecycle, properties, change) => {
      const first = properties();
      const before = service.emulator.state();
      const { physicalId } = await service.play(lifecycle, createEvent(first, FORMER));
      await untag(physicalId);
      const changed = { ...first, ...change };
      expect(await service.play(lifecycle, updateEvent(physicalId, changed, first, ELSEWHERE))).toMatchObject({
        physicalId,
      });
      await service.play(lifecycle, deleteEvent(physicalId, changed, ELSEWHERE));
      expect(service.emulator.state()).toEqual(before);
    },
  );

  const CLAIMING: [string, Lifecycle<any, Clients>, () => Promise<object>][] = [
    ['an association', channelFlowAssociation, async () => ({
      ChannelArn: await world.channel(
        'lobby',
      ),
      ChannelFlowArn: await world.flow('one'),
      Bearer: world.admin,
      OnExisting: 'FAIL',
    })],
    [
      'an admin', appInstanceAdmin,
      async () => ({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: await world.user('ann') }),
    ],
    [
      'a set of tags', appInstanceTags,
      async () => ({ AppInstanceArn: world.appInstance, Tags: [{ Key: 'team', Value: 'care' }] }),
    ],
  ];

  test.each(CLAIMING)(
    '%s stays the former stack\'s, and the new one claims it anew',
    async (_, lifecycle, properties) => {
      const wanted = await properties();
      const { physicalId } = await service.play(lifecycle, createEvent(wanted, FORMER));
      const before = service.emulator.state();
      await service.play(lifecycle, deleteEvent(physicalId, wanted, ELSEWHERE));
      expect(service.emulator.state()).toEqual(before);
      const moved = await service.play(lifecycle, updateEvent(physicalId, wanted, wanted, ELSEWHERE));
      expect(moved.physicalId).not.toBe(physicalId);
      // CloudFormation takes another id for a replacement.
      await service.play(lifecycle, deleteEvent(physicalId, wanted, ELSEWHERE));
      expect(world.tagsOf(physicalId.split('#')[0])).toHaveProperty([claimKey(ELSEWHERE)]);
      await service.play(lifecycle, deleteEvent(moved.physicalId, wanted, ELSEWHERE));
      expect(service.emulator.state()).toEqual(before);
    },
  );
});

async function untag(ResourceARN: string): Promise<void> {
  const TagKeys = Object.keys(world.tagsOf(ResourceARN));
  await service.clients.messaging.send(new UntagResourceCommand({ ResourceARN, TagKeys }));
}
