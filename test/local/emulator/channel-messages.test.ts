import { ListChannelMessagesCommandInput } from '@aws-sdk/client-chime-sdk-messaging';
import { createUser, failure } from './fixture';
import {
  about, answer, join, MessageFixture, putFlow, question, read, send, startMessageFixture, statusOf, told,
} from './message-fixture';

let fixture: MessageFixture;
beforeEach(async () => { fixture = await startMessageFixture(); });
afterEach(() => fixture.close());

const contents = async (input: Partial<ListChannelMessagesCommandInput> = {}) =>
  (await list(input)).ChannelMessages!.map(({ Content }) => Content);

function list(input: Partial<ListChannelMessagesCommandInput> = {}) {
  return fixture.messaging.listChannelMessages({
    ChannelArn: fixture.chat.channelArn, ChimeBearer: fixture.member, ...input,
  });
}

describe('who sends', () => {
  test('members may', async () => {
    expect((await send(fixture)).Status).toEqual({ Value: 'SENT' });
  });

  test('nobody else who only may look', async () => {
    expect(await failure(send(fixture, { ChimeBearer: fixture.chat.userArn }))).toMatchObject({
      name: 'ForbiddenException', status: 403,
    });
  });

  test('nobody from another app instance, and no bearer that is gone', async () => {
    expect((await failure(send(fixture, { ChimeBearer: `${fixture.chat.appInstanceArn}/user/gone` }))).name).toBe(
      'ForbiddenException',
    );
    const other = `${fixture.chat.appInstanceArn}x/user/gone`;
    expect((await failure(send(fixture, { ChimeBearer: other }))).name).toBe('ForbiddenException');
  });

  test.each(['moderator', 'admin'] as const)('a %s who is no member only if the switch says so', async role => {
    const { appInstanceArn, channelArn, adminArn } = fixture.chat;
    const arn = await createUser(fixture, appInstanceArn);
    if (role === 'admin') {
      await fixture.identity.createAppInstanceAdmin({ AppInstanceArn: appInstanceArn, AppInstanceAdminArn: arn });
    } else {
      await fixture.messaging.createChannelModerator({
        ChannelArn: channelArn, ChannelModeratorArn: arn, ChimeBearer: adminArn,
      });
    }
    expect((await failure(send(fixture, { ChimeBearer: arn }))).message).toContain(
      'make them one by CreateChannelMembership',
    );
    fixture.emulator.setBehaviour({ sendWithoutMembership: 'allowed' });
    expect((await send(fixture, { ChimeBearer: arn })).Status).toEqual({ Value: 'SENT' });
  });

  test('a channel that is gone', async () => {
    const gone = { ChannelArn: `${fixture.chat.appInstanceArn}/channel/gone` };
    expect((await failure(send(fixture, gone))).name).toBe('ForbiddenException');
    expect((await failure(send(fixture, { ...gone, ChimeBearer: fixture.chat.adminArn }))).name).toBe(
      'NotFoundException',
    );
  });
});

describe('what is sent', () => {
  test.each([
    ['STANDARD', 'é'.repeat(2048)], ['STANDARD', 'a'.repeat(4096)], ['CONTROL', '😀'.repeat(7) + 'é'],
  ] as const)('%s up to its limit', async (Type, Content) => {
    await send(fixture, { Type, Content });
  });

  test.each([
    [
      'STANDARD', 'é'.repeat(2048) + 'a',
      'Content of a STANDARD message must be at most 4096 bytes of UTF-8, got 4097: shorten it',
    ],
    ['CONTROL', 'é'.repeat(16), 'Content of a CONTROL message must be at most 30 bytes of UTF-8, got 32: shorten it'],
  ] as const)('%s over its limit is refused', async (Type, Content, message) => {
    expect(await failure(send(fixture, { Type, Content }))).toMatchObject({
      name: 'BadRequestException', status: 400, message,
    });
  });

  test('nothing is refused', async () => {
    expect((await failure(send(fixture, { Content: '' }))).message).toContain('Content must be at least 1 characters');
  });

  test('CONTROL with metadata is refused', async () => {
    expect((await failure(send(fixture, { Type: 'CONTROL', Metadata: 'm' }))).name).toBe('BadRequestException');
  });

  test('a token sends once', async () => {
    const first = await send(fixture, { ClientRequestToken: 'once' });
    expect((await send(fixture, { ClientRequestToken: 'once' })).MessageId).toBe(first.MessageId);
    expect(await contents()).toEqual(['hello']);
    expect((await failure(send(fixture, { ClientRequestToken: 'once', Content: 'other' }))).name).toBe(
      'ConflictException',
    );
  });

  test('shows in the channel', async () => {
    fixture.advance(5000);
    await send(fixture);
    const { Channel } = await fixture.messaging.describeChannel({
      ChannelArn: fixture.chat.channelArn, ChimeBearer: fixture.member,
    });
    expect(Channel!.LastMessageTimestamp!.getTime() - Channel!.CreatedTimestamp!.getTime()).toBe(5000);
  });
});

