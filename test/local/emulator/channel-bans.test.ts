import { Chat, createChat, failure, Fixture, startFixture } from './fixture';

let fixture: Fixture;
let chat: Chat;
beforeEach(async () => {
  fixture = await startFixture();
  chat = await createChat(fixture);
});
afterEach(() => fixture.close());

const asAdmin = () => ({ ChannelArn: chat.channelArn, ChimeBearer: chat.adminArn });
const join = (MemberArn = chat.userArn) => fixture.messaging.createChannelMembership({
  ...asAdmin(), MemberArn, Type: 'DEFAULT',
});
const ban = (bearer = chat.adminArn) => fixture.messaging.createChannelBan({
  ...asAdmin(), MemberArn: chat.userArn, ChimeBearer: bearer,
});
const membership = () => fixture.messaging.describeChannelMembership({ ...asAdmin(), MemberArn: chat.userArn });
const described = () => fixture.messaging.describeChannelBan({ ...asAdmin(), MemberArn: chat.userArn });

test('a membership is described, with who invited and when', async () => {
  await join();
  expect((await membership()).ChannelMembership).toEqual({
    ChannelArn: chat.channelArn,
    Member: { Arn: chat.userArn, Name: expect.any(String) },
    Type: 'DEFAULT',
    InvitedBy: { Arn: chat.adminArn, Name: expect.any(String) },
    CreatedTimestamp: new Date('2026-01-01T00:00:00Z'),
    LastUpdatedTimestamp: new Date('2026-01-01T00:00:00Z'),
  });
});

test.each([['forbidden', 'ForbiddenException'], ['not-found', 'NotFoundException']] as const)(
  'who is not a member, or not banned, is %s', async (missingUser, name) => {
    fixture.emulator.setBehaviour({ missingUser });
    expect((await failure(membership())).name).toBe(name);
    expect((await failure(described())).name).toBe(name);
  },
);

test('a ban ends the membership, and allows no other', async () => {
  await join();
  expect(await ban()).toMatchObject({ ChannelArn: chat.channelArn, Member: { Arn: chat.userArn } });
  expect((await failure(membership())).name).toBe('ForbiddenException');
  expect(await failure(join())).toMatchObject({
    name: 'ForbiddenException', message: expect.stringContaining('is banned from'),
  });
  expect(fixture.emulator.state().bans).toMatchObject([{ MemberArn: chat.userArn, ChannelArn: chat.channelArn }]);
  expect((await described()).ChannelBan).toMatchObject({
    Member: { Arn: chat.userArn },
    CreatedBy: { Arn: chat.adminArn },
    CreatedTimestamp: new Date('2026-01-01T00:00:00Z'),
  });
});

test.each([['conflict', 'ConflictException'], ['idempotent', undefined]] as const)(
  'a second ban is a %s', async (existingMember, name) => {
    fixture.emulator.setBehaviour({ existingMember });
    await ban();
    expect((await ban().catch((error: Error) => error) as Error).name).toBe(name);
  },
);

test('only admins and moderators ban, and see bans', async () => {
  await join();
  expect((await failure(ban(chat.userArn))).name).toBe('ForbiddenException');
  await ban();
  const asBanned = fixture.messaging.describeChannelBan({
    ...asAdmin(), MemberArn: chat.userArn, ChimeBearer: chat.userArn,
  });
  expect((await failure(asBanned)).name).toBe('ForbiddenException');
});

test('bans go with their channel, and with who was banned', async () => {
  await ban();
  await fixture.messaging.deleteChannel(asAdmin());
  expect(fixture.emulator.state().bans).toEqual([]);
});
