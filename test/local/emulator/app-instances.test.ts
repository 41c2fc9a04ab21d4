import {
  createAdmin, createAppInstance, createChat, createFlow, createUser, failure, Fixture, newToken, startFixture,
} from './fixture';

let fixture: Fixture;
beforeAll(async () => { fixture = await startFixture(); });
afterEach(() => fixture.emulator.reset());
afterAll(() => fixture.close());

const GONE = 'arn:aws:chime:us-east-1:000000000000:app-instance/11111111-1111-4111-8111-111111111111';

describe('app instances', () => {
  test('are created with an ARN of the account, the signed region and a version 4 UUID', async () => {
    const arn = await createAppInstance(fixture);
    expect(arn).toMatch(
      /^arn:aws:chime:us-east-1:000000000000:app-instance\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  test('are described with their timestamps', async () => {
    const { AppInstanceArn } = await fixture.identity.createAppInstance({
      Name: 'a', Metadata: 'm', ClientRequestToken: newToken(),
    });
    const { AppInstance } = await fixture.identity.describeAppInstance({ AppInstanceArn });
    expect(AppInstance).toEqual({
      AppInstanceArn,
      Name: 'a',
      Metadata: 'm',
      CreatedTimestamp: new Date('2026-01-01T00:00:00Z'),
      LastUpdatedTimestamp: new Date('2026-01-01T00:00:00Z'),
    });
  });

  test('are updated as a whole', async () => {
    const arn = await createAppInstance(fixture);
    fixture.advance(1000);
    await fixture.identity.updateAppInstance({ AppInstanceArn: arn, Name: 'b', Metadata: '' });
    const { AppInstance } = await fixture.identity.describeAppInstance({ AppInstanceArn: arn });
    expect(AppInstance).toMatchObject({ Name: 'b', Metadata: '' });
    expect(AppInstance!.LastUpdatedTimestamp!.getTime() - AppInstance!.CreatedTimestamp!.getTime()).toBe(1000);
  });

  test('are updated with name and metadata both', async () => {
    const arn = await createAppInstance(fixture);
    const { message } = await failure(fixture.identity.updateAppInstance({ AppInstanceArn: arn, Name: 'b' } as any));
    expect(message).toBe('1 validation error detected: Metadata is required');
  });

  test('are listed in order of creation', async () => {
    const arns = [await createAppInstance(fixture, 'a'), await createAppInstance(fixture, 'b')];
    const { AppInstances } = await fixture.identity.listAppInstances({});
    expect(AppInstances!.map(appInstance => appInstance.AppInstanceArn)).toEqual(arns);
  });

  test('are deleted with everything in them', async () => {
    const { appInstanceArn, channelArn, flowArn, adminArn } = await createChat(fixture);
    await fixture.messaging.associateChannelFlow({
      ChannelArn: channelArn, ChannelFlowArn: flowArn, ChimeBearer: adminArn,
    });
    await fixture.messaging.tagResource({ ResourceARN: channelArn, Tags: [{ Key: 'a', Value: 'b' }] });
    await fixture.identity.deleteAppInstance({ AppInstanceArn: appInstanceArn });
    const { tags, ...lists } = fixture.emulator.state();
    expect(Object.values(lists).flat()).toEqual([]);
    expect(tags).toEqual({});
  });

  test.each([
    ['describeAppInstance', { AppInstanceArn: GONE }],
    ['updateAppInstance', { AppInstanceArn: GONE, Name: 'a', Metadata: '' }],
    ['deleteAppInstance', { AppInstanceArn: GONE }],
    ['createAppInstanceUser', { AppInstanceArn: GONE, AppInstanceUserId: 'u', Name: 'u', ClientRequestToken: 'tt' }],
    ['listAppInstanceUsers', { AppInstanceArn: GONE }],
    ['createAppInstanceAdmin', { AppInstanceArn: GONE, AppInstanceAdminArn: `${GONE}/user/u` }],
    ['listAppInstanceAdmins', { AppInstanceArn: GONE }],
    ['listAppInstanceBots', { AppInstanceArn: GONE }],
  ] as const)('%s says that one is gone', async (operation, input) => {
    expect(await failure((fixture.identity[operation] as any)(input))).toMatchObject({
      name: 'NotFoundException', status: 404,
    });
  });

  test.each(['conflict', 'bad-request'] as const)('with flows can refuse to be deleted: %s', async answer => {
    fixture.emulator.setBehaviour({ deleteAppInstanceWithFlows: answer });
    const { appInstanceArn, flowArn } = await createChat(fixture);
    const { name } = await failure(fixture.identity.deleteAppInstance({ AppInstanceArn: appInstanceArn }));
    expect(name).toBe(answer === 'conflict' ? 'ConflictException' : 'BadRequestException');
    await fixture.messaging.deleteChannelFlow({ ChannelFlowArn: flowArn });
    await fixture.identity.deleteAppInstance({ AppInstanceArn: appInstanceArn });
  });
});

describe('users', () => {
  test('are created, described, updated, listed and deleted', async () => {
    const arn = await createAppInstance(fixture);
    const { AppInstanceUserArn } = await fixture.identity.createAppInstanceUser({
      AppInstanceArn: arn, AppInstanceUserId: 'alice@example.com', Name: 'Alice', ClientRequestToken: newToken(),
    });
    expect(AppInstanceUserArn).toBe(`${arn}/user/alice@example.com`);
    await fixture.identity.updateAppInstanceUser({ AppInstanceUserArn, Name: 'Alice B', Metadata: 'm' });
    const { AppInstanceUser } = await fixture.identity.describeAppInstanceUser({ AppInstanceUserArn });
    expect(AppInstanceUser).toMatchObject({ AppInstanceUserArn, Name: 'Alice B', Metadata: 'm' });
    expect(await fixture.identity.listAppInstanceUsers({ AppInstanceArn: arn })).toMatchObject({
      AppInstanceArn: arn, AppInstanceUsers: [{ AppInstanceUserArn, Name: 'Alice B', Metadata: 'm' }],
    });
    await fixture.identity.deleteAppInstanceUser({ AppInstanceUserArn });
    expect((await failure(fixture.identity.describeAppInstanceUser({ AppInstanceUserArn }))).name).toBe(
      'ForbiddenException',
    );
  });

  test('have ids of their own', async () => {
    const arn = await createAppInstance(fixture);
    const user = { AppInstanceArn: arn, AppInstanceUserId: 'alice', Name: 'Alice' };
    await fixture.identity.createAppInstanceUser({ ...user, ClientRequestToken: newToken() });
    expect((await failure(fixture.identity.createAppInstanceUser({ ...user, ClientRequestToken: newToken() }))).name)
      .toBe('ConflictException');
  });

  test.each([['forbidden', 'ForbiddenException'], ['not-found', 'NotFoundException']] as const)(
    'that are gone: %s',
    async (missingUser, name) => {
      fixture.emulator.setBehaviour({ missingUser });
      const arn = await createAppInstance(fixture);
      const gone = `${arn}/user/gone`;
      expect((await failure(fixture.identity.describeAppInstanceUser({ AppInstanceUserArn: gone }))).name).toBe(name);
      expect((await failure(fixture.identity.deleteAppInstanceUser({ AppInstanceUserArn: gone }))).name).toBe(name);
      expect((await failure(
        fixture.identity.createAppInstanceAdmin({ AppInstanceArn: arn, AppInstanceAdminArn: gone }),
      )).name).toBe(name);
      expect((await failure(
        fixture.identity.describeAppInstanceAdmin({ AppInstanceArn: arn, AppInstanceAdminArn: gone }),
      )).name).toBe(name);
    },
  );
});

describe('admins', () => {
  test('are promoted, described, listed and demoted', async () => {
    const arn = await createAppInstance(fixture);
    const adminArn = await createAdmin(fixture, arn);
    const { AppInstanceAdmin } = await fixture.identity.describeAppInstanceAdmin({
      AppInstanceArn: arn, AppInstanceAdminArn: adminArn,
    });
    expect(AppInstanceAdmin).toMatchObject({
      AppInstanceArn: arn, Admin: { Arn: adminArn }, CreatedTimestamp: expect.any(Date),
    });
    const { AppInstanceAdmins } = await fixture.identity.listAppInstanceAdmins({ AppInstanceArn: arn });
    expect(AppInstanceAdmins!.map(({ Admin }) => Admin!.Arn)).toEqual([adminArn]);
    await fixture.identity.deleteAppInstanceAdmin({ AppInstanceArn: arn, AppInstanceAdminArn: adminArn });
    expect(fixture.emulator.state().admins).toEqual([]);
  });

  test('lose the role with the user', async () => {
    const adminArn = await createAdmin(fixture, await createAppInstance(fixture));
    await fixture.identity.deleteAppInstanceUser({ AppInstanceUserArn: adminArn });
    expect(fixture.emulator.state().admins).toEqual([]);
  });

  test.each(['conflict', 'idempotent'] as const)('promoted again: %s', async existingAdmin => {
    fixture.emulator.setBehaviour({ existingAdmin });
    const arn = await createAppInstance(fixture);
    const again = { AppInstanceArn: arn, AppInstanceAdminArn: await createAdmin(fixture, arn) };
    const answer = fixture.identity.createAppInstanceAdmin(again);
    if (existingAdmin === 'conflict') {
      expect((await failure(answer)).name).toBe('ConflictException');
    } else {
      expect((await answer).AppInstanceAdmin!.Arn).toBe(again.AppInstanceAdminArn);
    }
  });

  test('are at most 100', async () => {
    const arn = await createAppInstance(fixture);
    for (let i = 0; i < 100; i++) {
      await createAdmin(fixture, arn);
    }
    expect(await failure(createAdmin(fixture, arn))).toMatchObject({
      name: 'ResourceLimitExceededException', status: 400,
    });
  });

  test('may have no power for a while', async () => {
    fixture.emulator.setBehaviour({ adminPromotionDelayMs: 500 });
    const arn = await createAppInstance(fixture);
    const adminArn = await createAdmin(fixture, arn);
    const channelArn = (await fixture.messaging.createChannel({
      AppInstanceArn: arn, Name: 'c', ChimeBearer: await createUser(fixture, arn),
    })).ChannelArn!;
    const request = { ChannelArn: channelArn, ChannelFlowArn: await createFlow(fixture, arn), ChimeBearer: adminArn };
    expect((await failure(fixture.messaging.associateChannelFlow(request))).name).toBe('ForbiddenException');
    fixture.advance(500);
    await fixture.messaging.associateChannelFlow(request);
  });
});

describe('bots', () => {
  const Configuration = {
    Lex: { LexBotAliasArn: 'arn:aws:lex:us-east-1:000000000000:bot-alias/ABCDEFGHIJ/ABCDEFGHIJ', LocaleId: 'en_US' },
  };

  test('are created, described, listed and deleted', async () => {
    const arn = await createAppInstance(fixture);
    const { AppInstanceBotArn } = await fixture.identity.createAppInstanceBot({
      AppInstanceArn: arn, Name: 'bot', Configuration, ClientRequestToken: newToken(),
    });
    expect(AppInstanceBotArn).toContain(`${arn}/bot/`);
    const { AppInstanceBot } = await fixture.identity.describeAppInstanceBot({ AppInstanceBotArn });
    expect(AppInstanceBot).toMatchObject({ Name: 'bot', Configuration });
    const { AppInstanceBots } = await fixture.identity.listAppInstanceBots({ AppInstanceArn: arn });
    expect(AppInstanceBots).toHaveLength(1);
    await fixture.identity.deleteAppInstanceBot({ AppInstanceBotArn });
    expect(fixture.emulator.state().bots).toEqual([]);
  });

  test('can be admins and bearers', async () => {
    const arn = await createAppInstance(fixture);
    const { AppInstanceBotArn } = await fixture.identity.createAppInstanceBot({
      AppInstanceArn: arn, Configuration, ClientRequestToken: newToken(),
    });
    await fixture.identity.createAppInstanceAdmin({ AppInstanceArn: arn, AppInstanceAdminArn: AppInstanceBotArn });
    const { ChannelArn } = await fixture.messaging.createChannel({
      AppInstanceArn: arn, Name: 'c', ChimeBearer: AppInstanceBotArn,
    });
    await fixture.messaging.associateChannelFlow({
      ChannelArn, ChannelFlowArn: await createFlow(fixture, arn), ChimeBearer: AppInstanceBotArn,
    });
  });
});
