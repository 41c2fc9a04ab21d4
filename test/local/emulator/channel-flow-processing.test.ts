import { failure } from './fixture';
import {
  about, answer, MessageFixture, putFlow, question, read, send, startMessageFixture, statusOf, told,
} from './message-fixture';
import { until } from '../../support/until';

let fixture: MessageFixture;
beforeEach(async () => { fixture = await startMessageFixture(); });
afterEach(() => fixture.close());

const HOUR = 60 * 60_000;

test('without a flow a message is sent at once', async () => {
  const sent = await send(fixture);
  expect(sent).toMatchObject({
    ChannelArn: fixture.chat.channelArn, MessageId: expect.stringMatching(/^[0-9a-f]{64}$/), Status: { Value: 'SENT' },
  });
  expect(await statusOf(fixture, sent.MessageId)).toEqual({ Value: 'SENT' });
  expect(told(fixture, sent.MessageId)).toEqual([{
    type: 'CREATE_CHANNEL_MESSAGE', recipients: expect.arrayContaining([fixture.member, fixture.chat.adminArn]),
  }]);
});

test('a processor is asked as the service asks, and the message is PENDING until it answers', async () => {
  await putFlow(fixture, ['first']);
  const { MessageId, Status } = await send(fixture, { Metadata: 'm' });
  expect(Status).toEqual({ Value: 'PENDING' });
  const event = await question(fixture);
  expect(event).toEqual({
    EventType: 'CHANNEL_MESSAGE_EVENT',
    CallbackId: expect.stringMatching(/^[-0-9a-f]{36}$/),
    ChannelMessage: {
      MessageId,
      ChannelArn: fixture.chat.channelArn,
      Content: 'hello',
      Metadata: 'm',
      Sender: { Arn: fixture.member, Name: expect.stringContaining('user') },
      Persistence: 'PERSISTENT',
      Type: 'STANDARD',
      CreatedTimestamp: '2026-01-01T00:00:00.000Z',
    },
  });
  expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'PENDING' });
  expect(await answer(fixture, event)).toMatchObject({
    ChannelArn: fixture.chat.channelArn, CallbackId: event.CallbackId,
  });
  expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'SENT' });
  expect(told(fixture, MessageId)).toMatchObject([
    { type: 'PENDING_CREATE_CHANNEL_MESSAGE', recipients: [fixture.member] }, { type: 'CREATE_CHANNEL_MESSAGE' },
  ]);
});

