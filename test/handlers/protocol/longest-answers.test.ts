/**
 * The longest that each resource type can be given, through the functions as Lambda calls them: CloudFormation ignores
 * an answer of more than 4,096 bytes, and the stack then waits for its time-out.
 */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startResponseServer, type ResponseServer } from './response-server';
import { PROBES_WITH_ATTRIBUTES, type ProbeProperty } from '../../../src/handlers/channel-flow-verification/properties';
import { allow, channelFlowProcessor } from '../../../src/processor-runtime';
import { HANDLERS, type Entry } from '../../hostile/handlers';
import { startService, type Service } from '../fixture';
import { World } from '../world';

const STACK_ID = `arn:aws:cloudformation:eu-central-1:123456789012:stack/${'s'.repeat(128)}/`
  + '6f2d5e70-0000-11ee-9d2c-0a1b2c3d4e5f';
const REQUEST_ID = '6f2d5e70-0000-11ee-9d2c-0a1b2c3d4e5f';
const LOGICAL_ID = 'L'.repeat(255);
/** Four bytes a character. */
const wide = (length: number) => '😀'.repeat(length);
const Tags = Array.from({ length: 45 }, (_, index) => ({ Key: `${index}`.padEnd(128, 'k'), Value: wide(256) }));
const probes = (count: number): ProbeProperty[] =>
  Array.from({ length: count }, (_, index) => ({ Expect: 'DELIVERED', Content: `${index} ${wide(200)}` }));

/** What each type is given instead of its usual properties. */
const LONGEST: Record<Entry, Record<string, unknown>> = {
  'app-instance': { Name: wide(256), Metadata: wide(1024), Tags },
  'app-instance-admin': { AppInstanceAdminArn: '{user}' },
  'app-instance-tags': { Tags },
  'app-instance-user': { AppInstanceUserId: 'u'.repeat(64), Name: wide(100), Metadata: wide(1024), Tags },
  'channel': { ChannelId: 'c'.repeat(64), Name: wide(256), Metadata: wide(1024), Tags },
  'channel-flow': {
    Name: wide(256),
    Processors: [1, 2, 3].map(order => ({
      ...HANDLERS['channel-flow'].valid.Processors[0], Name: `${order}${wide(255)}`, ExecutionOrder: `${order}`,
    })),
    Tags,
  },
  'channel-flow-association': {},
  'channel-flow-verification': {
    Probes: probes(PROBES_WITH_ATTRIBUTES), TimeoutMilliseconds: '15000', Revision: wide(256),
  },
};
const ENTRIES = Object.keys(HANDLERS) as Entry[];

let service: Service;
let answers: ResponseServer;
let front: Server;
let complains = false;
let places: Record<string, string>;