describe('who reads', () => {
  test('everybody who may look at the channel', async () => {
    const { MessageId } = await send(fixture, { Metadata: 'm', ContentType: 'text/plain', SubChannelId: 's' });
    for (const bearer of [fixture.member, fixture.chat.adminArn, fixture.chat.userArn]) {
      expect(await read(fixture, MessageId, bearer)).toEqual({
        ChannelArn: fixture.chat.channelArn,
        MessageId,
        Content: 'hello',
        Metadata: 'm',
        ContentType: 'text/plain',
        SubChannelId: 's',
        Type: 'STANDARD',
        Persistence: 'PERSISTENT',
        Redacted: false,
        Sender: { Arn: fixture.member, Name: expect.any(String) },
        Status: { Value: 'SENT' },
        CreatedTimestamp: expect.any(Date),
        LastUpdatedTimestamp: expect.any(Date),
      });
    }
  });

  test('of what is under way, the sender', async () => {
    await putFlow(fixture, ['first']);
    const { MessageId } = await send(fixture);
    expect(await read(fixture, MessageId)).toMatchObject({ Content: 'hello', Status: { Value: 'PENDING' } });
    expect(await contents()).toEqual(['hello']);
    expect((await failure(read(fixture, MessageId, fixture.chat.adminArn))).name).toBe('ForbiddenException');
    expect(await contents({ ChimeBearer: fixture.chat.adminArn })).toEqual([]);
  });

  test('of a targeted message, the sender and the target', async () => {
    const target = await join(fixture, fixture.chat);
    const { MessageId } = await send(fixture, { Target: [{ MemberArn: target }] });
    expect((await read(fixture, MessageId)).Target).toEqual([{ MemberArn: target }]);
    await read(fixture, MessageId, target);
    expect((await failure(read(fixture, MessageId, fixture.chat.adminArn))).name).toBe('ForbiddenException');
    expect(told(fixture, MessageId)).toEqual([
      { type: 'CREATE_CHANNEL_MESSAGE', recipients: [fixture.member, target] },
    ]);
  });

  test('nobody, where the target is no member', async () => {
    expect(await failure(send(fixture, { Target: [{ MemberArn: fixture.chat.userArn }] }))).toMatchObject({
      name: 'BadRequestException', message: expect.stringContaining('Target must name members'),
    });
  });

  test('of a private channel, those who have a part in it', async () => {
    const { ChannelArn } = await fixture.messaging.createChannel({
      AppInstanceArn: fixture.chat.appInstanceArn, Name: 'c', Privacy: 'PRIVATE', ChimeBearer: fixture.member,
    });
    const { MessageId } = await send(fixture, { ChannelArn });
    await fixture.messaging.getChannelMessage({ ChannelArn, MessageId, ChimeBearer: fixture.chat.adminArn });
    for (const call of [
      () => fixture.messaging.getChannelMessage({ ChannelArn, MessageId, ChimeBearer: fixture.chat.userArn }),
      () => list({ ChannelArn, ChimeBearer: fixture.chat.userArn }),
    ]) {
      expect((await failure(call())).name).toBe('ForbiddenException');
    }
  });

  test('the status, the sender alone', async () => {
    const { MessageId } = await send(fixture);
    expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'SENT' });
    for (const bearer of [fixture.chat.adminArn, await join(fixture, fixture.chat)]) {
      expect(await failure(fixture.messaging.getChannelMessageStatus(about(fixture, MessageId, bearer))))
        .toMatchObject({
          name: 'ForbiddenException', message: expect.stringContaining('is not the sender of message'),
        });
    }
  });
});