describe('an answer', () => {
  let event: Awaited<ReturnType<typeof question>>;
  let MessageId: string | undefined;

  beforeEach(async () => {
    await putFlow(fixture, ['first']);
    ({ MessageId } = await send(fixture, {
      Content: 'call 555-0100',
      Metadata: 'm',
      ContentType: 'text/plain',
      SubChannelId: 'sub',
      MessageAttributes: { lang: { StringValues: ['en'] } },
    }));
    event = await question(fixture);
  });

  test('gets what the message has, also of what the service learnt later', () => {
    expect(event.ChannelMessage).toMatchObject({
      Metadata: 'm',
      ContentType: 'text/plain',
      SubChannelId: 'sub',
      MessageAttributes: {
        lang: { StringValues: ['en'] },
      },
    });
  });

  test('replaces what it names, and nothing else', async () => {
    await answer(fixture, event, { Content: 'call ***' });
    expect(await read(fixture, MessageId)).toMatchObject({
      Content: 'call ***',
      Metadata: 'm',
      ContentType: 'text/plain',
      SubChannelId: 'sub',
      MessageAttributes: {
        lang: { StringValues: ['en'] },
      },
    });
  });

  test('replaces everything, if it names everything', async () => {
    const everything = {
      Content: 'c',
      Metadata: '',
      ContentType: 'text/html',
      SubChannelId: 'other',
      MessageAttributes: {
        lang: { StringValues: ['de'] },
      },
    };
    await answer(fixture, event, everything);
    expect(await read(fixture, MessageId)).toMatchObject(everything);
  });

  test('that replaces the content may clear what it does not name', async () => {
    fixture.emulator.setBehaviour({ unnamedByCallback: 'cleared' });
    await answer(fixture, event, { Content: 'call ***' });
    const message = await read(fixture, MessageId);
    expect(message).toMatchObject({ Content: 'call ***', SubChannelId: 'sub' });
    expect([message.Metadata, message.ContentType, message.MessageAttributes]).toEqual([
      undefined, undefined, undefined,
    ]);
  });

  test('that changes nothing clears nothing', async () => {
    fixture.emulator.setBehaviour({ unnamedByCallback: 'cleared' });
    await answer(fixture, event);
    expect(await read(fixture, MessageId)).toMatchObject({ Content: 'call 555-0100', Metadata: 'm' });
  });

  test('that denies the message leaves nothing but an event for the sender', async () => {
    await answer(fixture, event, {}, true);
    expect(told(fixture, MessageId).at(-1)).toEqual({
      type: 'DENIED_CREATE_CHANNEL_MESSAGE', recipients: [fixture.member],
    });
    expect(fixture.emulator.state()).toMatchObject({ messages: [], pendingCallbacks: [] });
    expect((await failure(read(fixture, MessageId))).name).toBe('NotFoundException');
    expect((await failure(statusOf(fixture, MessageId))).name).toBe('NotFoundException');
  });

  test.each([
    [{ missingMessage: 'forbidden' } as const, 'ForbiddenException'],
    [{ missingMessage: 'not-found' } as const, 'NotFoundException'],
  ])('that denies the message: its status with %j', async (switches, name) => {
    fixture.emulator.setBehaviour(switches);
    await answer(fixture, event, {}, true);
    expect((await failure(statusOf(fixture, MessageId))).name).toBe(name);
  });

  test('that denies the message: an empty status to its sender, nothing to others', async () => {
    fixture.emulator.setBehaviour({ deniedMessageStatus: 'empty' });
    await answer(fixture, event, {}, true);
    expect(await statusOf(fixture, MessageId)).toBeUndefined();
    expect(
      (await failure(fixture.messaging.getChannelMessageStatus(about(fixture, MessageId, fixture.chat.adminArn)))).name,
    ).toBe('ForbiddenException');
  });

  test.each([
    ['forbidden', 'ForbiddenException', 403], ['conflict', 'ConflictException', 409],
    ['bad-request', 'BadRequestException', 400],
  ] as const)('given twice is refused: %s', async (repeatedCallback, name, status) => {
    fixture.emulator.setBehaviour({ repeatedCallback });
    await answer(fixture, event);
    expect(await failure(answer(fixture, event, {}, true))).toMatchObject({ name, status });
    expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'SENT' });
  });

  test.each([
    ['forbidden', 403], ['conflict', 409], ['bad-request', 400],
  ] as const)('to what nobody asked is refused: %s', async (repeatedCallback, status) => {
    fixture.emulator.setBehaviour({ repeatedCallback });
    const unknown = { ...event, CallbackId: '0'.repeat(36) };
    expect(await failure(answer(fixture, unknown))).toMatchObject({
      status, message: expect.stringContaining(`callback ${unknown.CallbackId}`),
    });
    const elsewhere = {
      ...event, ChannelMessage: { ...event.ChannelMessage, ChannelArn: `${fixture.chat.appInstanceArn}/channel/other` },
    };
    expect(await failure(answer(fixture, elsewhere))).toMatchObject({ status });
    expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'PENDING' });
  });

  test('about another message is refused, and may be repeated', async () => {
    expect(await failure(answer(fixture, event, { MessageId: 'other' }))).toMatchObject({
      name: 'BadRequestException', message: expect.stringContaining(`ChannelMessage.MessageId must be ${MessageId}`),
    });
    await answer(fixture, event);
  });

  test.each([['5', 'a short'], [undefined, 'no']])('with id %j is refused', async (CallbackId, _) => {
    const call = fixture.messaging.channelFlowCallback({
      CallbackId: CallbackId ?? '', ChannelArn: fixture.chat.channelArn, ChannelMessage: { MessageId },
    });
    expect(await failure(call)).toMatchObject({
      name: 'BadRequestException', message: expect.stringContaining('CallbackId'),
    });
  });

  test('with more than 4 KB of content is refused, and may be repeated', async () => {
    expect(await failure(answer(fixture, event, { Content: 'é'.repeat(2049) }))).toMatchObject({
      name: 'BadRequestException',
      message: 'Content of a STANDARD message must be at most 4096 bytes of UTF-8, got 4098: shorten it',
    });
    expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'PENDING' });
    await answer(fixture, event, { Content: 'é'.repeat(2048) });
    expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'SENT' });
  });

  test('for a channel that is gone is refused', async () => {
    await fixture.messaging.deleteChannel({ ChannelArn: fixture.chat.channelArn, ChimeBearer: fixture.chat.adminArn });
    expect((await failure(answer(fixture, event))).name).toBe('ForbiddenException');
    expect(fixture.emulator.state()).toMatchObject({ messages: [], pendingCallbacks: [] });
  });

  test('is taken for 48 hours, and then forbidden', async () => {
    const late = await send(fixture);
    const second = await question(fixture, 'first', 2);
    fixture.advance(48 * HOUR);
    await answer(fixture, event);
    expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'SENT' });
    fixture.advance(1);
    fixture.emulator.setBehaviour({ repeatedCallback: 'conflict' });
    expect(await failure(answer(fixture, second))).toMatchObject({
      name: 'ForbiddenException', message: expect.stringContaining('48 hours'),
    });
    expect(await statusOf(fixture, late.MessageId)).toEqual({ Value: 'PENDING' });
  });

  test('is taken once, though its own answer was lost', async () => {
    fixture.emulator.setBehaviour({ faults: [{ operation: 'ChannelFlowCallback', error: 'lost-answer' }] });
    expect((await failure(answer(fixture, event))).status).toBeUndefined();
    expect((await failure(answer(fixture, event))).status).toBe(403);
    expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'SENT' });
  });

  test('that is throttled changes nothing', async () => {
    fixture.emulator.setBehaviour({ faults: [{ operation: 'ChannelFlowCallback', error: 'ThrottledClient' }] });
    expect((await failure(answer(fixture, event))).status).toBe(429);
    expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'PENDING' });
    await answer(fixture, event);
  });
});

