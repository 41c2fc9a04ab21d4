/**
 * Events with the physical id of another stack's resource, for every resource type: whatever they want, what the other
 * stack owns or claims stays as it is.
 *
 *     HOSTILE_SEED=<seed> HOSTILE_RUNS=<runs> npx jest test/hostile/forged-ids
 */
import { UntagResourceCommand } from '@aws-sdk/client-chime-sdk-messaging';
import * as fc from 'fast-check';
import { otherStackId } from './other-stacks';
import { RUNS, SEED } from './runs';
import { appInstance } from '../../src/handlers/app-instance/lifecycle';
import { appInstanceAdmin } from '../../src/handlers/app-instance-admin/lifecycle';
import { appInstanceTags } from '../../src/handlers/app-instance-tags/lifecycle';
import { appInstanceUser } from '../../src/handlers/app-instance-user/lifecycle';
import { channel } from '../../src/handlers/channel/lifecycle';
import { channelFlow } from '../../src/handlers/channel-flow/lifecycle';
import { channelFlowAssociation } from '../../src/handlers/channel-flow-association/lifecycle';
import { claimKey } from '../../src/handlers/claims/claims';
import type { Lifecycle } from '../../src/handlers/protocol/lifecycle';
import type { Clients } from '../../src/handlers/service/clients';
import { createEvent, deleteEvent, startService, STACK_ID, updateEvent, type Service } from '../handlers/fixture';
import { LAMBDA_ARN, World } from '../handlers/world';
import { deliveredProcessor } from '../support/processors';

let service: Service;
let world: World;
beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());

interface Victim {
  readonly lifecycle: Lifecycle<any, Clients>;
  /** Properties of the victim, and others of the attacker. */
  readonly properties: () => Promise<[object, object]>;
}

const Processors = [deliveredProcessor('p', { functionArn: LAMBDA_ARN })];
const tags = (Value: string) => [{ Key: 'team', Value }];

const MADE: Record<string, Victim> = {
  'app-instance': {
    lifecycle: appInstance,
    properties: async () =>
      [{ Name: 'chat', Tags: tags('care') }, { Name: 'taken', Metadata: 'm', Tags: tags('evil') }],
  },
  'channel-flow': {
    lifecycle: channelFlow,
    properties: async () => {
      const flow = {
        AppInstanceArn: world.appInstance, Name: 'moderation', Bearer: world.admin, Processors, Tags: tags('care'),
      };
      return [flow, { ...flow, Name: 'taken', Tags: tags('evil') }];
    },
  },
  'app-instance-user': {
    lifecycle: appInstanceUser,
    properties: async () => {
      const user = { AppInstanceArn: world.appInstance, AppInstanceUserId: 'ann', Name: 'Ann', Tags: tags('care') };
      return [user, { ...user, Name: 'Eve', Tags: tags('evil') }];
    },
  },
  'channel, id derived': {
    lifecycle: channel,
    properties: async () => {
      const lobby = { AppInstanceArn: world.appInstance, Name: 'lobby', Bearer: world.admin, Tags: tags('care') };
      return [lobby, { ...lobby, Name: 'taken', Tags: tags('evil') }];
    },
  },
  'channel, id chosen': {
    lifecycle: channel,
    properties: async () => {
      const lobby = {
        AppInstanceArn: world.appInstance, ChannelId: 'lobby', Name: 'lobby', Bearer: world.admin, Tags: tags('care'),
      };
      return [lobby, { ...lobby, Name: 'taken', Tags: tags('evil') }];
    },
  },
};

const CLAIMED: Record<string, Victim> = {
  'channel-flow-association': {
    lifecycle: channelFlowAssociation,
    properties: async () => {
      const association = {
        ChannelArn: await world.channel('lobby'),
        ChannelFlowArn: await world.flow('one'),
        Bearer: world.admin,
        OnExisting: 'FAIL',
      };
      return [association, { ...association, ChannelFlowArn: await world.flow('two') }];
    },
  },
  'app-instance-admin': {
    lifecycle: appInstanceAdmin,
    properties: async () => {
      const admin = { AppInstanceArn: world.appInstance, AppInstanceAdminArn: await world.user('ann') };
      return [admin, { ...admin, AppInstanceAdminArn: await world.user('eve') }];
    },
  },
  'app-instance-tags': {
    lifecycle: appInstanceTags,
    properties: async () => [
      { AppInstanceArn: world.appInstance, Tags: tags('care') },
      { AppInstanceArn: world.appInstance, Tags: tags('evil') },
    ],
  },
};

