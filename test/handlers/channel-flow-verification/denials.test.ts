/**
 * A message that was denied and one that its sender may not see look alike: the service refuses its status with the
 * same words. It counts as denied only when something proves that the sender would see it otherwise.
 */
import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateAppInstanceAdminCommand, DeleteAppInstanceAdminCommand, DeleteAppInstanceUserCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import {
  CreateChannelCommand, CreateChannelMembershipCommand, CreateChannelModeratorCommand, DeleteChannelCommand,
  DeleteChannelModeratorCommand,
} from '@aws-sdk/client-chime-sdk-messaging';
import { channelFlowVerification } from '../../../src/handlers/channel-flow-verification/lifecycle';
import type { ProbeProperty } from '../../../src/handlers/channel-flow-verification/properties';
import { allow, channelFlowProcessor, deny, type DecideMessage } from '../../../src/processor-runtime';
import { createEvent, startService, type Behaviour, type FakeClock, type Service } from '../fixture';
import { World } from '../world';

const DENIED: ProbeProperty[] = [
  { Expect: 'DENIED', Content: 'you idiot' },
  { Expect: 'DENIED', Content: 'you idiot', EditOf: 'you there' },
];
/** Does what the probes ask for. */
const moderate: DecideMessage = ({ Content }) => Content.includes('idiot') ? deny() : allow();
const always = { times: 9_999 };

let service: Service;
let world: World;
let channel: string;
let admin: string;
let member: string;
let moderator: string;
let flow: string;
let decide: DecideMessage;

beforeAll(async () => {
  const processor = channelFlowProcessor((message, context) => decide(message, context));
  service = await startService({}, { processors: { moderate: processor } });
});
afterAll(async () => service.close());
beforeEach(async () => {
  jest.spyOn(console, 'log').mockImplementation();
  service.emulator.reset();
  decide = moderate;
  world = await World.create(service);
  const { ChannelArn } = await service.clients.messaging.send(new CreateChannelCommand({
    AppInstanceArn: world.appInstance,
    Name: 'private',
    Privacy: 'PRIVATE',
    ChimeBearer: world.admin,
    ClientRequestToken: 'private',
  }));
  channel = ChannelArn!;
  member = await world.user('member');
  await service.clients.messaging.send(new CreateChannelMembershipCommand({
    ChannelArn: channel, MemberArn: member, Type: 'DEFAULT', ChimeBearer: world.admin,
  }));
  admin = await world.user('second-admin');
  await service.clients.identity.send(
    new CreateAppInstanceAdminCommand({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: admin }),
  );
  moderator = await world.user('moderator');
  await service.clients.messaging.send(new CreateChannelModeratorCommand({
    ChannelArn: channel, ChannelModeratorArn: moderator, ChimeBearer: world.admin,
  }));
  flow = await world.flow('moderation');
  await world.associate(channel, flow);
  // Lists that lag show all this.
  service.time.pass(600_000);
});
afterEach(() => jest.restoreAllMocks());

function verify(Probes = DENIED, Sender = member, TimeoutMilliseconds = '30000', clock: FakeClock = patientClock()) {
  const properties = { ChannelArn: channel, ChannelFlowArn: flow, Sender, Probes, TimeoutMilliseconds, Revision: '1' };
  return service.play(channelFlowVerification, createEvent(properties), clock);
}

/** Fake time, but long enough for a processor that runs beside it. */
function patientClock(): FakeClock {
  const clock = service.clock();
  return { ...clock, sleep: async ms => { await clock.sleep(ms); await delay(10); } };
}

/** True time, but ten times as fast: the same for all who sleep at once. */
function fastClock(): FakeClock {
  const begun = performance.now();
  const now = () => service.time.now() + 9 * (performance.now() - begun);
  const ends = now() + 900_000;
  return { sleeps: [], now, remaining: () => ends - now(), sleep: ms => delay(ms / 10) };
}

/** Messages that the channel's members can see. */
function sent(): object[] {
  return service.emulator.state().messages.filter(message => message.sent !== undefined);
}

describe('what is denied counts as denied, and nothing of the proof is left', () => {
  const switches: Behaviour[] = [
    {}, { missingMessage: 'forbidden' }, { deniedMessageStatus: 'empty' },
    { deniedMessageStatus: 'empty', listConsistencyMs: 600_000 },
    { listConsistencyMs: 2_000 }, { listConsistencyMs: 600_000 },
    { missingMessage: 'forbidden', listConsistencyMs: 600_000 },
    {
      sendWithoutMembership: 'allowed',
      unsentMessage: 'conflict',
      unnamedByCallback: 'cleared',
      repeatedCallback: 'conflict',
    },
    { processorDeliveries: 3, nonPersistentStatus: 'missing' },
  ];
  test.each(switches)('under %j', async behaviour => {
    service.emulator.setBehaviour(behaviour);
    for (const sender of [member, world.admin]) {
      expect((await verify(DENIED, sender)).data).toMatchObject({ Probe1Outcome: 'denied', Probe2Outcome: 'denied' });
    }
    expect(sent()).toEqual([]);
  });

  test(
    'also where the service tells no status of messages that no flow processes, once it told one of a probe',
    async () => {
      decide = async message => {
        while (!service.emulator.calls().some(({ operation }) => operation === 'GetChannelMessageStatus')) {
          await delay(5);
        }
        return moderate(message, {} as never);
      };
      service.emulator.setBehaviour({
        faults: [{ operation: 'GetChannelMessageStatus', call: 2, error: 'NotFound', ...always }],
      });
      expect((await verify(DENIED.slice(0, 1))).data).toMatchObject({ Probe1Outcome: 'denied' });
    },
  );

  test('with few messages for the proof of many', async () => {
    await verify(Array.from({ length: 20 }, () => DENIED[0]), member, '60000', fastClock());
    const messages = service.emulator.calls().filter(({ operation }) => operation === 'SendChannelMessage');
    expect(messages.filter(({ input }) => (input as { Type: string }).Type === 'STANDARD')).toHaveLength(20);
    expect(messages.filter(({ input }) => (input as { Type: string }).Type === 'CONTROL').length).toBeLessThan(10);
  });

  test('and the next run removes what a crash left of the proof', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'DeleteChannelMessage', error: 'NotFound', ...always }] });
    await verify();
    expect(sent().length).toBeGreaterThan(0);
    service.emulator.setBehaviour({ faults: [] });
    await verify();
    expect(sent()).toEqual([]);
  });
});

