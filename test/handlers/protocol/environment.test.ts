import { channelFlow } from '../../../src/handlers/channel-flow/lifecycle';
import { assertOwnEnvironment, environmentOf, withoutForeign } from '../../../src/handlers/protocol/environment';
import type { LifecycleEvent } from '../../../src/handlers/protocol/lifecycle';
import { deliveredProcessor } from '../../support/processors';
import { createEvent, deleteEvent, startService, updateEvent, type Service } from '../fixture';
import { World } from '../world';

const HERE = 'arn:aws:chime:us-east-1:000000000000:app-instance/chat';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:provider';
const environment = environmentOf(FUNCTION);
const ELSEWHERE = [
  HERE.replace('000000000000', '111111111111'), HERE.replace('us-east-1', 'eu-central-1'),
  HERE.replace('arn:aws:', 'arn:aws-cn:'),
];

let service: Service;
let world: World;

beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());
beforeEach(async () => {
  jest.spyOn(console, 'log').mockImplementation();
  service.emulator.reset();
  world = await World.create(service);
  service.forgetCalls();
});

test('what an event names here stays as it is', () => {
  const event = updateEvent(
    `${HERE}/channel/lobby#claimant`,
    { AppInstanceArn: HERE, Bearer: `${HERE}/user/ann` },
    { Tags: [{ Key: 'a', Value: 'b' }] },
  );
  expect(withoutForeign(event, environment)).toEqual(event);
});

test.each(ELSEWHERE)('of %s nothing reaches a lifecycle but in texts', arn => {
  const event = updateEvent(`${arn}/channel/lobby#claimant`, { AppInstanceArn: HERE }, {
    AppInstanceArn: arn,
    Bearer: `${arn}/user/ann`,
    Name: arn,
    Tags: [
      { Key: 'a', Value: arn },
    ],
    Processors: [{ ResourceArn: arn }],
  });
  expect(withoutForeign(event, environment)).toEqual({
    ...event,
    PhysicalResourceId: '',
    OldResourceProperties: {
      AppInstanceArn: '', Bearer: '', Name: arn, Tags: [{ Key: 'a', Value: arn }], Processors: [{ ResourceArn: '' }],
    },
  });
});

test.each([
  ['what is here', { AppInstanceArn: HERE, Processors: [{ ResourceArn: HERE.replace(':chime:', ':lambda:') }] }],
  ['a name like an ARN from elsewhere', { Name: ELSEWHERE[0], Tags: [{ Value: ELSEWHERE[0] }] }],
  [
    'what is no ARN',
    { AppInstanceArn: 'chat', Bearer: null, Sender: 5, ChannelArn: undefined, ChannelFlowArn: ['chat'] },
  ],
])('%s is not refused', (_, properties) => {
  expect(() => assertOwnEnvironment(properties, environment)).not.toThrow();
});

test.each([undefined, '', 'provider', `x${FUNCTION}`, FUNCTION.replace(':lambda:', ':sns:')])(
  'a function that is known as %s may be asked for anything',
  arn => {
    expect(environmentOf(arn)).toBeUndefined();
    expect(() => assertOwnEnvironment({ AppInstanceArn: ELSEWHERE[0] }, environmentOf(arn))).not.toThrow();
    const event = deleteEvent(`${ELSEWHERE[0]}/channel/lobby`, { AppInstanceArn: ELSEWHERE[0] });
    expect(withoutForeign(event, environmentOf(arn))).toEqual(event);
  },
);

test.each([
  ['an app instance', { AppInstanceArn: ELSEWHERE[0] }],
  ['a bearer', { AppInstanceArn: HERE, Bearer: `${ELSEWHERE[1]}/user/ann` }],
  ['a processor\'s function', {
    Processors: [
      { Configuration: { Lambda: { ResourceArn: 'arn:aws:lambda:us-east-1:111111111111:function:theirs' } } },
    ],
  }],
  ['a bucket', { ChannelArn: 'arn:aws:s3:::bucket' }],
])('%s from elsewhere is refused, by the name of its property', (_, properties) => {
  expect(() => assertOwnEnvironment(properties, environment)).toThrow(
    /^\w+ is arn:aws:\S+, and must be of this account and region: 000000000000, us-east-1 — /,
  );
});

test('texts may hold any ARN', () => {
  expect(() => assertOwnEnvironment(
    { Name: ELSEWHERE[0], Metadata: ELSEWHERE[1], Tags: [{ Key: 'arn', Value: ELSEWHERE[2] }] }, environment,
  )).not.toThrow();
});

describe('a flow', () => {
  const play = (event: LifecycleEvent<any>) => service.play(channelFlow, withoutForeign(event, environment));
  const flow = (more = {}) => ({
    AppInstanceArn: world.appInstance,
    Name: 'moderation',
    Bearer: world.admin,
    Processors: [deliveredProcessor('moderate', { functionArn: FUNCTION })],
    ...more,
  });

  test('goes back from an app instance elsewhere without a call: the rollback succeeds', async () => {
    const { physicalId } = await play(createEvent(flow()));
    service.forgetCalls();
    const back = updateEvent(physicalId, flow(), flow({ AppInstanceArn: ELSEWHERE[0] }));
    await expect(play(back)).resolves.toMatchObject({ physicalId });
    expect(service.operations()).toEqual([]);
  });

  test('with an id from elsewhere is nothing to delete', async () => {
    await play(deleteEvent(`${ELSEWHERE[0]}/channel-flow/theirs`, { ...flow(), AppInstanceArn: ELSEWHERE[0] }));
    expect(service.operations()).toEqual([]);
  });

  test.each(['nobody', `${ELSEWHERE[0]}/user/eve`, ''])(
    'is drained by any admin where the bearer is %j',
    async Bearer => {
      const { physicalId } = await play(createEvent(flow()));
      await world.associate(await world.channel('lobby'), physicalId);
      await play(deleteEvent(physicalId, flow({ Bearer })));
      expect(service.emulator.state().channelFlows).toEqual([]);
    },
  );
});
