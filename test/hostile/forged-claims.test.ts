/**
 * Claims that somebody wrote who may only tag: made up, copied from other things, written over those that are there,
 * before and between the events of a stack. They demote nobody and bring no flow to a channel.
 *
 *     HOSTILE_SEED=<seed> HOSTILE_RUNS=<runs> npx jest test/hostile/forged-claims
 */
import { CreateAppInstanceAdminCommand, DeleteAppInstanceAdminCommand } from '@aws-sdk/client-chime-sdk-identity';
import * as fc from 'fast-check';
import { RUNS, SEED } from './runs';
import { appInstanceAdmin } from '../../src/handlers/app-instance-admin/lifecycle';
import { channelFlowAssociation } from '../../src/handlers/channel-flow-association/lifecycle';
import { claimKey, DISPLACED_CLAIM_KEY } from '../../src/handlers/claims/claims';
import { createEvent, deleteEvent, startService, STACK_ID, updateEvent, type Service } from '../handlers/fixture';
import { World } from '../handlers/world';

let service: Service;
let world: World;
beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());
beforeEach(async () => {
  service.emulator.reset();
  world = await World.create(service);
});

const OTHER_STACK = STACK_ID.replace('/chat/', '/other/');
const OWN = { StackId: STACK_ID, LogicalResourceId: 'Resource' };
const KEYS = [
  claimKey(OWN), claimKey({ ...OWN, LogicalResourceId: 'Sibling' }),
  claimKey({ StackId: OTHER_STACK, LogicalResourceId: 'Resource' }), DISPLACED_CLAIM_KEY,
  'cdk-chime-messaging:claim:', 'cdk-chime-messaging:claim:a:b', 'cdk-chime-messaging:claim:nobody:x',
];
/** `value` chooses among what might be believed; `when` says after which event it is written, 0 before the first. */
const forgery = fc.record({ key: fc.constantFrom(...KEYS), value: fc.nat(100), when: fc.nat(2) });
const forgeries = fc.array(forgery, { minLength: 1, maxLength: 4 });
const runs = Math.ceil(RUNS / 40);

type Forgeries = { key: string; value: number; when: number }[];

async function forge(arn: string, all: Forgeries, when: number, values: readonly string[]): Promise<void> {
  for (const { key, value } of all.filter(made => made.when === when)) {
    await world.tag(arn, { [key]: values[value % values.length] });
  }
}

function isAdmin(arn: string): boolean {
  return JSON.stringify(service.emulator.state().admins).includes(`"${arn}"`);
}

test(`${runs} sets of forged claims of seed ${SEED} demote nobody`, async () => {
  let number = 0;
  // A genuine one, on another user.
  const other = await world.user('other');
  await service.play(
    appInstanceAdmin, createEvent({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: other }, OWN),
  );
  const genuine = Object.values(world.tagsOf(other))[0];
  const values = [
    'promoted', 'found', 'promoted ', 'PROMOTED', 'x', 'promoted @', genuine, `promoted @${'A'.repeat(22)}`,
  ];
  await fc.assert(fc.asyncProperty(forgeries, async all => {
    const user = await world.user(`user-${++number}`);
    await service.clients.identity.send(
      new CreateAppInstanceAdminCommand({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: user }),
    );
    const properties = { AppInstanceArn: world.appInstance, AppInstanceAdminArn: user };
    await forge(user, all, 0, values);
    const { physicalId } = await service.play(appInstanceAdmin, createEvent(properties, OWN));
    await forge(user, all, 1, values);
    await service.play(
      appInstanceAdmin, updateEvent(physicalId, properties, { ...properties, AppInstanceAdminArn: other }, OWN),
    );
    await forge(user, all, 2, values);
    await service.play(appInstanceAdmin, deleteEvent(physicalId, properties, OWN));
    expect(isAdmin(user)).toBe(true);
    expect(world.tagsOf(user)).not.toHaveProperty([claimKey(OWN)]);
    // An app instance has 100 admins at most.
    await service.clients.identity.send(
      new DeleteAppInstanceAdminCommand({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: user }),
    );
  }), { seed: SEED, numRuns: runs, endOnFailure: true });
}, 600_000);

test(`${runs} sets of forged claims of seed ${SEED} bring no flow to a channel`, async () => {
  const [own, second, evil, byHand] = await Promise.all(
    ['own', 'second', 'evil', 'by-hand'].map(name => world.flow(name)),
  );
  const idOf = (arn: string) => arn.split('/').pop()!;
  const elsewhere = await world.channel('elsewhere');
  await service.play(
    channelFlowAssociation,
    createEvent({ ChannelArn: elsewhere, ChannelFlowArn: evil, Bearer: world.admin, OnExisting: 'FAIL' as const }, OWN),
  );
  const genuine = Object.values(world.tagsOf(elsewhere))[0];
  const values = [
    idOf(evil), `${idOf(evil)} ${idOf(own)}`, `${idOf(own)} ${idOf(second)} ${idOf(evil)}`, genuine,
    `${idOf(evil)} @${'A'.repeat(22)}`, 'x',
  ];
  let number = 0;
  await fc.assert(fc.asyncProperty(forgeries, fc.boolean(), async (all, wasCarrying) => {
    const lobby = await world.channel(`lobby-${++number}`);
    if (wasCarrying) await world.associate(lobby, byHand);
    const properties = { ChannelArn: lobby, ChannelFlowArn: own, Bearer: world.admin, OnExisting: 'REPLACE' as const };
    await forge(lobby, all, 0, values);
    const { physicalId } = await service.play(channelFlowAssociation, createEvent(properties, OWN));
    expect(await world.flowOn(lobby)).toBe(own);
    await forge(lobby, all, 1, values);
    const updated = { ...properties, ChannelFlowArn: second };
    await service.play(channelFlowAssociation, updateEvent(physicalId, updated, properties, OWN));
    expect(await world.flowOn(lobby)).toBe(second);
    await forge(lobby, all, 2, values);
    await service.play(channelFlowAssociation, deleteEvent(physicalId, updated, OWN));
    // Where somebody wrote over nobody's claim, it is forgotten what was there before.
    expect([undefined, ...wasCarrying ? [byHand] : []]).toContain(await world.flowOn(lobby));
    expect(world.tagsOf(lobby)).not.toHaveProperty([claimKey(OWN)]);
  }), { seed: SEED, numRuns: runs, endOnFailure: true });
}, 600_000);

test('a channel that another stack holds in earnest goes back to it', async () => {
  const [own, theirs] = [await world.flow('own'), await world.flow('theirs')];
  const lobby = await world.channel('lobby');
  const properties = (ChannelFlowArn: string) =>
    ({ ChannelArn: lobby, ChannelFlowArn, Bearer: world.admin, OnExisting: 'REPLACE' as const });
  await service.play(
    channelFlowAssociation, createEvent(properties(theirs), { StackId: OTHER_STACK, LogicalResourceId: 'Resource' }),
  );
  const { physicalId } = await service.play(channelFlowAssociation, createEvent(properties(own), OWN));
  await service.play(channelFlowAssociation, deleteEvent(physicalId, properties(own), OWN));
  expect(await world.flowOn(lobby)).toBe(theirs);
});