describe('what is delivered is never taken for denied', () => {
  beforeEach(() => { decide = () => allow(); });

  test.each<[string, Behaviour]>([
    ['Forbidden', { faults: [{ operation: 'GetChannelMessageStatus', error: 'Forbidden', ...always }] }],
    ['NotFound', { faults: [{ operation: 'GetChannelMessageStatus', error: 'NotFound', ...always }] }],
    [
      'Forbidden at first, with lists that lag',
      { listConsistencyMs: 600_000, faults: [{ operation: 'GetChannelMessageStatus', error: 'Forbidden', times: 2 }] },
    ],
    [
      'Forbidden of the message',
      { listConsistencyMs: 600_000, faults: [{ operation: 'GetChannelMessage', error: 'Forbidden', ...always }] },
    ],
  ])('where the status is refused: %s', async (_, behaviour) => {
    service.emulator.setBehaviour(behaviour);
    await expect(verify(DENIED.slice(0, 1))).rejects.toThrow(
      /probe 1 was (delivered|not to be seen by its sender, .*) after \d+ ms and must be denied/,
    );
  });

  test.each<[string, Behaviour]>([
    ['lists are', { faults: [{ operation: 'ListChannelMessages', call: 2, error: 'Forbidden', ...always }] }],
    [
      'lists are, with AccessDenied',
      { faults: [{ operation: 'ListChannelMessages', call: 2, error: 'AccessDenied', ...always }] },
    ],
    [
      'sending is, after the first message',
      { faults: [{ operation: 'SendChannelMessage', call: 2, error: 'Forbidden', ...always }] },
    ],
    ['lists lag and sending is', {
      listConsistencyMs: 600_000, faults: [{ operation: 'SendChannelMessage', call: 2, error: 'Forbidden', ...always }],
    }],
  ])('where statuses are refused and %s refused, too', async (_, { faults = [], ...behaviour }) => {
    service.emulator.setBehaviour({
      ...behaviour, faults: [...faults, { operation: 'GetChannelMessageStatus', error: 'Forbidden', ...always }],
    });
    await expect(verify(DENIED.slice(0, 1))).rejects.toThrow();
  });

  const losses: [string, () => string, () => Promise<unknown>][] = [
    [
      'member is deleted', () => member,
      () => service.clients.identity.send(new DeleteAppInstanceUserCommand({ AppInstanceUserArn: member })),
    ],
    ['moderator is one no more', () =>
      moderator, () => service.clients.messaging.send(new DeleteChannelModeratorCommand({
      ChannelArn: channel, ChannelModeratorArn: moderator, ChimeBearer: world.admin,
    }))],
    ['admin is demoted', () => admin, () => service.clients.identity.send(new DeleteAppInstanceAdminCommand({
      AppInstanceArn: world.appInstance, AppInstanceAdminArn: admin,
    }))],
    [
      'channel is deleted', () => member,
      () => service.clients.messaging.send(new DeleteChannelCommand({ ChannelArn: channel, ChimeBearer: world.admin })),
    ],
  ];
  const behaviours: Behaviour[] = [
    {}, { missingMessage: 'forbidden', missingChannel: 'forbidden' }, { deniedMessageStatus: 'empty' },
    { listConsistencyMs: 600_000 },
  ];
  test.each(losses.flatMap(([what, sender, lose]) => behaviours.map(behaviour => ({ what, behaviour, sender, lose }))))(
    'where the $what meanwhile, under $behaviour', async ({ behaviour, sender, lose }) => {
      service.emulator.setBehaviour({ sendWithoutMembership: 'allowed', ...behaviour });
      decide = async () => {
        await lose();
        return allow();
      };
      // So short that nothing is sent again.
      await expect(verify(DENIED.slice(0, 1), sender(), '1000')).rejects.toThrow(
        / — the sender .* may not (send to|read) the channel/,
      );
    },
  );
});

describe('what can\'t be told from denied fails', () => {
  test('where the sender is told no status of any message', async () => {
    service.emulator.setBehaviour({
      faults: [{ operation: 'GetChannelMessageStatus', error: 'Forbidden', ...always }],
    });
    await expect(verify(DENIED.slice(0, 1))).rejects.toThrow(
      /probe 1 was not to be seen by its sender, and not proven to be denied \(the sender is told no status of any message\) after \d+ ms and must be denied/,
    );
  });

  test('by IAM: with IAM\'s words', async () => {
    service.emulator.setBehaviour({
      faults: [{ operation: 'GetChannelMessageStatus', error: 'AccessDenied', ...always }],
    });
    await expect(verify()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('also where a delivered probe was expected', async () => {
    service.emulator.setBehaviour({
      faults: [
        { operation: 'GetChannelMessageStatus', error: 'Forbidden', ...always },
        { operation: 'ListChannelMessages', call: 2, error: 'Forbidden', ...always },
      ],
    });
    await expect(verify([{ Expect: 'DELIVERED', Content: 'hello' }])).rejects.toThrow(
      / — the sender .* may not read the channel, so nothing proves/,
    );
  });
});
