/**
 * Canaries in all that must stay secret, through the handlers of every resource type: whatever the service answers to
 * whichever call, quoting all that it was sent, none of them is written, thrown or told to CloudFormation.
 */
import { Output } from './output';
import { FORMS, startQuotingProxy, type QuotingProxy } from './quoting-proxy';
import { FAULT_ERRORS, type FaultError } from '../../local/emulator/switches/faults';
import { appInstance } from '../../src/handlers/app-instance/lifecycle';
import { appInstanceAdmin } from '../../src/handlers/app-instance-admin/lifecycle';
import { appInstanceTags } from '../../src/handlers/app-instance-tags/lifecycle';
import { appInstanceUser } from '../../src/handlers/app-instance-user/lifecycle';
import { channel } from '../../src/handlers/channel/lifecycle';
import { channelFlow } from '../../src/handlers/channel-flow/lifecycle';
import { channelFlowAssociation } from '../../src/handlers/channel-flow-association/lifecycle';
import { channelFlowVerification } from '../../src/handlers/channel-flow-verification/lifecycle';
import { lambdaEntry } from '../../src/handlers/protocol/entry';
import type { Lifecycle } from '../../src/handlers/protocol/lifecycle';
import { type Clients } from '../../src/handlers/service/clients';
import { clients, sdkClients } from '../../src/handlers/service/sdk-clients';
import { fakeClock, FakeTime, startService, STACK_ID, type Service } from '../handlers/fixture';
import { startResponseServer, type ResponseServer } from '../handlers/protocol/response-server';
import { LAMBDA_ARN, lambdaProcessor, World } from '../handlers/world';

/** In characters that are written otherwise in JSON, too, with a number and JSON in it. */
const canary = (what: string) => `canary "${what}" é\u00c5 <b>&amp; 4711081547110815 {"inner":"canary"}\t`;
const NUMBER = '8154711081547110';
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'CANARYKEY',
  AWS_SECRET_ACCESS_KEY: 'canary/secret+key',
  AWS_SESSION_TOKEN: 'canary/session+token==',
};
const LOG_LEVELS = { AWS_LAMBDA_LOG_LEVEL: 'TRACE', LOG_LEVEL: 'debug' };
/** What the SDK waits out says nothing, and would only take time here. */
const ERRORS = FAULT_ERRORS.filter(error => error !== 'time-out' && error !== 'ThrottledClient');

interface Life {
  readonly lifecycle: Lifecycle<any, Clients>;
  /** The properties of a Create, and those of the Update that follows. */
  readonly properties: (world: World, channel: string, flow: string) => [object, object];
}

const tags = (what: string) =>
  [{ Key: 'team', Value: canary(`tag ${what}`) }, { Key: 'number', Value: `${NUMBER} ${what}` }];

const LIVES: Record<string, Life> = {
  'app-instance': {
    lifecycle: appInstance,
    properties: () => [
      { Name: 'chat', Metadata: canary('metadata'), Tags: tags('one') },
      { Name: 'chat', Metadata: `{"a":["${canary('nested').replace(/"/g, "'")}"]}`, Tags: tags('two') },
    ],
  },
  'app-instance-admin': {
    lifecycle: appInstanceAdmin,
    properties: ({ appInstance: AppInstanceArn }) => ['ann', 'bob'].map(name =>
      ({ AppInstanceArn, AppInstanceAdminArn: `${AppInstanceArn}/user/${name}` })) as [object, object],
  },
  'app-instance-tags': {
    lifecycle: appInstanceTags,
    properties: ({ appInstance: AppInstanceArn }) =>
      [{ AppInstanceArn, Tags: tags('one') }, { AppInstanceArn, Tags: tags('two') }],
  },
  'app-instance-user': {
    lifecycle: appInstanceUser,
    properties: ({ appInstance: AppInstanceArn }) => {
      const user = {
        AppInstanceArn, AppInstanceUserId: 'eve', Name: 'Eve', Metadata: canary('metadata'), Tags: tags('one'),
      };
      return [user, { ...user, Metadata: canary('other'), Tags: tags('two') }];
    },
  },
  'channel': {
    lifecycle: channel,
    properties: ({ appInstance: AppInstanceArn, admin }) => {
      const lobby = { AppInstanceArn, Name: 'lobby', Bearer: admin, Metadata: canary('metadata'), Tags: tags('one') };
      return [lobby, { ...lobby, Metadata: canary('other'), Tags: tags('two') }];
    },
  },
  'channel-flow': {
    lifecycle: channelFlow,
    properties: ({ appInstance: AppInstanceArn, admin }) => {
      const Lambda = { ResourceArn: LAMBDA_ARN, InvocationType: 'ASYNC' };
      const Processors = [
        { Name: 'moderate', ExecutionOrder: '1', FallbackAction: 'ABORT', Configuration: { Lambda } },
      ];
      const flow = { AppInstanceArn, Name: 'moderation', Bearer: admin, Processors, Tags: tags('one') };
      return [flow, { ...flow, Name: 'renamed', Tags: tags('two') }];
    },
  },
  'channel-flow-association': {
    lifecycle: channelFlowAssociation,
    properties: ({ admin }, ChannelArn, ChannelFlowArn) => {
      const association = { ChannelArn, ChannelFlowArn, Bearer: admin, OnExisting: 'REPLACE' };
      return [association, { ...association, OnExisting: 'FAIL' }];
    },
  },
  'channel-flow-verification': {
    lifecycle: channelFlowVerification,
    properties: ({ admin }, ChannelArn, ChannelFlowArn) => {
      const Probes = [
        { Expect: 'DELIVERED', Content: canary('probe'), EditOf: canary('before') },
        { Expect: 'REPLACED', Content: canary('probe 2'), Replacement: canary('replacement') },
      ];
      const verification = {
        ChannelArn, ChannelFlowArn, Sender: admin, Probes, TimeoutMilliseconds: '2000', Revision: '1',
      };
      return [verification, { ...verification, Revision: '2' }];
    },
  },
};

