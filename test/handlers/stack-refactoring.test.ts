/**
 * A stack refactoring (`cdk refactor`) gives a resource another logical id, or another stack, and sends no event. What comes
 * later finds all as it was.
 */
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
import type { Clients } from '../../src/handlers/clients';
import type { Lifecycle } from '../../src/handlers/protocol/lifecycle';

const FORMER = { LogicalResourceId: 'Former', StackId: STACK_ID };
const REFACTORED: [string, typeof FORMER][] = [
  ['another logical id', { ...FORMER, LogicalResourceId: 'Latter' }],
  ['another stack', { ...FORMER, StackId: STACK_ID.replace('/chat/', '/other/') }],
];

let service: Service;
let world: World;

beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());
beforeEach(async () => {
  service.emulator.reset();
  world = await World.create(service);
});

/** Creates with the one id, then updates and deletes with the other. */
async function life<P>(lifecycle: Lifecycle<P, Clients>, refactored: typeof FORMER, first: P, second: P) {
  const before = service.emulator.state();
  const { physicalId } = await service.play(lifecycle, createEvent(first, FORMER));
  const updated = await service.play(lifecycle, updateEvent(physicalId, second, first, refactored));
  expect(updated.physicalId).toBe(physicalId);
  await service.play(lifecycle, deleteEvent(physicalId, second, refactored));
  expect(service.emulator.state()).toEqual(before);
}

describe.each(REFACTORED)('with %s', (_, refactored) => {
  test('an app instance is updated and deleted', () => life(appInstance, refactored, { Name: 'chat' }, { Name: 'talk' }));

  test('an admin stays one, and is demoted in the end', async () => {
    const admin = { AppInstanceArn: world.appInstance, AppInstanceAdminArn: await world.user('ann') };
    await life(appInstanceAdmin, refactored, admin, admin);
  });

  test('tags are updated, and go', async () => {
    const tags = { AppInstanceArn: world.appInstance, Tags: [{ Key: 'team', Value: 'care' }] };
    await life(appInstanceTags, refactored, tags, { ...tags, Tags: [{ Key: 'team', Value: 'sales' }] });
  });

  test('a channel flow is updated and deleted', async () => {
    const flow = {
      AppInstanceArn: world.appInstance,
      Name: 'moderation',
      Bearer: world.admin,
      Processors: [{
        Name: 'moderate', ExecutionOrder: '1', FallbackAction: 'ABORT', Configuration: { Lambda: { ResourceArn: LAMBDA_ARN, InvocationType: 'ASYNC' } },
      }],
    };
    await life(channelFlow, refactored, flow, { ...flow, Name: 'redaction' });
  });

  test('a channel whose id was derived stays the same one', async () => {
    const lobby = { AppInstanceArn: world.appInstance, Name: 'lobby', Bearer: world.admin };
    await life(channel, refactored, lobby, { ...lobby, Name: 'hall' });
  });

  test('a private channel of another logical id is another one when it becomes public', async () => {
    const lobby: ChannelProperties = { AppInstanceArn: world.appInstance, Name: 'lobby', Bearer: world.admin, Privacy: 'PRIVATE' };
    const { physicalId } = await service.play(channel, createEvent(lobby, FORMER));
    const updated = await service.play(channel, updateEvent(physicalId, { ...lobby, Privacy: 'PUBLIC' }, lobby, refactored));
    expect(updated.physicalId).not.toBe(physicalId);
  });

  test('an association swaps its flow in place, and frees its channel', async () => {
    const [one, two] = [await world.flow('one'), await world.flow('two')];
    const association = { ChannelArn: await world.channel('lobby'), ChannelFlowArn: one, Bearer: world.admin, OnExisting: 'FAIL' as const };
    const { physicalId } = await service.play(channelFlowAssociation, createEvent(association, FORMER));
    const swapped = { ...association, ChannelFlowArn: two };
    const updated = await service.play(channelFlowAssociation, updateEvent(physicalId, swapped, association, refactored));
    expect(updated.physicalId).toBe(physicalId);
    expect(await world.flowOn(association.ChannelArn)).toBe(two);
    await service.play(channelFlowAssociation, deleteEvent(physicalId, swapped, refactored));
    expect(await world.flowOn(association.ChannelArn)).toBeUndefined();
    expect(world.tagsOf(association.ChannelArn)).toEqual({});
  });

  test('an association gives way to one that is renamed later', async () => {
    const flow = await world.flow('one');
    const association = { ChannelArn: await world.channel('lobby'), ChannelFlowArn: flow, Bearer: world.admin, OnExisting: 'FAIL' as const };
    const { physicalId } = await service.play(channelFlowAssociation, createEvent(association, FORMER));
    const renamed = await service.play(channelFlowAssociation, createEvent(association, { ...refactored, LogicalResourceId: 'Renamed' }));
    await service.play(channelFlowAssociation, deleteEvent(physicalId, association, refactored));
    expect(await world.flowOn(association.ChannelArn)).toBe(flow);
    await service.play(channelFlowAssociation, deleteEvent(renamed.physicalId, association, { ...refactored, LogicalResourceId: 'Renamed' }));
    expect(await world.flowOn(association.ChannelArn)).toBeUndefined();
  });

  // Only the owner tag would tell it from what another resource made under the same id, when that was free for a while.
  test.each<[string, Lifecycle<any, Clients>, () => object]>([
    ['user', appInstanceUser, () => ({ AppInstanceArn: world.appInstance, AppInstanceUserId: 'ann', Name: 'Ann' })],
    ['channel', channel, () => ({ AppInstanceArn: world.appInstance, ChannelId: 'lobby', Name: 'lobby', Bearer: world.admin })],
  ])('a %s with an id of the template is updated, and stays in the end', async (_kind, lifecycle, properties) => {
    const { physicalId } = await service.play(lifecycle, createEvent(properties(), FORMER));
    const updated = await service.play(lifecycle, updateEvent(physicalId, { ...properties(), Name: 'other' }, properties(), refactored));
    expect(updated.physicalId).toBe(physicalId);
    const before = service.emulator.state();
    await service.play(lifecycle, deleteEvent(physicalId, properties(), refactored));
    expect(service.emulator.state()).toEqual(before);
  });
});
