import { FakeAws, startFakeAws } from './fake-aws';
import { answer, MessageFixture, putFlow, read, send, startMessageFixture, statusOf } from './message-fixture';
import { EmulatorOptions, startEmulator } from '../../../local/emulator';
import { until } from '../../support/until';

let fixture: MessageFixture;
let begun = false;
let lambda: FakeAws;
let events: FakeAws;
beforeEach(async () => {
  lambda = await startFakeAws(202);
  events = await startFakeAws(200, { FailedEntryCount: 0, Entries: [{ EventId: 'id' }] });
});
afterEach(async () => {
  if (begun) await fixture.close();
  begun = false;
  lambda.close();
  events.close();
});

const REMOTE = 'arn:aws:lambda:us-east-1:000000000000:function:remote';

async function begin(options: EmulatorOptions): Promise<void> {
  fixture = await startMessageFixture(options);
  begun = true;
}

const busEvents = () => fixture.emulator.events().flatMap(event => event.kind === 'bus' ? [event] : []);

test('a processor is invoked asynchronously, through the Lambda API', async () => {
  await begin({ lambdaEndpoint: `${lambda.url}/` });
  await putFlow(fixture, ['remote']);
  const { MessageId } = await send(fixture);
  await until(() => lambda.calls.length > 0);
  expect(lambda.calls).toMatchObject([{
    method: 'POST',
    path: `/2015-03-31/functions/${encodeURIComponent(REMOTE)}/invocations`,
    headers: {
      'x-amz-invocation-type': 'Event',
      'content-type': 'application/json',
      'authorization': expect.stringContaining('Credential=000000000000/20260101/us-east-1/lambda/aws4_request'),
    },
    body: { EventType: 'CHANNEL_MESSAGE_EVENT', ChannelMessage: { MessageId, Content: 'hello' } },
  }]);
  await answer(fixture, lambda.calls[0].body, { Content: 'seen' });
  expect(await read(fixture, MessageId)).toMatchObject({ Content: 'seen', Status: { Value: 'SENT' } });
});

test('AWS may come later than the emulator', async () => {
  await begin({});
  await putFlow(fixture, ['remote']);
  const early = await send(fixture);
  await until(async () => (await statusOf(fixture, early.MessageId))?.Value === 'FAILED');
  expect(() => fixture.emulator.connect({ lambdaEndpoint: 'here' })).toThrow('lambdaEndpoint must be a URL');
  fixture.emulator.connect({ lambdaEndpoint: lambda.url, eventsEndpoint: events.url });
  await send(fixture);
  await until(() => lambda.calls.length > 0);
});

test('local processors go before Lambda', async () => {
  await begin({ lambdaEndpoint: lambda.url });
  await putFlow(fixture, ['first'], ['remote']);
  await send(fixture);
  await until(() => fixture.asked.first.length > 0);
  expect(lambda.calls).toEqual([]);
});

test.each<[string, (endpoint: string) => string, { status: number; body: object }, string]>([
  [
    'is not there', url => url,
    { status: 404, body: { __type: 'ResourceNotFoundException', Message: 'Function not found: f' } },
    'Function not found: f',
  ],
  [
    'refuses', url => url, { status: 403, body: { Message: 'no resource-based policy allows it' } },
    'no resource-based policy allows it',
  ],
  ['fails', url => url, { status: 500, body: [] }, 'answered with status 500'],
  ['does not answer', () => 'http://127.0.0.1:1', { status: 202, body: {} }, 'does not answer: '],
])(
  'a function that %s is one that can\'t be invoked, and EventBridge is told why',
  async (_, endpoint, told, reason) => {
    lambda.answer = told;
    await begin({ lambdaEndpoint: endpoint(lambda.url), eventsEndpoint: events.url });
    await putFlow(fixture, ['remote']);
    const { MessageId } = await send(fixture);
    await until(() => busEvents().length > 0);
    expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'FAILED', Detail: expect.stringContaining(reason) });
    expect(busEvents()[0].problem).toBeUndefined();
    expect(events.calls).toMatchObject([{
      method: 'POST',
      path: '/',
      headers: {
        'x-amz-target': 'AWSEvents.PutEvents',
        'content-type': 'application/x-amz-json-1.1',
        'authorization': expect.stringContaining('/us-east-1/events/aws4_request'),
      },
      body: {
        Entries: [{
          Source: 'aws.chime',
          DetailType: 'Chime ChannelFlow Processing Status',
          Time: Date.parse('2026-01-01T00:00:00Z') / 1000,
        }],
      },
    }]);
    expect(JSON.parse(events.calls[0].body.Entries[0].Detail)).toEqual({
      eventType: 'ProcessorInvocationFailure',
      appInstanceArn: fixture.chat.appInstanceArn,
      channelArn: fixture.chat.channelArn,
      messageId: MessageId,
      processorResourceArn: 'arn:aws:lambda:us-east-1:000000000000:function:remote',
      failureReason: expect.stringContaining(reason),
    });
  },
);

