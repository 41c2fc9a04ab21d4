import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateChannelMembershipCommand, DisassociateChannelFlowCommand, SendChannelMessageCommand,
} from '@aws-sdk/client-chime-sdk-messaging';
import { channelFlowVerification } from '../../../src/handlers/channel-flow-verification/lifecycle';
import type {
  ChannelFlowVerificationProperties, ProbeProperty,
} from '../../../src/handlers/channel-flow-verification/properties';
import { allow, channelFlowProcessor, deny, replace, type DecideMessage } from '../../../src/processor-runtime';
import { createEvent, deleteEvent, startService, updateEvent, type FakeClock, type Service } from '../fixture';
import { World } from '../world';

const PHONE = /\d{3}-\d{4}/;

/** A moderator that works. */
const moderate: DecideMessage = ({ Content }) =>
  Content.includes('idiot')
    ? deny()
    : PHONE.test(Content) ? replace({ content: Content.replace(PHONE, '***') }) : allow();

const PROBES: ProbeProperty[] = [
  { Expect: 'DELIVERED', Content: 'hello' },
  { Expect: 'REPLACED', Content: 'call 555-0100', Replacement: 'call ***' },
  { Expect: 'DENIED', Content: 'you idiot' },
  { Expect: 'DENIED', Content: 'you idiot', EditOf: 'you there' },
  { Expect: 'REPLACED', Content: 'call 555-0100', Replacement: 'call ***', EditOf: 'call me' },
];

let service: Service;
let world: World;
let channel: string;
let flow: string;
let decide: DecideMessage;
let answers: boolean;

beforeAll(async () => {
  const processor = channelFlowProcessor((message, context) => decide(message, context));
  service = await startService({}, {
    processors: { moderate: async (event, context) => answers ? processor(event, context) : undefined },
  });
});
afterAll(async () => service.close());
beforeEach(async () => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
  service.emulator.reset();
  decide = moderate;
  answers = true;
  world = await World.create(service);
  channel = await world.channel('probe');
  flow = await world.flow('moderation');
  await world.associate(channel, flow);
  service.forgetCalls();
});

describe('Create', () => {
  test('succeeds when every probe ends as expected, tells how long each took, and removes the messages', async () => {
    const { physicalId, data } = await create();
    expect(physicalId).toMatch(/^verification:[\w-]+$/);
    expect(data).toEqual({
      Probe1Outcome: 'delivered',
      Probe1Milliseconds: expect.stringMatching(/^\d+$/),
      Probe2Outcome: 'replaced',
      Probe2Milliseconds: expect.stringMatching(/^\d+$/),
      Probe3Outcome: 'denied',
      Probe3Milliseconds: expect.stringMatching(/^\d+$/),
      Probe4Outcome: 'denied',
      Probe4Milliseconds: expect.stringMatching(/^\d+$/),
      Probe5Outcome: 'replaced',
      Probe5Milliseconds: expect.stringMatching(/^\d+$/),
    });
    expect(messages()).toEqual([]);
  });

  test.each<[string, DecideMessage, string]>([
    ['lets everything through', () => allow(), 'probe 1 was delivered after \\d+ ms, as it must; probe 2 was delivered '
      + 'after \\d+ ms and must be replaced; probe 3 was delivered after \\d+ ms and must be denied'],
    [
      'denies everything', () => deny(),
      'probe 1 was denied after \\d+ ms and must be delivered; probe 2 was denied after \\d+ ms and must be replaced',
    ],
    ['replaces wrongly', ({ Content }) => replace({ content: `${Content}!` }), 'probe 1 was replaced after \\d+ ms and '
      + 'must be delivered; probe 2 was replaced by something else after \\d+ ms and must be replaced'],
    ['crashes', () => { throw new Error('broken'); }, 'probe 1 was denied after \\d+ ms and must be delivered'],
  ])('fails when the processor %s, and removes the messages', async (_, broken, complaint) => {
    decide = broken;
    await expect(create()).rejects.toThrow(new RegExp(`^channel flow verification failed: ${complaint}`));
    expect(messages()).toEqual([]);
  });

  test(
    'fails when the processor never answers; such messages nobody but their sender sees, and nobody can remove',
    async () => {
      answers = false;
      await expect(create()).rejects.toThrow(
        /probe 1 was never answered by the processor after \d+ ms and must be delivered/,
      );
      expect(messages().filter(({ attempt }) => attempt?.status !== 'PENDING')).toEqual([]);
    },
  );

  test('waits for a processor that can not answer yet', async () => {
    let refused = 0;
    const processor = decide;
    decide = (...args) => refused++ < 2 ? deny() : processor(...args);
    await create();
  });

  test('says nothing of what the probes say', async () => {
    decide = () => allow();
    const { message } = await create().catch(error => error);
    for (const { Content } of PROBES.slice(1)) expect(message).not.toContain(Content);
    expect(JSON.stringify((console.log as jest.Mock).mock.calls)).not.toContain('idiot');
  });

  test('succeeds where a message can not be removed, and logs that', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'DeleteChannelMessage', error: 'BadRequest' }] });
    await create({ Probes: [{ Expect: 'DELIVERED', Content: 'hello' }] });
    expect(warnings()).toEqual([{
      level: 'WARN',
      message: 'a probe message could not be removed',
      messageId: expect.any(String),
      reason: expect.stringMatching(/^DeleteChannelMessage failed: BadRequestException: /),
    }]);
    expect(messages()).toHaveLength(1);
  });

  test.each(['NotFound', 'Forbidden'] as const)('logs nothing of a message that is gone (%s)', async error => {
    service.emulator.setBehaviour({ faults: [{ operation: 'DeleteChannelMessage', error }] });
    await create({ Probes: [{ Expect: 'DELIVERED', Content: 'hello' }] });
    expect(warnings()).toEqual([]);
  });

  test('fails where the channel can not be asked', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'GetChannelMessageStatus', error: 'BadRequest' }] });
    await expect(create()).rejects.toMatchObject({ name: 'BadRequestException' });
  });

  test('fails where a message is refused for another reason than its sender, and does not blame them', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'SendChannelMessage', error: 'BadRequest', times: 99 }] });
    await expect(create()).rejects.toMatchObject({ name: 'BadRequestException' });
  });

  test('fails when the channel does not carry the flow', async () => {
    const bare = await world.channel('bare');
    await expect(create({ ChannelArn: bare })).rejects.toThrow(
      `${bare} carries no flow, not ${flow} — associate it with the flow to verify`,
    );
    const another = await world.flow('another');
    await world.associate(bare, another);
    await expect(create({ ChannelArn: bare })).rejects.toThrow(
      `${bare} carries ${another}, not ${flow} — associate it with the flow to verify`,
    );
  });

  test('of a sender who may not send says so', async () => {
    const stranger = await world.user('stranger');
    await expect(create({ Sender: stranger })).rejects.toThrow(
      /SendChannelMessage failed: ForbiddenException: .* — the sender .*\/user\/stranger may not send/,
    );
    expect(messages()).toEqual([]);
  });

  test('by a member, whose messages an admin removes', async () => {
    const member = await world.user('member');
    await service.clients.messaging.send(new CreateChannelMembershipCommand({
      ChannelArn: channel, MemberArn: member, Type: 'DEFAULT', ChimeBearer: world.admin,
    }));
    await create({ Sender: member });
    expect(messages()).toEqual([]);
  });

  test('removes what an earlier run left, and nobody else\'s message', async () => {
    await leave('cdk-chime-messaging:probe:Resource');
    await leave('cdk-chime-messaging:probe:Another');
    await create();
    expect(messages()).toMatchObject([{ sent: { Metadata: 'cdk-chime-messaging:probe:Another' } }]);
  });
});

