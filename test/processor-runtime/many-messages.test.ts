import { callbackServer, captureLog, invocation, messageEvent } from './fixture';
import { allow, channelFlowProcessor, deny, replace } from '../../src/processor-runtime';

const server = callbackServer();
const log = captureLog();

const MESSAGES = 1_000;
const CONCURRENCY = 50;

test('1,000 messages, 50 at a time, each answered once, with 5 % of the callbacks throttled or failing', async () => {
  server().fault = (_callback, attempt) => attempt % 20 === 0
    ? attempt % 40 === 0 ? 'lost' : { status: 429 }
    : attempt % 50 === 7 ? { status: 500 } : undefined;
  const handler = channelFlowProcessor(async ({ Content }) => {
    if (Content.startsWith('2')) return deny();
    return Content.startsWith('1') ? replace({ content: 'changed' }) : allow();
  });
  const events = Array.from({ length: MESSAGES }, (_, index) => messageEvent({ Content: `${index % 3} of ${index}` }));
  const waiting = [...events];
  await Promise.all(Array.from({ length: CONCURRENCY }, async () => {
    for (let event = waiting.pop(); event; event = waiting.pop()) await handler(event, invocation(300_000));
  }));

  expect(server().answers.size).toBe(MESSAGES);
  events.forEach(({ CallbackId, ChannelMessage: { Content } }, index) => {
    const { body } = server().answers.get(CallbackId)!;
    expect([body.DeleteResource, body.ChannelMessage.Content]).toEqual(
      [[undefined, Content], [undefined, 'changed'], [true, undefined]][index % 3],
    );
  });
  expect(server().attempts.length).toBeGreaterThan(MESSAGES * 1.05);
  expect(log.lines()).toHaveLength(MESSAGES);
  expect(log.lines().filter(({ level }) => level !== 'INFO')).toEqual([]);
}, 600_000);