beforeAll(async () => {
  process.env.CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE = '1';
  const processor = channelFlowProcessor(() => allow());
  service = await startService({}, { processors: { moderate: processor } });
  answers = await startResponseServer();
  // Clients live as long as the process: what answers them changes, not their endpoint.
  front = createServer((incoming, outgoing) => {
    if (complains) {
      outgoing.writeHead(400, { 'content-type': 'application/json', 'x-amzn-errortype': 'BadRequestException' });
      outgoing.end(JSON.stringify({ Code: 'BadRequest', Message: '傻'.repeat(50_000) }));
      return;
    }
    const { method, headers, url } = incoming;
    incoming.pipe(request(
      `${service.emulator.url}${url}`,
      { method, headers: { ...headers, host: new URL(service.emulator.url).host } },
      answer => {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
      },
    ));
  });
  await new Promise<void>(resolve => front.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  Object.assign(process.env, { AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: url, AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY: url });
});
afterAll(async () => {
  front.closeAllConnections();
  front.close();
  await answers.close();
  await service.close();
});
beforeEach(async () => {
  for (const method of ['log', 'error'] as const) jest.spyOn(console, method).mockImplementation();
  answers.received.length = 0;
  complains = false;
  service.emulator.reset();
  const world = await World.create(service);
  const [channel, flow, user] = [await world.channel('lobby'), await world.flow('moderation'), await world.user('bob')];
  await world.associate(channel, flow);
  places = { appInstance: world.appInstance, admin: world.admin, channel, flow, user };
});
afterEach(() => jest.restoreAllMocks());

/** Sends an event and returns its answer, which must fit. */
async function play(
  entry: Entry, event: Record<string, unknown>, more: Record<string, unknown> = {},
): Promise<Record<string, any>> {
  const ends = Date.now() + 20_000;
  const text = JSON.stringify({
    StackId: STACK_ID,
    RequestId: REQUEST_ID,
    LogicalResourceId: LOGICAL_ID,
    ResourceType: `Custom::${entry}`,
    ResourceProperties: { ...HANDLERS[entry].valid, ...LONGEST[entry], ...more },
    ...event,
    ResponseURL: answers.url(),
  });
  const filled = Object.entries(places).reduce((done, [name, value]) => done.replaceAll(`{${name}}`, value), text);
  await HANDLERS[entry].handler(JSON.parse(filled), {
    getRemainingTimeInMillis: () =>
      ends - Date.now(),
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:provider',
  });
  const { answer, bytes } = answers.received.at(-1)!;
  expect(bytes).toBeLessThanOrEqual(4096);
  expect(answer).toMatchObject({ RequestId: REQUEST_ID, StackId: STACK_ID, LogicalResourceId: LOGICAL_ID });
  return answer;
}

/** The properties of an Update that changes something. */
const CHANGED: Partial<Record<Entry, Record<string, unknown>>> = {
  'app-instance': { Metadata: 'changed' },
  'app-instance-tags': { Tags: Tags.slice(1) },
  'app-instance-user': { Metadata: 'changed' },
  'channel': { Metadata: 'changed' },
  'channel-flow': { Name: `changed ${wide(248)}` },
  'channel-flow-association': { OnExisting: 'FAIL' },
  'channel-flow-verification': { Revision: 'changed' },
};

describe.each(ENTRIES)('%s', entry => {
  test('succeeds with everything as long as it can be', async () => {
    const created = await play(entry, { RequestType: 'Create' });
    expect(created).toMatchObject({ Status: 'SUCCESS' });
    const OldResourceProperties = { ...HANDLERS[entry].valid, ...LONGEST[entry] };
    const { PhysicalResourceId } = created;
    const updated = await play(
      entry, { RequestType: 'Update', PhysicalResourceId, OldResourceProperties }, CHANGED[entry],
    );
    expect(updated).toMatchObject({ Status: 'SUCCESS' });
    const back = await play(entry, {
      RequestType: 'Update',
      PhysicalResourceId: updated.PhysicalResourceId,
      OldResourceProperties: {
        ...OldResourceProperties, ...CHANGED[entry],
      },
    });
    expect(back).toMatchObject({ Status: 'SUCCESS' });
    for (const answer of [created, updated, back]) {
      expect(Object.keys(answer.Data ?? {})).toEqual(Object.keys(created.Data ?? {}));
    }
    expect(await play(entry, { RequestType: 'Delete', PhysicalResourceId: back.PhysicalResourceId })).toMatchObject({
      Status: 'SUCCESS', PhysicalResourceId: back.PhysicalResourceId,
    });
  });

  test.each(['Create', 'Update', 'Delete'])(
    'fails a %s that the service refuses with no end of words',
    async RequestType => {
      complains = true;
      const known = RequestType === 'Create'
        ? {}
        : { PhysicalResourceId: HANDLERS[entry].ids[0], OldResourceProperties: HANDLERS[entry].valid };
      const answer = await play(entry, { RequestType, ...known });
      // Its Delete asks for nothing.
      if (entry === 'channel-flow-verification' && RequestType === 'Delete') {
        return expect(answer.Status).toBe('SUCCESS');
      }
      expect(answer).toMatchObject({
        Status: 'FAILED', Reason: expect.stringMatching(/ failed: BadRequestException.* — /su),
      });
    },
  );

  test('fails when the properties are absurd', async () => {
    const absurd = Object.fromEntries(
      Object.keys(HANDLERS[entry].valid).map(name => [name, `arn:aws:chime:${wide(50_000)}`]),
    );
    expect(await play(entry, { RequestType: 'Create' }, absurd)).toMatchObject({ Status: 'FAILED' });
  });
});

describe('a verification', () => {
  test('has all its attributes in the longest answer: the one to a rollback, whose words are the longest', async () => {
    const { PhysicalResourceId } = await play('channel-flow-verification', { RequestType: 'Create' });
    const { Status, Data } = await play('channel-flow-verification', {
      RequestType: 'Update',
      PhysicalResourceId: `${PhysicalResourceId}:${'x'.repeat(16)}`,
      OldResourceProperties: HANDLERS['channel-flow-verification'].valid,
    });
    expect(Status).toBe('SUCCESS');
    expect(Object.keys(Data)).toHaveLength(2 * PROBES_WITH_ATTRIBUTES);
    expect(new Set(Object.values(Data))).toEqual(new Set(['verified before', '0']));
  });

  test('of 80 probes, more than the construct takes, succeeds with the attributes that fit', async () => {
    const { Status, Data } = await play('channel-flow-verification', { RequestType: 'Create' }, { Probes: probes(80) });
    expect(Status).toBe('SUCCESS');
    const names = Object.keys(Data);
    expect(names.length).toBeGreaterThanOrEqual(2 * PROBES_WITH_ATTRIBUTES);
    expect(names.at(0)).toBe('Probe1Outcome');
  });
});
