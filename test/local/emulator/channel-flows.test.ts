import {
  createAppInstance, createChat, createFlow, failure, Fixture, processor, PROCESSORS, startFixture,
} from './fixture';

let fixture: Fixture;
beforeAll(async () => { fixture = await startFixture(); });
afterEach(() => fixture.emulator.reset());
afterAll(() => fixture.close());

const GONE = 'arn:aws:chime:us-east-1:000000000000:app-instance/11111111-1111-4111-8111-111111111111';

test('a flow is created below its app instance and described without tags', async () => {
  const arn = await createAppInstance(fixture);
  const { ChannelFlowArn } = await fixture.messaging.createChannelFlow({
    AppInstanceArn: arn, Name: 'moderation', Processors: PROCESSORS, Tags: [{ Key: 'team', Value: 'care' }],
  });
  expect(ChannelFlowArn).toMatch(new RegExp(`^${arn}/channel-flow/[0-9a-f-]{36}$`));
  const { ChannelFlow } = await fixture.messaging.describeChannelFlow({ ChannelFlowArn });
  expect(ChannelFlow).toEqual({
    ChannelFlowArn,
    Name: 'moderation',
    Processors: PROCESSORS,
    CreatedTimestamp: new Date('2026-01-01T00:00:00Z'),
    LastUpdatedTimestamp: new Date('2026-01-01T00:00:00Z'),
  });
  expect(fixture.emulator.state().tags).toEqual({ [ChannelFlowArn!]: { team: 'care' } });
});

test('an update replaces name and processors, not tags', async () => {
  const flowArn = await createFlow(fixture, await createAppInstance(fixture));
  await fixture.messaging.tagResource({ ResourceARN: flowArn, Tags: [{ Key: 'a', Value: 'b' }] });
  const Processors = ['translate', 'redact', 'audit'].map((name, index) => processor(name, { order: index + 1 }));
  expect(
    (await fixture.messaging.updateChannelFlow({ ChannelFlowArn: flowArn, Name: 'new', Processors })).ChannelFlowArn,
  ).toBe(flowArn);
  const { ChannelFlow } = await fixture.messaging.describeChannelFlow({ ChannelFlowArn: flowArn });
  expect(ChannelFlow).toMatchObject({ Name: 'new', Processors });
  expect(fixture.emulator.state().tags).toEqual({ [flowArn]: { a: 'b' } });
});

test('an update needs both', async () => {
  const flowArn = await createFlow(fixture, await createAppInstance(fixture));
  const { name, message } = await failure(fixture.messaging.updateChannelFlow({ ChannelFlowArn: flowArn } as any));
  expect(name).toBe('BadRequestException');
  expect(message).toBe('2 validation errors detected: Processors is required; Name is required');
});

test('flows are listed for their app instance', async () => {
  const [one, two] = [await createAppInstance(fixture), await createAppInstance(fixture)];
  const flowArn = await createFlow(fixture, one);
  await createFlow(fixture, two);
  const { ChannelFlows } = await fixture.messaging.listChannelFlows({ AppInstanceArn: one });
  expect(ChannelFlows).toEqual([{ ChannelFlowArn: flowArn, Name: 'moderation', Processors: PROCESSORS }]);
});

test('a flow is deleted with its tags', async () => {
  const flowArn = await createFlow(fixture, await createAppInstance(fixture));
  await fixture.messaging.tagResource({ ResourceARN: flowArn, Tags: [{ Key: 'a', Value: 'b' }] });
  await fixture.messaging.deleteChannelFlow({ ChannelFlowArn: flowArn });
  expect(fixture.emulator.state()).toMatchObject({ channelFlows: [], tags: {} });
});

test('an app instance has at most 100 flows', async () => {
  const arn = await createAppInstance(fixture);
  for (let i = 0; i < 100; i++) {
    await createFlow(fixture, arn);
  }
  expect(await failure(createFlow(fixture, arn))).toMatchObject({
    name: 'ResourceLimitExceededException', status: 400, Code: 'ResourceLimitExceeded',
  });
});

test.each(['allow', 'conflict'] as const)('two flows of one name: %s', async duplicateFlowName => {
  fixture.emulator.setBehaviour({ duplicateFlowName });
  const arn = await createAppInstance(fixture);
  await createFlow(fixture, arn, 'one');
  const two = await createFlow(fixture, arn, 'two');
  const calls = [
    () => createFlow(fixture, arn, 'one'),
    () => fixture.messaging.updateChannelFlow({ ChannelFlowArn: two, Name: 'one', Processors: PROCESSORS }),
  ];
  for (const call of calls) {
    if (duplicateFlowName === 'allow') {
      await call();
    } else {
      expect((await failure(call())).name).toBe('ConflictException');
    }
  }
  // A flow may keep its name.
  fixture.emulator.setBehaviour({ duplicateFlowName: 'conflict' });
  const own = await createFlow(fixture, await createAppInstance(fixture), 'two');
  await fixture.messaging.updateChannelFlow({ ChannelFlowArn: own, Name: 'two', Processors: PROCESSORS });
});

describe.each([['not-found', 'NotFoundException', 404], ['forbidden', 'ForbiddenException', 403]] as const)(
  'a flow that is gone: %s',
  (missingFlow, name, status) => {
    test.each([
      ['describeChannelFlow', {}],
      ['updateChannelFlow', { Name: 'a', Processors: PROCESSORS }],
      ['deleteChannelFlow', {}],
      ['listChannelsAssociatedWithChannelFlow', {}],
    ] as const)('%s', async (operation, rest) => {
      fixture.emulator.setBehaviour({ missingFlow });
      const input = { ChannelFlowArn: `${GONE}/channel-flow/gone`, ...rest };
      expect(await failure((fixture.messaging[operation] as any)(input))).toMatchObject({ name, status });
    });

    test('associate and disassociate', async () => {
      fixture.emulator.setBehaviour({ missingFlow });
      const { channelArn, adminArn, flowArn } = await createChat(fixture);
      await fixture.messaging.deleteChannelFlow({ ChannelFlowArn: flowArn });
      const input = { ChannelArn: channelArn, ChannelFlowArn: flowArn, ChimeBearer: adminArn };
      expect(await failure(fixture.messaging.associateChannelFlow(input))).toMatchObject({ name, status });
      expect(await failure(fixture.messaging.disassociateChannelFlow(input))).toMatchObject({ name, status });
    });
  },
);

test.each([['not-found', 'NotFoundException'], ['forbidden', 'ForbiddenException']] as const)(
  'an app instance that is gone: %s',
  async (missingAppInstance, name) => {
    fixture.emulator.setBehaviour({ missingAppInstance });
    expect((await failure(fixture.messaging.listChannelFlows({ AppInstanceArn: GONE }))).name).toBe(name);
    expect((await failure(createFlow(fixture, GONE))).name).toBe(name);
  },
);

test('the ARN of something else is refused', async () => {
  const { appInstanceArn, channelArn } = await createChat(fixture);
  expect((await failure(fixture.messaging.describeChannelFlow({ ChannelFlowArn: channelArn }))).message)
    .toBe(`ChannelFlowArn must be the ARN of a channel-flow, got ${channelArn}`);
  expect((await failure(fixture.messaging.listChannelFlows({ AppInstanceArn: `${appInstanceArn}/channel/x` }))).name)
    .toBe('BadRequestException');
});