describe('several processors', () => {
  test('are asked in their order, each with an id of its own and the words of the one before', async () => {
    await putFlow(fixture, ['third', 'ABORT', 3], ['first', 'ABORT', 1], ['second', 'ABORT', 2]);
    const { MessageId } = await send(fixture, { Content: '0' });
    const ids = new Set<string>();
    for (const [index, name] of ['first', 'second', 'third'].entries()) {
      const event = await question(fixture, name);
      expect(event.ChannelMessage.Content).toBe(String(index));
      expect(Object.values(fixture.asked).flat()).toHaveLength(index + 1);
      expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'PENDING' });
      ids.add(event.CallbackId);
      await answer(fixture, event, { Content: String(index + 1) });
    }
    expect(ids.size).toBe(3);
    expect(await read(fixture, MessageId)).toMatchObject({ Content: '3', Status: { Value: 'SENT' } });
    expect(told(fixture, MessageId).map(({ type }) => type)).toEqual([
      'PENDING_CREATE_CHANNEL_MESSAGE', 'CREATE_CHANNEL_MESSAGE',
    ]);
  });

  test('end with the first that denies', async () => {
    await putFlow(fixture, ['first'], ['second']);
    await send(fixture);
    await answer(fixture, await question(fixture), {}, true);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(fixture.asked.second).toEqual([]);
    expect(fixture.emulator.state().messages).toEqual([]);
  });

  test('are those of the flow when the message was sent', async () => {
    const ChannelFlowArn = await putFlow(fixture, ['first'], ['second']);
    const { MessageId } = await send(fixture);
    await fixture.messaging.disassociateChannelFlow({
      ChannelArn: fixture.chat.channelArn, ChannelFlowArn, ChimeBearer: fixture.chat.adminArn,
    });
    await answer(fixture, await question(fixture));
    await answer(fixture, await question(fixture, 'second'));
    expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'SENT' });
  });
});

