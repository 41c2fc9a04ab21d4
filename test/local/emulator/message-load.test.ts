import { failure } from './fixture';
import { answer, MessageFixture, putFlow, send, startMessageFixture } from './message-fixture';
import { Fault, ProcessorEvent } from '../../../local/emulator';
import { until } from '../../support/until';

const MESSAGES = 1000;
const CONCURRENCY = 50;

/** Every twentieth callback fails, by turns with 429 and 500. */
const FAULTS = Array.from({ length: MESSAGES / 10 }, (_, i): Fault =>
  ({ operation: 'ChannelFlowCallback', call: 20 * (i + 1), error: i % 2 ? 'ThrottledClient' : 'ServiceFailure' }));

let fixture: MessageFixture;
let failed = 0;
beforeAll(
  async () => { fixture = await startMessageFixture({ processors: { retrying }, behaviour: { faults: FAULTS } }); },
);
afterAll(() => fixture.close());

async function retrying(event: ProcessorEvent): Promise<void> {
  try {
    await answer(fixture, event, { Content: `${event.ChannelMessage.Content}, seen` });
  } catch {
    failed++;
    await retrying(event);
  }
}

async function inParallel(count: number, task: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: CONCURRENCY }, async () => {
    for (let index = next++; index < count; index = next++) {
      await task(index);
    }
  }));
}

test('every message is answered exactly once, and none is lost, though callbacks fail', async () => {
  await putFlow(fixture, ['retrying']);
  await inParallel(MESSAGES, index => send(fixture, { Content: `message ${index}` }));
  await until(() => fixture.emulator.state().pendingCallbacks.length === 0);

  const { messages } = fixture.emulator.state();
  expect(messages.map(({ sent }) => sent?.Content).sort())
    .toEqual(Array.from({ length: MESSAGES }, (_, index) => `message ${index}, seen`).sort());
  expect(messages.filter(({ attempt }) => attempt)).toEqual([]);

  const callbacks = fixture.emulator.calls().filter(({ operation }) => operation === 'ChannelFlowCallback');
  const taken = callbacks.filter(({ status }) => status === 200).map(({ input }) => input.CallbackId);
  expect(taken).toHaveLength(MESSAGES);
  expect(new Set(taken).size).toBe(MESSAGES);
  expect(failed).toBe(Math.floor(callbacks.length / 20));
  expect(failed).toBeGreaterThanOrEqual(MESSAGES / 20);
  expect(new Set(callbacks.map(({ status }) => status))).toEqual(new Set([200, 429, 500]));

  const [{ input }] = callbacks;
  expect((await failure(fixture.messaging.channelFlowCallback(input as any))).name).toBe('ForbiddenException');
});
