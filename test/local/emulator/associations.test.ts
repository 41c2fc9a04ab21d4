import { Chat, createChannel, createChat, createFlow, createUser, failure, Fixture, startFixture } from './fixture';

let fixture: Fixture;
let chat: Chat;
beforeAll(async () => { fixture = await startFixture(); });
beforeEach(async () => { chat = await createChat(fixture); });
afterEach(() => fixture.emulator.reset());
afterAll(() => fixture.close());

const EXCEPTIONS = {
  'conflict': 'ConflictException', 'bad-request': 'BadRequestException', 'not-found': 'NotFoundException',
};

function associate(flowArn = chat.flowArn, bearer = chat.adminArn, channelArn = chat.channelArn) {
  return fixture.messaging.associateChannelFlow({
    ChannelArn: channelArn, ChannelFlowArn: flowArn, ChimeBearer: bearer,
  });
}

function disassociate(flowArn = chat.flowArn, bearer = chat.adminArn, channelArn = chat.channelArn) {
  return fixture.messaging.disassociateChannelFlow({
    ChannelArn: channelArn, ChannelFlowArn: flowArn, ChimeBearer: bearer,
  });
}

function deleteFlow(flowArn = chat.flowArn) {
  return fixture.messaging.deleteChannelFlow({ ChannelFlowArn: flowArn });
}

async function listed(flowArn = chat.flowArn): Promise<string[]> {
  const { Channels } = await fixture.messaging.listChannelsAssociatedWithChannelFlow({ ChannelFlowArn: flowArn });
  return Channels!.map(channel => channel.ChannelArn!);
}

test('a channel gets a flow, shows it, and loses it', async () => {
  await associate();
  expect(await listed()).toEqual([chat.channelArn]);
  const { Channel } = await fixture.messaging.describeChannel({
    ChannelArn: chat.channelArn, ChimeBearer: chat.adminArn,
  });
  expect(Channel!.ChannelFlowArn).toBe(chat.flowArn);
  await disassociate();
  expect(await listed()).toEqual([]);
});

test('the list shows channels as they are now', async () => {
  await associate();
  await fixture.messaging.updateChannel({ ChannelArn: chat.channelArn, Name: 'renamed', ChimeBearer: chat.adminArn });
  const { Channels } = await fixture.messaging.listChannelsAssociatedWithChannelFlow({ ChannelFlowArn: chat.flowArn });
  expect(Channels).toEqual([{ ChannelArn: chat.channelArn, Name: 'renamed', Mode: 'UNRESTRICTED', Privacy: 'PUBLIC' }]);
});

describe('who may', () => {
  test('a moderator may associate and disassociate', async () => {
    await fixture.messaging.createChannelModerator({
      ChannelArn: chat.channelArn, ChannelModeratorArn: chat.userArn, ChimeBearer: chat.adminArn,
    });
    await associate(chat.flowArn, chat.userArn);
    await disassociate(chat.flowArn, chat.userArn);
  });

  test('a user who has no role may not', async () => {
    expect(await failure(associate(chat.flowArn, chat.userArn))).toMatchObject({
      name: 'ForbiddenException', status: 403, Code: 'Forbidden',
    });
    expect((await failure(disassociate(chat.flowArn, chat.userArn))).name).toBe('ForbiddenException');
  });

  test('not a member', async () => {
    await fixture.messaging.createChannelMembership({
      ChannelArn: chat.channelArn, MemberArn: chat.userArn, Type: 'DEFAULT', ChimeBearer: chat.adminArn,
    });
    expect((await failure(associate(chat.flowArn, chat.userArn))).name).toBe('ForbiddenException');
  });

  test('not a bearer that does not exist', async () => {
    expect((await failure(associate(chat.flowArn, `${chat.appInstanceArn}/user/gone`))).name).toBe(
      'ForbiddenException',
    );
  });

  test('not an admin of another app instance', async () => {
    const other = await createChat(fixture);
    expect((await failure(associate(chat.flowArn, other.adminArn))).name).toBe('ForbiddenException');
  });

  test('nobody without a bearer', async () => {
    const input: any = { ChannelArn: chat.channelArn, ChannelFlowArn: chat.flowArn };
    const { name, message } = await failure(fixture.messaging.associateChannelFlow(input));
    expect({ name, message }).toEqual({
      name: 'BadRequestException', message: '1 validation error detected: ChimeBearer is required',
    });
  });

  test('not with a flow of another app instance', async () => {
    const other = await createChat(fixture);
    expect((await failure(associate(other.flowArn))).name).toBe('ForbiddenException');
  });
});

