/** CloudFormation refuses an answer of more than 4,096 bytes: every type's longest fits, with all of its attributes. */
import { startService, updateEvent, createEvent, type Service } from './fixture';
import { LAMBDA_ARN, lambdaProcessor, World } from './world';
import { appInstance } from '../../src/handlers/app-instance/lifecycle';
import { appInstanceAdmin } from '../../src/handlers/app-instance-admin/lifecycle';
import { appInstanceTags } from '../../src/handlers/app-instance-tags/lifecycle';
import { appInstanceUser } from '../../src/handlers/app-instance-user/lifecycle';
import { channel } from '../../src/handlers/channel/lifecycle';
import { channelFlow } from '../../src/handlers/channel-flow/lifecycle';
import { channelFlowAssociation } from '../../src/handlers/channel-flow-association/lifecycle';
import { channelFlowVerification } from '../../src/handlers/channel-flow-verification/lifecycle';
import { PROBES_WITH_ATTRIBUTES } from '../../src/handlers/channel-flow-verification/properties';
import type { Lifecycle } from '../../src/handlers/protocol/lifecycle';
import { responseBody } from '../../src/handlers/protocol/response';

/** What CloudFormation's own names are at most. */
const FRAME = {
  StackId: `arn:aws-us-gov:cloudformation:us-gov-west-1:123456789012:stack/${'s'.repeat(128)}/`
    + '6f2d5e70-0000-11ee-9d2c-0a1b2c3d4e5f',
  LogicalResourceId: 'L'.repeat(255),
  RequestId: '6f2d5e70-0000-11ee-9d2c-0a1b2c3d4e5f',
};
const WIDE = '\u{1F600}';
const ID = 'i'.repeat(64);
const TAGS = Array.from({ length: 45 }, (_, index) => ({ Key: `${index}${'k'.repeat(100)}`, Value: WIDE.repeat(64) }));

let service: Service;
let world: World;
let lobby: string;
let flow: string;

beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());
beforeEach(async () => {
  jest.spyOn(console, 'log').mockImplementation();
  service.emulator.reset();
  world = await World.create(service);
  lobby = await world.channel('lobby');
  flow = await world.flow('moderation', lambdaProcessor('CONTINUE'));
  await world.user(ID);
});

const TYPES: [string, Lifecycle<any, any>, () => object][] = [
  ['app instance', appInstance, () => ({ Name: WIDE.repeat(128), Metadata: WIDE.repeat(512), Tags: TAGS })],
  ['tags', appInstanceTags, () => ({ AppInstanceArn: world.appInstance, Tags: TAGS })],
  ['user', appInstanceUser, () => ({
    AppInstanceArn: world.appInstance,
    AppInstanceUserId: `x${ID.slice(1)}`,
    Name: WIDE.repeat(50),
    Metadata: WIDE.repeat(512),
    Tags: TAGS,
  })],
  [
    'admin', appInstanceAdmin,
    () => ({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: `${world.appInstance}/user/${ID}` }),
  ],
  ['channel', channel, () => ({
    AppInstanceArn: world.appInstance,
    ChannelId: ID,
    Name: WIDE.repeat(128),
    Bearer: world.admin,
    Metadata: WIDE.repeat(512),
    Tags: TAGS,
  })],
  ['channel flow', channelFlow, () => ({
    AppInstanceArn: world.appInstance,
    Name: WIDE.repeat(128),
    Processors: [{
      Name: WIDE.repeat(128),
      ExecutionOrder: '1',
      FallbackAction: 'ABORT',
      Configuration: { Lambda: { ResourceArn: LAMBDA_ARN, InvocationType: 'ASYNC' } },
    }],
    Tags: TAGS,
  })],
  [
    'association', channelFlowAssociation,
    () => ({ ChannelArn: lobby, ChannelFlowArn: flow, Bearer: world.admin, OnExisting: 'FAIL' }),
  ],
];

test.each(TYPES)('%s', async (_, lifecycle, properties) => {
  expectToFit(await service.play(lifecycle, createEvent(properties(), FRAME)));
});

test('verification of many probes: the first have attributes, whose names and values fit', async () => {
  await world.associate(lobby, flow);
  const properties = {
    ChannelArn: lobby,
    ChannelFlowArn: flow,
    Sender: world.admin,
    Probes: Array.from({ length: 80 }, () => ({ Expect: 'DELIVERED', Content: 'x' }) as const),
    TimeoutMilliseconds: '5000',
    Revision: '1',
  };
  const { physicalId, data } = await service.play(channelFlowVerification, createEvent(properties, FRAME));
  expect(Object.keys(data!)).toHaveLength(2 * PROBES_WITH_ATTRIBUTES);
  expect(data).toMatchObject({ Probe1Outcome: 'delivered', [`Probe${PROBES_WITH_ATTRIBUTES}Outcome`]: 'delivered' });
  expectToFit({ physicalId: `${physicalId}:${'b'.repeat(16)}`, data: widest(data!) });

  const again = await service.play(channelFlowVerification, updateEvent(physicalId, properties, properties, FRAME));
  expect(again.data).toMatchObject({ Probe1Outcome: 'verified before' });
  expectToFit(again);
});

/** Each outcome and time as long as any can be. */
function widest(data: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(data).map(name => [name, name.endsWith('Milliseconds') ? '600000' : 'never answered by the processor']),
  );
}

function expectToFit({ physicalId, data }: { physicalId: string; data?: Record<string, string> }): void {
  expect(Buffer.byteLength(physicalId)).toBeLessThanOrEqual(1024);
  const body = responseBody({ Status: 'SUCCESS', PhysicalResourceId: physicalId, ...FRAME, ...data && { Data: data } });
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096);
  expect(JSON.parse(body)).toMatchObject({
    Status: 'SUCCESS', PhysicalResourceId: physicalId, ...data && { Data: data },
  });
}