describe('a processor that can\'t be invoked', () => {
  const settled = (messageId: string | undefined) =>
    until(async () => (await statusOf(fixture, messageId))?.Value !== 'PENDING');

  test('ABORT: the message FAILED, and nobody but its sender sees it', async () => {
    await putFlow(fixture, ['gone', 'ABORT'], ['second']);
    const { MessageId, Status } = await send(fixture);
    expect(Status).toEqual({ Value: 'PENDING' });
    await settled(MessageId);
    expect(await statusOf(fixture, MessageId)).toEqual({
      Value: 'FAILED', Detail: expect.stringContaining('processor gone could not be invoked: Function not found'),
    });
    expect(told(fixture, MessageId).at(-1)).toEqual({
      type: 'FAILED_CREATE_CHANNEL_MESSAGE', recipients: [fixture.member],
    });
    expect((await failure(read(fixture, MessageId, fixture.chat.adminArn))).name).toBe('ForbiddenException');
    expect(fixture.asked.second).toEqual([]);
    expect(fixture.emulator.state().pendingCallbacks).toEqual([]);
  });

  test('CONTINUE: the next one is asked', async () => {
    await putFlow(fixture, ['gone', 'CONTINUE'], ['second']);
    const { MessageId } = await send(fixture);
    await answer(fixture, await question(fixture, 'second'), { Content: 'seen' });
    expect(await read(fixture, MessageId)).toMatchObject({ Content: 'seen', Status: { Value: 'SENT' } });
  });

  test('CONTINUE, and no next one: the message is sent', async () => {
    await putFlow(fixture, ['first'], ['gone', 'CONTINUE']);
    const { MessageId } = await send(fixture);
    await answer(fixture, await question(fixture), { Content: 'seen' });
    await settled(MessageId);
    expect(await read(fixture, MessageId, fixture.chat.adminArn)).toMatchObject({
      Content: 'seen', Status: { Value: 'SENT' },
    });
  });

  test.each(['ABORT', 'CONTINUE'] as const)('%s: EventBridge is told', async fallback => {
    await putFlow(fixture, ['gone', fallback]);
    const { MessageId } = await send(fixture);
    await until(() => fixture.emulator.events().some(({ kind }) => kind === 'bus'));
    expect(fixture.emulator.events().filter(({ kind }) => kind === 'bus')).toEqual([{
      time: '2026-01-01T00:00:00.000Z',
      kind: 'bus',
      detailType: 'Chime ChannelFlow Processing Status',
      detail: {
        eventType: 'ProcessorInvocationFailure',
        appInstanceArn: fixture.chat.appInstanceArn,
        channelArn: fixture.chat.channelArn,
        messageId: MessageId,
        processorResourceArn: 'arn:aws:lambda:us-east-1:000000000000:function:gone',
        failureReason: expect.stringContaining('Function not found'),
      },
      problem: expect.stringContaining('there is no event bus'),
    }]);
  });
});

describe('what is not processed', () => {
  test.each(['PERSISTENT', 'NON_PERSISTENT'] as const)('CONTROL messages, %s', async Persistence => {
    await putFlow(fixture, ['first']);
    expect((await send(fixture, { Type: 'CONTROL', Content: 'typing', Persistence })).Status).toEqual({
      Value: 'SENT',
    });
    expect(fixture.asked.first).toEqual([]);
  });

  test('messages of a channel whose flow was taken away', async () => {
    const ChannelFlowArn = await putFlow(fixture, ['first']);
    await fixture.messaging.disassociateChannelFlow({
      ChannelArn: fixture.chat.channelArn, ChannelFlowArn, ChimeBearer: fixture.chat.adminArn,
    });
    expect((await send(fixture)).Status).toEqual({ Value: 'SENT' });
  });
});

describe('non-persistent messages', () => {
  test('are processed, and kept nowhere once they are sent', async () => {
    await putFlow(fixture, ['first']);
    const { MessageId } = await send(fixture, { Persistence: 'NON_PERSISTENT' });
    const event = await question(fixture);
    expect(event.ChannelMessage.Persistence).toBe('NON_PERSISTENT');
    expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'PENDING' });
    await answer(fixture, event);
    expect(told(fixture, MessageId).at(-1)!.type).toBe('CREATE_CHANNEL_MESSAGE');
    expect((await failure(read(fixture, MessageId))).name).toBe('NotFoundException');
  });

  test.each([['kept', undefined], ['missing', 'NotFoundException']] as const)(
    'a status that is %s',
    async (nonPersistentStatus, name) => {
      fixture.emulator.setBehaviour({ nonPersistentStatus });
      const { MessageId } = await send(fixture, { Persistence: 'NON_PERSISTENT' });
      if (name) {
        expect((await failure(statusOf(fixture, MessageId))).name).toBe(name);
      } else {
        expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'SENT' });
      }
    },
  );
});