test.each([['not-found', 'NotFoundException'], ['forbidden', 'ForbiddenException']] as const)(
  'a message that is gone: %s',
  async (missingMessage, name) => {
    fixture.emulator.setBehaviour({ missingMessage });
    const gone = about(fixture, '0'.repeat(64), fixture.chat.adminArn);
    for (const call of [
      () => fixture.messaging.getChannelMessage(gone),
      () => fixture.messaging.getChannelMessageStatus(gone),
      () => fixture.messaging.updateChannelMessage({ ...gone, Content: 'c' }),
      () => fixture.messaging.redactChannelMessage(gone),
      () => fixture.messaging.deleteChannelMessage(gone),
    ]) {
      expect((await failure(call())).name).toBe(name);
    }
  },
);

describe('a list', () => {
  beforeEach(async () => {
    for (let i = 1; i <= 60; i++) {
      await send(fixture, { Content: String(i), SubChannelId: i % 2 ? 'odd' : 'even' });
      fixture.advance(1000);
    }
  });

  const numbers = (from: number, to: number) =>
    Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => String(from + (from < to ? i : -i)));

  async function pages(input: Partial<ListChannelMessagesCommandInput>): Promise<(string | undefined)[][]> {
    const { ChannelMessages, NextToken } = await list(input);
    const first = ChannelMessages!.map(({ Content }) => Content);
    return NextToken ? [first, ...await pages({ ...input, NextToken })] : [first];
  }

  test('begins with the latest', async () => {
    expect(await pages({})).toEqual([numbers(60, 11), numbers(10, 1)]);
    expect(await pages({ SortOrder: 'DESCENDING', MaxResults: 30 })).toEqual([numbers(60, 31), numbers(30, 1)]);
  });

  test('begins with the oldest, if asked to', async () => {
    expect(await pages({ SortOrder: 'ASCENDING', MaxResults: 25 })).toEqual([
      numbers(1, 25), numbers(26, 50), numbers(51, 60),
    ]);
  });

  test('goes on where it was, whatever came in the meantime', async () => {
    const { NextToken } = await list({ MaxResults: 10 });
    await send(fixture, { Content: 'new' });
    expect(await contents({ MaxResults: 10, NextToken })).toEqual(numbers(50, 41));
  });

  test('of a time', async () => {
    const at = (second: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + second * 1000);
    expect(await contents({ NotBefore: at(10), NotAfter: at(12) })).toEqual(['13', '12', '11']);
  });

  test('of a sub channel', async () => {
    expect(await contents({ SubChannelId: 'odd', MaxResults: 3 })).toEqual(['59', '57', '55']);
  });

  test('takes only tokens of its own', async () => {
    const { NextToken } = await list({ MaxResults: 10 });
    for (const input of [{ SortOrder: 'ASCENDING' as const }, { NotBefore: new Date(0) }, { SubChannelId: 'odd' }]) {
      expect((await failure(list({ ...input, NextToken }))).name).toBe('BadRequestException');
    }
  });
});

test('a list shows neither what is not persistent nor what is of other channels', async () => {
  await send(fixture, { Persistence: 'NON_PERSISTENT' });
  const { ChannelArn } = await fixture.messaging.createChannel({
    AppInstanceArn: fixture.chat.appInstanceArn, Name: 'c', ChimeBearer: fixture.member,
  });
  await send(fixture, { ChannelArn, Content: 'elsewhere' });
  expect(await contents()).toEqual([]);
  expect(await contents({ ChannelArn })).toEqual(['elsewhere']);
});

