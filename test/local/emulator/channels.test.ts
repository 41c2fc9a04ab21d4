import { ChannelPrivacy } from '@aws-sdk/client-chime-sdk-messaging';
import { Chat, createChat, createUser, failure, Fixture, startFixture } from './fixture';

let fixture: Fixture;
let chat: Chat;
beforeAll(async () => { fixture = await startFixture(); });
beforeEach(async () => { chat = await createChat(fixture); });
afterEach(() => fixture.emulator.reset());
afterAll(() => fixture.close());

function create(
  input: { bearer?: string; privacy?: ChannelPrivacy; id?: string; moderators?: string[]; members?: string[] } = {},
) {
  return fixture.messaging.createChannel({
    AppInstanceArn: chat.appInstanceArn,
    Name: 'c',
    ChimeBearer: input.bearer ?? chat.userArn,
    Privacy: input.privacy,
    ChannelId: input.id,
    ModeratorArns: input.moderators,
    MemberArns: input.members,
  });
}

const describeAs = (ChannelArn: string | undefined, ChimeBearer: string) =>
  fixture.messaging.describeChannel({ ChannelArn, ChimeBearer });

test('a channel has the id that its creator chose', async () => {
  expect((await create({ id: 'lobby' })).ChannelArn).toBe(`${chat.appInstanceArn}/channel/lobby`);
  expect((await failure(create({ id: 'lobby' }))).name).toBe('ConflictException');
});

test('a channel is described with its creator and the defaults', async () => {
  const { ChannelArn } = await create();
  expect((await describeAs(ChannelArn, chat.userArn)).Channel).toMatchObject({
    ChannelArn,
    Name: 'c',
    Mode: 'UNRESTRICTED',
    Privacy: 'PUBLIC',
    CreatedBy: {
      Arn: chat.userArn, Name: expect.stringContaining('user'),
    },
  });
});

test('the creator and the moderators given are moderators; the members given are not', async () => {
  const [moderator, member] = [
    await createUser(fixture, chat.appInstanceArn), await createUser(fixture, chat.appInstanceArn),
  ];
  const { ChannelArn } = await create({ moderators: [moderator], members: [member] });
  const { ChannelModerators } = await fixture.messaging.listChannelModerators({ ChannelArn, ChimeBearer: member });
  expect(ChannelModerators!.map(({ Moderator }) => Moderator!.Arn)).toEqual([chat.userArn, moderator]);
  expect(
    fixture.emulator.state().members.filter(role => role.ChannelArn === ChannelArn).map(role => role.MemberArn).sort(),
  )
    .toEqual([chat.userArn, moderator, member].sort());
});

test('a channel is updated', async () => {
  await fixture.messaging.updateChannel({
    ChannelArn: chat.channelArn, Mode: 'RESTRICTED', Metadata: 'm', ChimeBearer: chat.adminArn,
  });
  expect((await describeAs(chat.channelArn, chat.adminArn)).Channel).toMatchObject({
    Name: 'lobby', Mode: 'RESTRICTED', Metadata: 'm',
  });
});

test('a channel is deleted with its roles and tags', async () => {
  await fixture.messaging.tagResource({ ResourceARN: chat.channelArn, Tags: [{ Key: 'a', Value: 'b' }] });
  await fixture.messaging.deleteChannel({ ChannelArn: chat.channelArn, ChimeBearer: chat.adminArn });
  expect(fixture.emulator.state()).toMatchObject({ channels: [], moderators: [], members: [], tags: {} });
});

test('a user neither updates nor deletes what others moderate', async () => {
  const input = { ChannelArn: chat.channelArn, ChimeBearer: chat.userArn };
  expect((await failure(fixture.messaging.updateChannel(input))).name).toBe('ForbiddenException');
  expect((await failure(fixture.messaging.deleteChannel(input))).name).toBe('ForbiddenException');
});