describe('another revision of a message', () => {
  let MessageId: string | undefined;
  const update = (Content = 'second') =>
    fixture.messaging.updateChannelMessage({ ...about(fixture, MessageId), Content });

  beforeEach(async () => {
    ({ MessageId } = await send(fixture, { Content: 'first', Metadata: 'm' }));
    await putFlow(fixture, ['first']);
    fixture.advance(1000);
  });

  test('is processed; until it is sent, the channel reads the one before', async () => {
    expect((await update()).Status).toEqual({ Value: 'PENDING' });
    const event = await question(fixture);
    expect(event.ChannelMessage).toMatchObject({
      MessageId,
      Content: 'second',
      Metadata: 'm',
      CreatedTimestamp: '2026-01-01T00:00:00.000Z',
      LastEditedTimestamp: '2026-01-01T00:00:01.000Z',
    });
    expect(await read(fixture, MessageId)).toMatchObject({ Content: 'second', Status: { Value: 'PENDING' } });
    expect(await read(fixture, MessageId, fixture.chat.adminArn)).toMatchObject({
      Content: 'first', Status: { Value: 'SENT' },
    });
    await answer(fixture, event);
    expect(await read(fixture, MessageId, fixture.chat.adminArn)).toMatchObject({
      Content: 'second', Status: { Value: 'SENT' }, LastEditedTimestamp: new Date('2026-01-01T00:00:01Z'),
    });
    expect(told(fixture, MessageId).slice(1).map(({ type }) => type)).toEqual([
      'PENDING_UPDATE_CHANNEL_MESSAGE', 'UPDATE_CHANNEL_MESSAGE',
    ]);
  });

  test('that is denied leaves the one before', async () => {
    await update();
    await answer(fixture, await question(fixture), {}, true);
    expect(await read(fixture, MessageId)).toMatchObject({ Content: 'first', Status: { Value: 'SENT' } });
    expect(told(fixture, MessageId).at(-1)).toEqual({
      type: 'DENIED_UPDATE_CHANNEL_MESSAGE', recipients: [fixture.member],
    });
  });

  test.each([['forbidden', 'ForbiddenException'], ['conflict', 'ConflictException']] as const)(
    'does not overtake one under way: %s',
    async (unsentMessage, name) => {
      fixture.emulator.setBehaviour({ unsentMessage });
      await update();
      expect(await failure(update())).toMatchObject({
        name, message: expect.stringContaining('is PENDING: only sent messages can be changed'),
      });
    },
  );
});

test('a revision that could not be processed FAILED; another one may follow', async () => {
  const { MessageId } = await send(fixture);
  await putFlow(fixture, ['gone']);
  const update = () => fixture.messaging.updateChannelMessage({ ...about(fixture, MessageId), Content: 'other' });
  await update();
  await until(async () => (await statusOf(fixture, MessageId))?.Value === 'FAILED');
  expect(await read(fixture, MessageId, fixture.chat.adminArn)).toMatchObject({
    Content: 'hello', Status: { Value: 'SENT' },
  });
  expect(told(fixture, MessageId).at(-1)!.type).toBe('FAILED_UPDATE_CHANNEL_MESSAGE');
  expect((await update()).Status).toEqual({ Value: 'PENDING' });
});

test('an event may be delivered twice', async () => {
  fixture.emulator.setBehaviour({ processorDeliveries: 2 });
  await putFlow(fixture, ['first']);
  await send(fixture);
  const [first, second] = [await question(fixture), await question(fixture, 'first', 2)];
  expect(second).toEqual(first);
  await answer(fixture, first);
  expect((await failure(answer(fixture, second))).status).toBe(403);
});

test('the state lists messages and what processors were asked', async () => {
  await putFlow(fixture, ['first']);
  const { MessageId } = await send(fixture, { Metadata: 'm' });
  const { CallbackId } = await question(fixture);
  expect(fixture.emulator.state()).toMatchObject({
    messages: [{
      MessageId,
      Sender: fixture.member,
      attempt: { status: 'PENDING', revision: { Content: 'hello', Metadata: 'm' } },
    }],
    pendingCallbacks: [{
      CallbackId,
      MessageId,
      change: 'CREATE',
      processor: { Name: 'first' },
      CreatedTimestamp: '2026-01-01T00:00:00.000Z',
    }],
  });
  expect(fixture.emulator.calls().at(-1)).toMatchObject({
    operation: 'SendChannelMessage', input: { Content: 'hello' },
  });
});

test('what is in memory is served as well', async () => {
  await putFlow(fixture, ['first']);
  await send(fixture);
  const local = async (path: string) => (await fetch(`${fixture.emulator.url}/_local/${path}`)).json();
  expect(await local('state')).toEqual(JSON.parse(JSON.stringify(fixture.emulator.state())));
  expect(await local('events')).toEqual(fixture.emulator.events());
  expect(await local('calls')).toEqual(JSON.parse(JSON.stringify(fixture.emulator.calls())));
});

test('a reset forgets messages, and what was under way', async () => {
  await putFlow(fixture, ['gone']);
  await send(fixture);
  fixture.emulator.reset();
  await new Promise(resolve => setTimeout(resolve, 20));
  expect(fixture.emulator.state()).toMatchObject({ messages: [], pendingCallbacks: [] });
  expect(fixture.emulator.events()).toEqual([]);
});