/** Every part of ten characters of what is secret, in every form in which it may be quoted. */
const SECRETS = [...new Set([
  ...['tag one', 'tag two', 'metadata', 'other', 'probe'].map(canary), NUMBER, ...Object.values(CREDENTIALS),
].flatMap(secret =>
  Object.entries(FORMS).filter(([name]) => !name.startsWith('as ')).flatMap(([, form]) => {
    const text = form(secret);
    return Array.from(
      { length: Math.max(1, Math.floor(text.length / 5) - 1) }, (_, index) => text.slice(index * 5, index * 5 + 10),
    );
  })))].filter(part => part.length >= 8 && !/^[.\s]|^\n|^\s*at /.test(part));

const before = { ...process.env };
let service: Service;
let proxy: QuotingProxy;
let answers: ResponseServer;

beforeAll(async () => {
  service = await startService();
  proxy = await startQuotingProxy(service.emulator.url);
  answers = await startResponseServer();
  Object.assign(process.env, CREDENTIALS, LOG_LEVELS, {
    CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE: '1',
    AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: proxy.url,
    AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY: proxy.url,
  });
});
afterAll(async () => {
  process.env = before;
  await answers.close();
  await proxy.close();
  await service.close();
});

/**
 * One event, with the protocol around the handler and a clock that doesn't wait; what was written, thrown and answered.
 */
async function play(type: string, event: object): Promise<{ written: string[]; told: string; physicalId: string }> {
  const clock = fakeClock(20_000, time);
  const { lifecycle } = LIVES[type];
  const handler = lambdaEntry<any, Clients>(
    (request, made) => lifecycle(request, made, clock), () => clients(clock, sdkClients()),
  );
  const frame = {
    StackId: STACK_ID,
    RequestId: `request-${++requests}`,
    ResourceType: `Custom::${type}`,
    LogicalResourceId: 'Resource',
    ResponseURL: `${answers.url()}&canary=signature`,
  };
  answers.received.length = 0;
  const output = new Output();
  const thrown = await handler({ ...frame, ...event }, { getRemainingTimeInMillis: () => 60_000 }).then(
    () => '', (error: Error) => `${error.message} ${error.stack}`,
  );
  output.restore();
  const written = output.take();
  expect(lineOf(written, frame.RequestId)).toMatchObject({
    level: expect.stringMatching(/^(INFO|ERROR)$/),
    requestId: frame.RequestId,
    type: frame.ResourceType,
    logicalId: frame.LogicalResourceId,
    operation: (event as { RequestType: string }).RequestType,
    status: expect.stringMatching(/^(SUCCESS|FAILED)$/),
    durationMs: expect.any(Number),
  });
  const [{ answer }] = answers.received;
  return { written, told: `${thrown} ${JSON.stringify(answer)}`, physicalId: answer.PhysicalResourceId };
}

/** The one line about the event; all lines are JSON. */
function lineOf(written: string[], requestId: string): unknown {
  const lines = written.map(line => JSON.parse(line)).filter(line => line.requestId === requestId);
  expect(lines).toHaveLength(1);
  return lines[0];
}

let time: FakeTime;
let requests = 0;
let statuses: Set<string>;

/** Create, Update and Delete, while one call fails; what is not ours in the end is of no interest here. */
async function live(type: string, fault?: { operation: string; error: FaultError; times: number }): Promise<void> {
  service.emulator.reset();
  const world = await World.create(service);
  const [lobby, flow] = [await world.channel('lobby'), await world.flow('moderation', lambdaProcessor('CONTINUE'))];
  await world.user('ann');
  await world.user('bob');
  if (type === 'channel-flow-verification') await world.associate(lobby, flow);
  const [first, second] = LIVES[type].properties(world, lobby, flow);
  service.forgetCalls();
  if (fault !== undefined) service.emulator.setBehaviour({ faults: [fault] });
  const created = await check(type, { RequestType: 'Create', ResourceProperties: first });
  const updated = await check(
    type,
    { RequestType: 'Update', PhysicalResourceId: created, ResourceProperties: second, OldResourceProperties: first },
  );
  await check(type, { RequestType: 'Delete', PhysicalResourceId: updated, ResourceProperties: second });
}

async function check(type: string, event: object): Promise<string> {
  const { written, told, physicalId } = await play(type, event);
  const all = [...written, told].join('\n');
  expect(all.match(/.{0,200}canary.{0,100}/i)?.[0]).toBeUndefined();
  expect(SECRETS.filter(secret => all.includes(secret))).toEqual([]);
  statuses.add(/"Status":"(\w+)"/.exec(told)![1]);
  return physicalId;
}

beforeEach(() => {
  ({ time } = service);
  statuses = new Set();
});

describe.each(Object.keys(LIVES))('%s', type => {
  let operations: string[];

  test('lives without a word of what is secret', async () => {
    await live(type);
    operations = [...new Set(service.operations())];
    expect(operations.length).toBeGreaterThan(0);
    expect(statuses).toContain('SUCCESS');
  });

  test.each(ERRORS)('neither when %s befalls any of its calls', async error => {
    const lasts = !['ServiceFailure', 'ServiceUnavailable', 'connection-reset', 'lost-answer'].includes(error);
    for (const operation of operations) await live(type, { operation, error, times: lasts ? 1_000 : 1 });
    if (lasts) expect(statuses).toContain('FAILED');
  });
});