describe('a message is changed', () => {
  test('by its sender', async () => {
    const { MessageId } = await send(fixture, { Metadata: 'm', ContentType: 'text/plain' });
    fixture.advance(1000);
    const updated = await fixture.messaging.updateChannelMessage({
      ...about(fixture, MessageId), Content: 'other', ContentType: 'text/html',
    });
    expect(updated).toMatchObject({ ChannelArn: fixture.chat.channelArn, MessageId, Status: { Value: 'SENT' } });
    const message = await read(fixture, MessageId);
    expect(message).toMatchObject({ Content: 'other', Metadata: 'm', ContentType: 'text/html' });
    expect(message.LastEditedTimestamp!.getTime() - message.CreatedTimestamp!.getTime()).toBe(1000);
  });

  test('by nobody else', async () => {
    const { MessageId } = await send(fixture);
    for (const bearer of [fixture.chat.adminArn, await join(fixture, fixture.chat), fixture.chat.userArn]) {
      expect((await failure(
        fixture.messaging.updateChannelMessage({ ...about(fixture, MessageId, bearer), Content: 'c' }),
      )).name).toBe('ForbiddenException');
    }
  });

  test('within the limit of its type', async () => {
    const { MessageId } = await send(fixture, { Type: 'CONTROL', Content: 'typing' });
    const update = { ...about(fixture, MessageId), Content: 'idle' };
    expect((await failure(fixture.messaging.updateChannelMessage({ ...update, Content: 'a'.repeat(31) }))).message)
      .toContain('at most 30 bytes');
    expect((await failure(fixture.messaging.updateChannelMessage({ ...update, Metadata: 'm' }))).message).toContain(
      'no Metadata',
    );
    await putFlow(fixture, ['first']);
    expect((await fixture.messaging.updateChannelMessage(update)).Status).toEqual({ Value: 'SENT' });
  });
});

describe('a message is redacted', () => {
  test.each(['sender', 'moderator', 'admin'] as const)('by its %s', async role => {
    const { MessageId } = await send(fixture, { Metadata: 'm' });
    const bearer = {
      sender: fixture.member, moderator: await join(fixture, fixture.chat), admin: fixture.chat.adminArn,
    }[role];
    if (role === 'moderator') {
      await fixture.messaging.createChannelModerator({
        ChannelArn: fixture.chat.channelArn, ChannelModeratorArn: bearer, ChimeBearer: fixture.chat.adminArn,
      });
    }
    expect(await fixture.messaging.redactChannelMessage(about(fixture, MessageId, bearer)))
      .toMatchObject({ ChannelArn: fixture.chat.channelArn, MessageId });
    const message = await read(fixture, MessageId);
    expect(message).toMatchObject({ MessageId, Redacted: true });
    expect([message.Content, message.Metadata]).toEqual([undefined, undefined]);
    expect(told(fixture, MessageId).at(-1)!.type).toBe('REDACT_CHANNEL_MESSAGE');
  });

  test('by no other member, and not while it is under way', async () => {
    const { MessageId } = await send(fixture);
    expect((await failure(
      fixture.messaging.redactChannelMessage(about(fixture, MessageId, await join(fixture, fixture.chat))),
    )).name).toBe('ForbiddenException');
    await putFlow(fixture, ['first']);
    const pending = await send(fixture);
    expect((await failure(fixture.messaging.redactChannelMessage(about(fixture, pending.MessageId)))).name).toBe(
      'ForbiddenException',
    );
    expect((await failure(
      fixture.messaging.redactChannelMessage(about(fixture, pending.MessageId, fixture.chat.adminArn)),
    )).name).toBe('ForbiddenException');
  });
});

describe('a message is deleted', () => {
  test('by an admin', async () => {
    const { MessageId } = await send(fixture);
    await fixture.messaging.deleteChannelMessage(about(fixture, MessageId, fixture.chat.adminArn));
    expect((await failure(read(fixture, MessageId))).name).toBe('NotFoundException');
    expect(await contents()).toEqual([]);
    expect(told(fixture, MessageId).at(-1)!.type).toBe('DELETE_CHANNEL_MESSAGE');
  });

  test('by nobody else', async () => {
    const { MessageId } = await send(fixture);
    expect((await failure(fixture.messaging.deleteChannelMessage(about(fixture, MessageId)))).name).toBe(
      'ForbiddenException',
    );
  });

  test('when it is sent', async () => {
    await putFlow(fixture, ['first']);
    const { MessageId } = await send(fixture);
    const remove = () => fixture.messaging.deleteChannelMessage(about(fixture, MessageId, fixture.chat.adminArn));
    expect((await failure(remove())).message).toContain('is PENDING');
    await answer(fixture, await question(fixture));
    await remove();
  });

  test('with its channel', async () => {
    await send(fixture);
    await fixture.messaging.deleteChannel({ ChannelArn: fixture.chat.channelArn, ChimeBearer: fixture.chat.adminArn });
    expect(fixture.emulator.state().messages).toEqual([]);
  });
});