test.each<[string, FakeAws['answer'], string]>([
  ['an entry', {
    status: 200,
    body: {
      FailedEntryCount: 1, Entries: [{ ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized.' }],
    },
  },
  'NotAuthorizedForSourceException: Not authorized.'],
  ['the call', { status: 400, body: { message: 'no such bus' } }, 'no such bus'],
])('a bus that refuses %s changes nothing, and is noted', async (_, told, problem) => {
  events.answer = told;
  await begin({ eventsEndpoint: events.url });
  await putFlow(fixture, ['gone', 'CONTINUE']);
  const { MessageId } = await send(fixture);
  await until(() => busEvents().length > 0);
  expect(busEvents()[0].problem).toBe(problem);
  expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'SENT' });
});

test('a function that was invoked and answered at once is not undone by a late error', async () => {
  await begin({
    processors: {
      both: async event => { await answer(fixture, event, { Content: 'seen' }); throw new Error('too late'); },
    },
  });
  await putFlow(fixture, ['both']);
  const { MessageId } = await send(fixture);
  await until(() => fixture.emulator.events().some(({ kind }) => kind === 'processor-crash'));
  expect(await read(fixture, MessageId)).toMatchObject({ Content: 'seen', Status: { Value: 'SENT' } });
});

test.each<[string, () => unknown]>([
  ['throws', () => { throw new Error('boom'); }],
  ['rejects', () => Promise.reject(new Error('boom'))],
])('a processor that %s without an answer leaves the message PENDING', async (_, handler) => {
  await begin({ processors: { crashing: handler } });
  await putFlow(fixture, ['crashing', 'CONTINUE']);
  const { MessageId } = await send(fixture);
  await until(() => fixture.emulator.events().some(({ kind }) => kind === 'processor-crash'));
  expect(fixture.emulator.events().at(-1)).toMatchObject({
    kind: 'processor-crash',
    messageId: MessageId,
    processorResourceArn: expect.stringContaining(
      'crashing',
    ),
    problem: expect.stringMatching(/^Error: boom\n/),
  });
  expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'PENDING' });
  expect(busEvents()).toEqual([]);
});

test('a processor never returns: the message is PENDING, others are not held up', async () => {
  await begin({ processors: { stuck: () => new Promise(() => {}) } });
  await putFlow(fixture, ['stuck']);
  const [first, second] = [await send(fixture), await send(fixture)];
  expect([await statusOf(fixture, first.MessageId), await statusOf(fixture, second.MessageId)]).toEqual([
    { Value: 'PENDING' }, { Value: 'PENDING' },
  ]);
});

test('a processor may change its event, and gets a context', async () => {
  const seen: unknown[] = [];
  await begin({
    behaviour: { processorDeliveries: 2 },
    processors: {
      'arn:aws:lambda:us-east-1:000000000000:function:named': (event, context) => {
        seen.push([event.ChannelMessage.Content, context.functionName, context.getRemainingTimeInMillis() > 29_000]);
        (event.ChannelMessage as any).Content = 'changed';
      },
    },
  });
  await putFlow(fixture, ['named']);
  const { MessageId } = await send(fixture);
  await until(() => seen.length === 2);
  expect(seen).toEqual([['hello', 'named', true], ['hello', 'named', true]]);
  expect((await read(fixture, MessageId)).Content).toBe('hello');
});

test.each<[EmulatorOptions, string]>([
  [
    { lambdaEndpoint: 'localhost:4566' },
    'lambdaEndpoint must be a URL such as http://127.0.0.1:4566, got "localhost:4566"',
  ],
  [{ eventsEndpoint: '' }, 'eventsEndpoint must be a URL'],
  [
    { processors: { f: '/nowhere/f.mjs' } },
    'processor f must be the path of a module, got /nowhere/f.mjs, which does not exist',
  ],
])('%j is refused', async (options, problem) => {
  await expect(startEmulator(options)).rejects.toThrow(problem);
});