const attack = fc.record({
  StackId: otherStackId,
  LogicalResourceId: fc.constantFrom('Resource', 'Other'),
  sequence: fc.array(
    fc.record({ does: fc.constantFrom('Update', 'Delete'), wants: fc.constantFrom(0, 1), had: fc.constantFrom(0, 1) }),
    { minLength: 1, maxLength: 3 },
  ),
});
type Attack = typeof attack extends fc.Arbitrary<infer T> ? T : never;

async function play(
  { lifecycle, properties }: Victim,
  { StackId, LogicalResourceId, sequence }: Attack,
  arrange: (id: string) => Promise<void>,
): Promise<{ before: unknown; seen: () => unknown }> {
  service.emulator.reset();
  world = await World.create(service);
  const both = await properties();
  const { physicalId: id } = await service.play(
    lifecycle, createEvent(both[0], { StackId: STACK_ID, LogicalResourceId: 'Resource' }),
  );
  await arrange(id);
  const own = claimKey({ StackId: STACK_ID, LogicalResourceId: 'Resource' });
  // The attacker's own claims may come and go beside the victim's, and the users and flows of the attacker may change.
  const seen = () => {
    const { appInstances, users, channels, channelFlows, associations, admins, tags: all } = service.emulator.state();
    const arn = id.split('#')[0];
    const kept = Object.entries(all[arn] ?? {}).filter(
      ([key]) => !key.startsWith('cdk-chime-messaging:claim:') || key === own,
    );
    return {
      things: [...appInstances, ...users, ...channels, ...channelFlows].filter(
        thing => Object.values(thing).includes(arn),
      ),
      carries: associations.filter(({ ChannelArn }) => ChannelArn === arn),
      isAdmin: JSON.stringify(admins).includes(`"${arn}"`),
      tags: Object.fromEntries(kept),
    };
  };
  const before = seen();
  for (const { does, wants, had } of sequence) {
    const event = does === 'Update'
      ? updateEvent(id, both[wants], both[had], { StackId, LogicalResourceId })
      : deleteEvent(id, both[wants], { StackId, LogicalResourceId });
    // A Delete never wedges a stack; an Update may be refused.
    await service.play(lifecycle, event).catch(error => { if (does === 'Delete') throw error; });
  }
  return { before, seen };
}

const runs = Math.ceil(RUNS / 100);

describe.each(Object.keys({ ...MADE, ...CLAIMED }))('%s', type => {
  const victim = { ...MADE, ...CLAIMED }[type];

  test(`${runs} forged physical ids of seed ${SEED} change nothing of another stack's`, async () => {
    await fc.assert(fc.asyncProperty(attack, async forged => {
      const { before, seen } = await play(victim, forged, async () => {});
      expect(seen()).toEqual(before);
    }), { seed: SEED, numRuns: runs, endOnFailure: true });
  }, 600_000);
});

describe.each(Object.keys(MADE))('%s', type => {
  test('without its owner tag, but with another stack\'s claim, is not the attacker\'s either', async () => {
    const theirs = claimKey({ StackId: STACK_ID, LogicalResourceId: 'Claim' });
    const arrange = async (id: string) => {
      await service.clients.messaging.send(
        new UntagResourceCommand({ ResourceARN: id, TagKeys: ['cdk-chime-messaging:owner'] }),
      );
      await world.tag(id, { [theirs]: 'x' });
    };
    const forged: Attack = {
      StackId: `${STACK_ID}-other`,
      LogicalResourceId: 'Resource',
      sequence: [{ does: 'Update', wants: 1, had: 0 }, { does: 'Delete', wants: 0, had: 0 }],
    };
    const { before, seen } = await play(MADE[type], forged, arrange);
    expect(seen()).toEqual(before);
  });

  test('whose owner tag was removed by hand strands no stack', async () => {
    service.emulator.reset();
    world = await World.create(service);
    const [first, second] = await MADE[type].properties();
    const before = service.emulator.state();
    const { physicalId } = await service.play(MADE[type].lifecycle, createEvent(first));
    await service.clients.messaging.send(
      new UntagResourceCommand({ ResourceARN: physicalId, TagKeys: ['cdk-chime-messaging:owner'] }),
    );
    expect(await service.play(MADE[type].lifecycle, updateEvent(physicalId, second, first))).toMatchObject({
      physicalId,
    });
    await service.play(MADE[type].lifecycle, deleteEvent(physicalId, second));
    expect(service.emulator.state()).toEqual(before);
  });
});