describe('over another flow', () => {
  test('the new flow takes its place, by default', async () => {
    const other = await createFlow(fixture, chat.appInstanceArn, 'other');
    await associate();
    await associate(other);
    expect(await listed()).toEqual([]);
    expect(await listed(other)).toEqual([chat.channelArn]);
  });

  test('is a conflict, where the switch says so', async () => {
    fixture.emulator.setBehaviour({ associateOverExisting: 'conflict' });
    const other = await createFlow(fixture, chat.appInstanceArn, 'other');
    await associate();
    expect(await failure(associate(other))).toMatchObject({ name: 'ConflictException', status: 409, Code: 'Conflict' });
    expect(await listed()).toEqual([chat.channelArn]);
  });
});

describe('the same flow again', () => {
  test('changes nothing, by default', async () => {
    await associate();
    await associate();
    expect(await listed()).toEqual([chat.channelArn]);
  });

  test('is a conflict, where the switch says so', async () => {
    fixture.emulator.setBehaviour({ associateSameFlow: 'conflict' });
    await associate();
    expect((await failure(associate())).name).toBe('ConflictException');
  });
});

describe('disassociate what is not associated', () => {
  test('succeeds, by default', async () => {
    await disassociate();
    const other = await createFlow(fixture, chat.appInstanceArn, 'other');
    await associate();
    await disassociate(other);
    expect(await listed()).toEqual([chat.channelArn]);
  });

  test.each(['not-found', 'conflict', 'bad-request'] as const)('%s', async answer => {
    fixture.emulator.setBehaviour({ disassociateNotAssociated: answer });
    expect((await failure(disassociate())).name).toBe(EXCEPTIONS[answer]);
  });
});

test('disassociate can free every channel of the flow', async () => {
  fixture.emulator.setBehaviour({ disassociateScope: 'every-channel' });
  const other = await createChannel(fixture, chat.appInstanceArn, chat.adminArn);
  await associate();
  await associate(chat.flowArn, chat.adminArn, other);
  await disassociate();
  expect(await listed()).toEqual([]);
});

describe('a flow that a channel has', () => {
  test.each(['conflict', 'bad-request'] as const)('is not deleted: %s', async answer => {
    fixture.emulator.setBehaviour({ deleteAssociatedFlow: answer });
    await associate();
    expect((await failure(deleteFlow())).name).toBe(EXCEPTIONS[answer]);
    await disassociate();
    await deleteFlow();
  });

  test('may be refused for a while after the last channel left', async () => {
    fixture.emulator.setBehaviour({ deleteConsistencyMs: 1000 });
    await associate();
    await disassociate();
    expect((await failure(deleteFlow())).name).toBe('ConflictException');
    fixture.advance(1000);
    await deleteFlow();
  });

  test('may be refused for a while after the channel got another one', async () => {
    fixture.emulator.setBehaviour({ deleteConsistencyMs: 1000 });
    await associate();
    await associate(await createFlow(fixture, chat.appInstanceArn, 'other'));
    expect((await failure(deleteFlow())).name).toBe('ConflictException');
    fixture.advance(1000);
    await deleteFlow();
  });
});

describe('a channel that is gone', () => {
  test.each([['not-found', 'NotFoundException'], ['forbidden', 'ForbiddenException']] as const)(
    '%s',
    async (missingChannel, name) => {
      fixture.emulator.setBehaviour({ missingChannel });
      await fixture.messaging.deleteChannel({ ChannelArn: chat.channelArn, ChimeBearer: chat.adminArn });
      expect((await failure(associate())).name).toBe(name);
      expect((await failure(disassociate())).name).toBe(name);
    },
  );

  test('is forbidden to those who have no right to it', async () => {
    await fixture.messaging.deleteChannel({ ChannelArn: chat.channelArn, ChimeBearer: chat.adminArn });
    expect((await failure(associate(chat.flowArn, chat.userArn))).name).toBe('ForbiddenException');
  });
});

