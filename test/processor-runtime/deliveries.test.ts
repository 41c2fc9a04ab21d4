import { callbackServer, captureLog, invocation, messageEvent } from './fixture';
import { allow, channelFlowProcessor, deny, replace, type DecideMessage } from '../../src/processor-runtime';
import { Deliveries } from '../../src/processor-runtime/deliveries';

const server = callbackServer();
const log = captureLog();

/** Another container: its own copy of the runtime, with its own client and memory. */
function otherContainer(decide: DecideMessage) {
  let handler: ReturnType<typeof channelFlowProcessor>;
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    handler = (require(
      '../../src/processor-runtime',
    ) as { channelFlowProcessor: typeof channelFlowProcessor }).channelFlowProcessor(decide);
  });
  return handler!;
}

describe('an event that is delivered twice to one container', () => {
  test('is decided and answered once, one delivery after the other', async () => {
    const decide = jest.fn(() => allow());
    const handler = channelFlowProcessor(decide);
    const event = messageEvent();
    await handler(event, invocation());
    await handler(structuredClone(event), invocation());
    expect(decide).toHaveBeenCalledTimes(1);
    expect(server().attempts).toHaveLength(1);
    expect(log.lines()).toEqual([
      expect.objectContaining({ decision: 'allow', answer: 'ANSWERED' }),
      expect.objectContaining({ level: 'INFO', messageId: event.ChannelMessage.MessageId, answer: 'REPEATED' }),
    ]);
  });

  test('is decided and answered once, both at once', async () => {
    const decide = jest.fn(async () => { await new Promise(resolve => setTimeout(resolve, 30)); return deny(); });
    const handler = channelFlowProcessor(decide);
    const event = messageEvent();
    await Promise.all([1, 2, 3].map(() => handler(structuredClone(event), invocation())));
    expect(decide).toHaveBeenCalledTimes(1);
    expect(server().attempts).toHaveLength(1);
  });

  test('is tried again when the first delivery could not be answered', async () => {
    const handler = channelFlowProcessor(() => allow());
    const event = messageEvent();
    server().fault = () => ({ status: 503 });
    await expect(handler(event, invocation(400))).rejects.toThrow(/has no answer yet/);
    server().fault = () => undefined;
    await handler(event, invocation());
    expect(server().answers.size).toBe(1);
  });

  test('messages that differ in callback id only are two: an edit of a message is one of its own', async () => {
    const handler = channelFlowProcessor(() => allow());
    await handler(messageEvent({ MessageId: 'm-1' }), invocation());
    await handler(messageEvent({ MessageId: 'm-1' }), invocation());
    expect(server().answers.size).toBe(2);
  });
});

describe.each([400, 403, 409])('an event that another container has answered (%d)', status => {
  test.each([['allow', allow()], ['deny', deny()], ['replace', replace({ content: 'x' })]])(
    'counts as answered: %s',
    async (name, decision) => {
      server().secondAnswer = status;
      const event = messageEvent();
      await channelFlowProcessor(() => replace({ content: 'first' }))(event, invocation());
      await otherContainer(() => decision)(structuredClone(event), invocation());
      expect(server().answers.get(event.CallbackId)!.body.ChannelMessage.Content).toBe('first');
      expect(log.lines()[1]).toMatchObject({ level: 'INFO', decision: name, answer: 'ALREADY_ANSWERED' });
    },
  );

  test('counts as answered when both answer at once', async () => {
    server().secondAnswer = status;
    const event = messageEvent();
    const containers = [channelFlowProcessor(() => allow()), otherContainer(() => allow())];
    await Promise.all(containers.map(handler => handler(structuredClone(event), invocation())));
    expect(server().answers.size).toBe(1);
    expect(log.lines().map(({ level }) => level)).toEqual(['INFO', 'INFO']);
    expect(log.lines().map(({ answer }) => answer).sort()).toEqual(['ALREADY_ANSWERED', 'ANSWERED']);
  });
});

test.each([[403, 'its window is over'], [404, 'it is unknown']])(
  'a callback id to which the service says %d, for %s, is not tried again',
  async status => {
    server().fault = () => ({ status });
    await channelFlowProcessor(() => allow())(messageEvent(), invocation());
    expect(server().attempts).toHaveLength(1);
    expect(log.lines()[0]).toMatchObject({ level: 'INFO', answer: 'ALREADY_ANSWERED' });
  },
);

describe('a decision that the service refuses (400)', () => {
  beforeEach(
    () => { server().fault = ({ body }) => body.ChannelMessage.Content === 'odd' ? { status: 400 } : undefined; },
  );

  test('is followed by a denial, so that the message does not wait for ever', async () => {
    const event = messageEvent();
    await channelFlowProcessor(() => replace({ content: 'odd' }))(event, invocation());
    expect(server().answers.get(event.CallbackId)!.body.DeleteResource).toBe(true);
    expect(log.lines()).toEqual([expect.objectContaining({
      level: 'ERROR',
      decision: 'deny',
      answer: 'ANSWERED',
      attempts: 2,
      error: 'DecisionRefused',
      reason: expect.stringContaining('refused the decision replace (400)'),
    })]);
  });

  test('is followed by the message as it came where the author chose so', async () => {
    const event = messageEvent();
    await channelFlowProcessor(() => replace({ content: 'odd' }), { onError: 'allow' })(event, invocation());
    expect(server().answers.get(event.CallbackId)!.body.ChannelMessage.Content).toBe('hello');
    expect(log.lines()[0]).toMatchObject({ level: 'ERROR', decision: 'allow', answer: 'ANSWERED' });
  });
});

test('what a container remembers is bounded', async () => {
  const deliveries = new Deliveries();
  const work = jest.fn(async () => {});
  for (let index = 0; index < 1_001; index++) await deliveries.once(`${index}`, work);
  expect(await deliveries.once('1000', work)).toBe(false);
  expect(await deliveries.once('0', work)).toBe(true);
});
