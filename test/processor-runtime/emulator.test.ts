/** The runtime at work: messages sent through the emulator, whose processor it is. */
import { EmulatedChat } from './emulated-chat';
import { captureLog, functionEnvironment } from './fixture';
import { startEmulator, type Emulator, type Fault } from '../../local/emulator';
import {
  allow, channelFlowProcessor, deny, replace, type ChannelFlowHandler, type DecideMessage,
} from '../../src/processor-runtime';
import { until } from '../support/until';

const MESSAGES = 1_000;
const CONCURRENCY = 50;

const log = captureLog();
const before = { ...process.env };
let emulator: Emulator;
let chat: EmulatedChat;
/** The containers of the one function; each delivery goes to the next. */
let containers: ChannelFlowHandler[] = [];
let deliveries = 0;

beforeAll(async () => {
  emulator = await startEmulator({
    processors: { moderate: event => containers[deliveries++ % containers.length](event, unhurried()) },
  });
  Object.assign(process.env, functionEnvironment(emulator.url));
});
beforeEach(async () => {
  emulator.reset();
  chat = await EmulatedChat.open(emulator);
});
afterAll(async () => {
  process.env = before;
  await emulator.close();
});

/** All thousand run in this one process, however busy the machine is: time is not what is tested here. */
function unhurried() {
  const ends = performance.now() + 300_000;
  return { getRemainingTimeInMillis: () => ends - performance.now() };
}

function container(decide: DecideMessage): ChannelFlowHandler {
  let handler: ChannelFlowHandler;
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    handler = (require(
      '../../src/processor-runtime',
    ) as { channelFlowProcessor: typeof channelFlowProcessor }).channelFlowProcessor(decide);
  });
  return handler!;
}

const callbacks = () => emulator.calls().filter(({ operation }) => operation === 'ChannelFlowCallback');
const nothingPending = () => until(() => emulator.state().pendingCallbacks.length === 0);

const moderate: DecideMessage = async ({ Content }) => {
  if (Content.startsWith('deny')) return deny();
  if (Content.startsWith('throw')) throw new Error('no');
  return Content.startsWith('replace') ? replace({ content: 'replaced' }) : allow();
};

/** One in twenty callbacks fails, by turns throttled, ill, and answered but lost. */
const FAULTS: Fault[] = Array.from({ length: 150 }, (_, index) => ({
  operation: 'ChannelFlowCallback',
  call: 20 * (index + 1),
  error: (['ThrottledClient', 'ServiceFailure', 'lost-answer'] as const)[index % 3],
}));

describe.each([
  ['one container, each event once', 1, 1],
  ['two containers, each event twice', 2, 2],
])('1,000 messages, 50 at a time, 5 %% of the callbacks failing: %s', (_what, containerCount, processorDeliveries) => {
  test('each is answered once, and none is lost', async () => {
    containers = Array.from({ length: containerCount }, () => container(moderate));
    emulator.setBehaviour({ faults: FAULTS, processorDeliveries });

    const kinds = ['allow', 'replace', 'deny', 'throw'];
    const waiting = Array.from({ length: MESSAGES }, (_, index) => `${kinds[index % kinds.length]} ${index}`);
    const sent = new Map<string, string>();
    await Promise.all(Array.from({ length: CONCURRENCY }, async () => {
      for (let content = waiting.pop(); content; content = waiting.pop()) {
        sent.set(content, await chat.send({ Content: content, Metadata: content }));
      }
    }));
    await until(() => log.lines().length === MESSAGES * processorDeliveries, 500_000);

    const { pendingCallbacks, messages } = emulator.state();
    expect(pendingCallbacks).toEqual([]);
    const stored = new Map(messages.map(message => [message.MessageId, message]));
    for (const [content, id] of sent) {
      expect([content, stored.get(id)?.sent?.Content, stored.get(id)?.sent?.Metadata]).toEqual({
        allow: [content, content, content],
        replace: [content, 'replaced', content],
      }[content.split(' ')[0]] ?? [content, undefined, undefined]);
    }
    const taken = callbacks().filter(({ status }) => status === 200).map(({ input }) => input.CallbackId);
    const lost = callbacks().filter(({ errorCode }) => errorCode === 'lost-answer').map(
      ({ input }) => input.CallbackId,
    );
    expect(new Set(taken).size).toBe(taken.length);
    expect(new Set([...taken, ...lost]).size).toBe(MESSAGES);
    expect(callbacks().length).toBeGreaterThan(MESSAGES * 1.04);
    expect(emulator.events().filter(({ kind }) => kind === 'processor-crash')).toEqual([]);
  }, 600_000);
});

describe.each(['kept', 'cleared'] as const)(
  'where a callback that does not name them leaves other members %s',
  unnamedByCallback => {
    test('they survive a replacement of the content', async () => {
      emulator.setBehaviour({ unnamedByCallback });
      containers = [container(() => replace({ content: 'replaced' }))];
      const own = {
        Metadata: 'm', ContentType: 'text/markdown', MessageAttributes: { topic: { StringValues: ['a'] } },
      };
      const id = await chat.send(own);
      await nothingPending();
      expect(await chat.read(id)).toMatchObject({ Content: 'replaced', ...own });
    });
  },
);

describe.each(['forbidden', 'conflict', 'bad-request'] as const)(
  'where a callback that can\'t be answered gets %s',
  repeatedCallback => {
    beforeEach(() => emulator.setBehaviour({ repeatedCallback }));

    test('a second delivery is no error', async () => {
      emulator.setBehaviour({ processorDeliveries: 2 });
      containers = [
        container(() => replace({ content: 'replaced' })), container(() => replace({ content: 'replaced' })),
      ];
      const id = await chat.send();
      await until(() => log.lines().length === 2);
      expect((await chat.read(id)).Content).toBe('replaced');
      expect(log.lines().map(({ level, answer }) => [level, answer]).sort()).toEqual([
        ['INFO', 'ALREADY_ANSWERED'], ['INFO', 'ANSWERED'],
      ]);
    });

    test('nor is an id that the service does not know', async () => {
      const event = {
        EventType: 'CHANNEL_MESSAGE_EVENT',
        CallbackId: 'x'.repeat(36),
        ChannelMessage: { MessageId: 'm', ChannelArn: chat.channelArn, Content: 'c' },
      };
      await container(() => allow())(event, { getRemainingTimeInMillis: () => 10_000 });
      expect(log.lines()).toEqual([expect.objectContaining({ level: 'INFO', answer: 'ALREADY_ANSWERED' })]);
    });
  },
);

test('a processor that decides nothing leaves no message PENDING', async () => {
  containers = [container(() => undefined as never)];
  const id = await chat.send();
  await nothingPending();
  await expect(chat.status(id)).rejects.toThrow();
});