describe('a channel that was deleted while it had a flow', () => {
  beforeEach(async () => {
    await associate();
  });

  function deleteChannel() {
    return fixture.messaging.deleteChannel({ ChannelArn: chat.channelArn, ChimeBearer: chat.adminArn });
  }

  test('is not listed any more, by default', async () => {
    await deleteChannel();
    expect(await listed()).toEqual([]);
    await deleteFlow();
  });

  test('lingers for good', async () => {
    fixture.emulator.setBehaviour({ deletedChannelListing: 'lingers' });
    await deleteChannel();
    fixture.advance(365 * 24 * 3600_000);
    expect(await listed()).toEqual([chat.channelArn]);
    expect((await failure(disassociate())).name).toBe('NotFoundException');
    expect(fixture.emulator.state().associations).toEqual([
      { ChannelArn: chat.channelArn, ChannelFlowArn: chat.flowArn, channelDeleted: expect.any(String) },
    ]);
    await deleteFlow();
  });

  test('lingers for a while', async () => {
    fixture.emulator.setBehaviour({
      deletedChannelListing: 'lingers', deletedChannelListingMs: 1000, deletedChannelBlocksFlow: true,
    });
    await deleteChannel();
    expect(await listed()).toEqual([chat.channelArn]);
    expect((await failure(deleteFlow())).name).toBe('ConflictException');
    fixture.advance(1000);
    expect(await listed()).toEqual([]);
    await deleteFlow();
  });

  test('does not linger on a channel that takes the id anew', async () => {
    fixture.emulator.setBehaviour({ deletedChannelListing: 'lingers' });
    await deleteChannel();
    await fixture.messaging.createChannel({
      AppInstanceArn: chat.appInstanceArn,
      ChannelId: chat.channelArn.split('/')
        .pop(),
      Name: 'anew',
      ChimeBearer: chat.adminArn,
      ClientRequestToken: 'anew',
    });
    const { Channel } = await fixture.messaging.describeChannel({
      ChannelArn: chat.channelArn, ChimeBearer: chat.adminArn,
    });
    expect(Channel!.ChannelFlowArn).toBeUndefined();
    expect(await listed()).toEqual([]);
  });

  test('lingers and blocks the deletion of the flow', async () => {
    fixture.emulator.setBehaviour({ deletedChannelListing: 'lingers', deletedChannelBlocksFlow: true });
    await deleteChannel();
    expect((await failure(deleteFlow())).name).toBe('ConflictException');
  });
});

test('many channels are drained page by page, while they leave the list', async () => {
  const channelArns: string[] = [];
  for (let i = 0; i < 12; i++) {
    channelArns.push(await createChannel(fixture, chat.appInstanceArn, chat.adminArn));
    await associate(chat.flowArn, chat.adminArn, channelArns[i]);
  }
  const drained: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await fixture.messaging.listChannelsAssociatedWithChannelFlow({
      ChannelFlowArn: chat.flowArn, MaxResults: 5, NextToken,
    });
    for (const { ChannelArn } of page.Channels!) {
      await disassociate(chat.flowArn, chat.adminArn, ChannelArn!);
      drained.push(ChannelArn!);
    }
    NextToken = page.NextToken;
  } while (NextToken);
  expect(drained).toEqual(channelArns);
  await deleteFlow();
});

test('a moderator who is deleted has no power left', async () => {
  const moderator = await createUser(fixture, chat.appInstanceArn);
  await fixture.messaging.createChannelModerator({
    ChannelArn: chat.channelArn, ChannelModeratorArn: moderator, ChimeBearer: chat.adminArn,
  });
  await fixture.identity.deleteAppInstanceUser({ AppInstanceUserArn: moderator });
  expect((await failure(associate(chat.flowArn, moderator))).name).toBe('ForbiddenException');
});