describe('a message that counts as denied', () => {
  const DENIED: ProbeProperty[] = [{ Expect: 'DENIED', Content: 'you idiot' }];
  const member = async () => {
    const MemberArn = await world.user('member');
    await service.clients.messaging.send(
      new CreateChannelMembershipCommand({ ChannelArn: channel, MemberArn, Type: 'DEFAULT', ChimeBearer: world.admin }),
    );
    return MemberArn;
  };
  const refuseStatus = (error: 'Forbidden' | 'NotFound') =>
    service.emulator.setBehaviour({ faults: [{ operation: 'GetChannelMessageStatus', error, times: 9_999 }] });

  test.each(['missing', 'empty'] as const)('has no status (%s)', async deniedMessageStatus => {
    service.emulator.setBehaviour({ deniedMessageStatus });
    expect((await create({ Probes: DENIED })).data).toMatchObject({ Probe1Outcome: 'denied' });
  });

  test.each(['Forbidden', 'NotFound'] as const)(
    'is not there to be read, either: one that is delivered is not denied because its status is refused (%s)',
    async error => {
      decide = () => allow();
      refuseStatus(error);
      await expect(create({ Probes: DENIED })).rejects.toThrow(/probe 1 was delivered after \d+ ms and must be denied/);
    },
  );

  test('is not there to be read, either: one that is pending is not denied', async () => {
    answers = false;
    refuseStatus('Forbidden');
    await expect(create({ Probes: DENIED })).rejects.toThrow(
      /probe 1 was never answered by the processor after \d+ ms and must be denied/,
    );
  });

  test.each(['Forbidden', 'NotFound'] as const)('is proven by who may read the channel: a sender who may not, such as '
    + 'one who lost the membership, proves nothing (%s)', async error => {
    decide = () => allow();
    const Sender = await member();
    service.emulator.setBehaviour({
      faults: [
        { operation: 'GetChannelMessageStatus', error, times: 9_999 },
        { operation: 'ListChannelMessages', call: 2, error, times: 9_999 },
      ],
    });
    await expect(create({ Sender, Probes: DENIED })).rejects.toThrow(
      / — the sender .*\/user\/member may not read the channel, so nothing proves/,
    );
  });

  test('is not proven by a denial of IAM', async () => {
    decide = () => allow();
    service.emulator.setBehaviour({
      faults: [{ operation: 'GetChannelMessageStatus', error: 'AccessDenied', times: 9_999 }],
    });
    await expect(create({ Probes: DENIED })).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('Update', () => {
  test('runs again when the probes or the processors changed, and the id says so', async () => {
    const { physicalId } = await create();
    const updated = await update(physicalId, { Revision: 'two' });
    expect(updated.physicalId).not.toBe(physicalId);
    expect(updated.data).toMatchObject({ Probe1Outcome: 'delivered' });
  });

  test('that fails is followed by a rollback that makes no call', async () => {
    const { physicalId } = await create();
    decide = () => allow();
    await expect(update(physicalId, { Revision: 'two' })).rejects.toThrow(/^channel flow verification failed/);
    service.forgetCalls();
    const back = await update(physicalId, {}, { Revision: 'two' });
    expect(back).toMatchObject({ physicalId, data: { Probe1Outcome: 'verified before' } });
    expect(service.operations()).toEqual([]);
  });

  test.each(['first', 'second'])(
    'that succeeded is rolled back with the %s id, whatever the processor does meanwhile',
    async which => {
      const { physicalId } = await create();
      const updated = await update(physicalId, { Revision: 'two' });
      decide = () => allow();
      await update(which === 'first' ? physicalId : updated.physicalId, {}, { Revision: 'two' });
    },
  );

  test('back to what was verified succeeds also where it can not be verified any more', async () => {
    const { physicalId } = await create();
    const updated = await update(physicalId, { Revision: 'two' });
    await service.clients.messaging.send(
      new DisassociateChannelFlowCommand({ ChannelArn: channel, ChannelFlowArn: flow, ChimeBearer: world.admin }),
    );
    const back = await update(updated.physicalId, {}, { Revision: 'two' });
    expect(back.data).toMatchObject({ Probe1Outcome: 'verified before' });
    expect(warnings()).toMatchObject([{ level: 'WARN', reason: expect.stringContaining('carries no flow') }]);
    await expect(update(updated.physicalId, { Revision: 'three' }, { Revision: 'two' })).rejects.toThrow(
      'carries no flow',
    );
  });

  test('of a third state fails when it must', async () => {
    const { physicalId } = await create();
    const updated = await update(physicalId, { Revision: 'two' });
    decide = () => allow();
    await expect(update(updated.physicalId, { Revision: 'three' }, { Revision: 'two' })).rejects.toThrow(
      /^channel flow verification failed/,
    );
  });
});

test('Delete makes no call, whatever the id', async () => {
  for (const id of ['verification:x', 'chat-Resource-1X2Y3Z']) {
    await service.play(channelFlowVerification, deleteEvent(id, properties()));
  }
  expect(service.operations()).toEqual([]);
});

test.each([
  ['channel', { ChannelArn: 'x' }, "'channel' must be a channel ARN, got x"],
  ['flow', { ChannelFlowArn: 'x' }, "'channelFlow' must be a channel flow ARN, got x"],
  ['sender', { Sender: 'x' }, "'sender' must be the ARN of an app instance user or bot, got x"],
  [
    'foreign sender', { Sender: 'arn:aws:chime:us-east-1:000000000000:app-instance/other/user/x' },
    'is not of the app instance of',
  ],
])('a %s that is none is refused', async (_, more, message) => {
  await expect(create(more)).rejects.toThrow(message);
});

function properties(more: Partial<ChannelFlowVerificationProperties> = {}): ChannelFlowVerificationProperties {
  return {
    ChannelArn: channel,
    ChannelFlowArn: flow,
    Sender: world.admin,
    Probes: PROBES,
    TimeoutMilliseconds: '30000',
    Revision: 'one',
    ...more,
  };
}

function create(more?: Partial<ChannelFlowVerificationProperties>) {
  return service.play(channelFlowVerification, createEvent(properties(more)), clock());
}

function update(
  id: string, more: Partial<ChannelFlowVerificationProperties>, former: Partial<ChannelFlowVerificationProperties> = {},
) {
  return service.play(channelFlowVerification, updateEvent(id, properties(more), properties(former)), clock());
}

/** Fake time, but long enough for a processor that runs beside it. */
function clock(): FakeClock {
  const fake = service.clock();
  return { ...fake, sleep: async ms => { await fake.sleep(ms); await delay(10); } };
}

function messages() {
  return service.emulator.state().messages;
}

/** What is logged beside the processor's own lines. */
function warnings(): object[] {
  return (console.log as jest.Mock).mock.calls.map(([line]) => JSON.parse(line)).filter(
    ({ level }) => level !== 'INFO',
  );
}

async function leave(Metadata: string) {
  await service.clients.messaging.send(new SendChannelMessageCommand({
    ChannelArn: channel,
    Content: 'left',
    Type: 'STANDARD',
    Persistence: 'PERSISTENT',
    Metadata,
    ChimeBearer: world.admin,
  }));
  await delay(50);
}
