import { channelFlow } from '../../../src/handlers/channel-flow/lifecycle';
import { isAppInstanceArn, isArnOf } from '../../../src/handlers/service/arn';
import { assertOwnEnvironment, setEnvironment } from '../../../src/handlers/service/environment';
import { createEvent, deleteEvent, startService, updateEvent, type Service } from '../fixture';
import { LAMBDA_ARN, World } from '../world';

const HERE = 'arn:aws:chime:us-east-1:000000000000:app-instance/chat';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:provider';
const ELSEWHERE = [
  HERE.replace('000000000000', '111111111111'), HERE.replace('us-east-1', 'eu-central-1'), HERE.replace('arn:aws:', 'arn:aws-cn:'),
];

let service: Service;
let world: World;

beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());
beforeEach(async () => {
  service.emulator.reset();
  world = await World.create(service);
  service.forgetCalls();
  setEnvironment(FUNCTION);
});
afterEach(() => setEnvironment(undefined));

test('what is here is what it is', () => {
  expect([isAppInstanceArn(HERE), isArnOf('channel', `${HERE}/channel/lobby`), isArnOf('user', `${HERE}/user/ann`)]).toEqual([true, true, true]);
});

test.each(ELSEWHERE)('%s is no app instance for this function', arn => {
  expect([isAppInstanceArn(arn), isArnOf('channel', `${arn}/channel/lobby`), isArnOf('user', `${arn}/user/ann`)]).toEqual([false, false, false]);
});

test.each([
  ['what is here', { AppInstanceArn: HERE, Processors: [{ ResourceArn: HERE.replace(':chime:', ':lambda:') }] }],
  ['a name like an ARN from elsewhere', { Name: ELSEWHERE[0], Tags: [{ Value: ELSEWHERE[0] }] }],
  ['what is no ARN', { AppInstanceArn: 'chat', Bearer: null, Sender: 5, ChannelArn: undefined, ChannelFlowArn: ['chat'] }],
])('%s is not refused', (_, properties) => {
  expect(() => assertOwnEnvironment(properties)).not.toThrow();
});

test.each([undefined, '', 'provider', `x${FUNCTION}`, FUNCTION.replace(':lambda:', ':sns:')])('a function that is known as %s is at home everywhere', arn => {
  setEnvironment(arn);
  expect([HERE, ...ELSEWHERE].every(isAppInstanceArn)).toBe(true);
});

test.each([
  ['an app instance', { AppInstanceArn: ELSEWHERE[0] }],
  ['a bearer', { AppInstanceArn: HERE, Bearer: `${ELSEWHERE[1]}/user/ann` }],
  ['a processor\'s function', { Processors: [{ Configuration: { Lambda: { ResourceArn: 'arn:aws:lambda:us-east-1:111111111111:function:theirs' } } }] }],
  ['a bucket', { ChannelArn: 'arn:aws:s3:::bucket' }],
])('%s from elsewhere is refused, by the name of its property', (_, properties) => {
  expect(() => assertOwnEnvironment(properties)).toThrow(/^\w+ is arn:aws:\S+, and must be of this account and region: 000000000000, us-east-1 — /);
});

test('texts may hold any ARN', () => {
  expect(() => assertOwnEnvironment({ Name: ELSEWHERE[0], Metadata: ELSEWHERE[1], Tags: [{ Key: 'arn', Value: ELSEWHERE[2] }] })).not.toThrow();
});

test('an event without a function may name anything', () => {
  setEnvironment(undefined);
  expect(() => assertOwnEnvironment({ AppInstanceArn: ELSEWHERE[0] })).not.toThrow();
  expect(isAppInstanceArn(ELSEWHERE[0])).toBe(true);
});

describe('a flow', () => {
  const flow = (more = {}) => ({
    AppInstanceArn: world.appInstance,
    Name: 'moderation',
    Bearer: world.admin,
    Processors: [{
      Name: 'moderate', ExecutionOrder: '1', FallbackAction: 'ABORT', Configuration: { Lambda: { ResourceArn: LAMBDA_ARN, InvocationType: 'ASYNC' } },
    }],
    ...more,
  });

  test('goes back from an app instance elsewhere without a call: the rollback succeeds', async () => {
    const { physicalId } = await service.play(channelFlow, createEvent(flow()));
    service.forgetCalls();
    const back = updateEvent(physicalId, flow(), flow({ AppInstanceArn: ELSEWHERE[0] }));
    await expect(service.play(channelFlow, back)).resolves.toMatchObject({ physicalId });
    expect(service.operations()).toEqual([]);
  });

  test('with an id from elsewhere is nothing to delete', async () => {
    await service.play(channelFlow, deleteEvent(`${ELSEWHERE[0]}/channel-flow/theirs`, { ...flow(), AppInstanceArn: ELSEWHERE[0] }));
    expect(service.operations()).toEqual([]);
  });

  test.each(['nobody', `${ELSEWHERE[0]}/user/eve`, ''])('is drained by any admin where the bearer is %j', async Bearer => {
    const { physicalId } = await service.play(channelFlow, createEvent(flow()));
    await world.associate(await world.channel('lobby'), physicalId);
    await service.play(channelFlow, deleteEvent(physicalId, flow({ Bearer })));
    expect(service.emulator.state().channelFlows).toEqual([]);
  });
});