test('a private channel is for its members and admins', async () => {
  const stranger = await createUser(fixture, chat.appInstanceArn);
  const { ChannelArn } = await create({ privacy: 'PRIVATE' });
  await describeAs(ChannelArn, chat.userArn);
  await describeAs(ChannelArn, chat.adminArn);
  expect((await failure(describeAs(ChannelArn, stranger))).name).toBe('ForbiddenException');
});

test('channels are listed as the bearer may see them', async () => {
  const { ChannelArn: hidden } = await create({ privacy: 'PRIVATE' });
  const list = async (ChimeBearer: string, Privacy?: ChannelPrivacy) => {
    const { Channels } = await fixture.messaging.listChannels({
      AppInstanceArn: chat.appInstanceArn, ChimeBearer, Privacy,
    });
    return Channels!.map(channel => channel.ChannelArn);
  };
  expect(await list(chat.adminArn)).toEqual([chat.channelArn, hidden]);
  expect(await list(chat.adminArn, 'PRIVATE')).toEqual([hidden]);
  expect(await list(chat.userArn)).toEqual([chat.channelArn]);
  expect((await failure(list(chat.userArn, 'PRIVATE'))).name).toBe('ForbiddenException');
});

test('moderators come and go', async () => {
  const role = { ChannelArn: chat.channelArn, ChannelModeratorArn: chat.userArn, ChimeBearer: chat.adminArn };
  const { ChannelModerator } = await fixture.messaging.createChannelModerator(role);
  expect(ChannelModerator!.Arn).toBe(chat.userArn);
  expect((await failure(fixture.messaging.createChannelModerator(role))).name).toBe('ConflictException');
  fixture.emulator.setBehaviour({ existingModerator: 'idempotent' });
  await fixture.messaging.createChannelModerator(role);
  await fixture.messaging.deleteChannelModerator(role);
  expect((await failure(fixture.messaging.deleteChannelModerator(role))).name).toBe('ForbiddenException');
});

test('members are added by anybody, in a restricted channel by moderators', async () => {
  const member = await createUser(fixture, chat.appInstanceArn);
  const membership = {
    ChannelArn: chat.channelArn, MemberArn: member, Type: 'DEFAULT', ChimeBearer: chat.userArn,
  } as const;
  expect((await fixture.messaging.createChannelMembership(membership)).Member!.Arn).toBe(member);
  expect((await failure(fixture.messaging.createChannelMembership(membership))).name).toBe('ConflictException');
  fixture.emulator.setBehaviour({ existingMember: 'idempotent' });
  await fixture.messaging.createChannelMembership(membership);
  await fixture.messaging.updateChannel({
    ChannelArn: chat.channelArn, Mode: 'RESTRICTED', ChimeBearer: chat.adminArn,
  });
  expect((await failure(fixture.messaging.createChannelMembership(membership))).name).toBe('ForbiddenException');
});

test.each([['not-found', 'NotFoundException'], ['forbidden', 'ForbiddenException']] as const)(
  'a channel that is gone: %s',
  async (missingChannel, name) => {
    fixture.emulator.setBehaviour({ missingChannel });
    const gone = { ChannelArn: `${chat.appInstanceArn}/channel/gone`, ChimeBearer: chat.adminArn };
    for (const call of [
      fixture.messaging.describeChannel(gone),
      fixture.messaging.updateChannel(gone),
      fixture.messaging.deleteChannel(gone),
      fixture.messaging.listChannelModerators(gone),
      fixture.messaging.createChannelModerator({ ...gone, ChannelModeratorArn: chat.userArn }),
    ]) {
      expect((await failure(call)).name).toBe(name);
    }
  },
);

test('a bearer from nowhere is forbidden', async () => {
  expect((await failure(create({ bearer: `${chat.appInstanceArn}/user/gone` }))).name).toBe('ForbiddenException');
  expect((await failure(describeAs(chat.channelArn, `${chat.appInstanceArn}/user/gone`))).name).toBe(
    'ForbiddenException',
  );
});
