import { createAppInstance, createUser, failure, Fixture, PROCESSORS, startFixture } from './fixture';

let fixture: Fixture;
beforeAll(async () => { fixture = await startFixture(); });
afterEach(() => fixture.emulator.reset());
afterAll(() => fixture.close());

test('the same token and input get the same answer, and create once', async () => {
  const arn = await createAppInstance(fixture);
  const flow = { AppInstanceArn: arn, Name: 'a', Processors: PROCESSORS, ClientRequestToken: 'token' };
  const first = await fixture.messaging.createChannelFlow(flow);
  const second = await fixture.messaging.createChannelFlow(flow);
  expect(second.ChannelFlowArn).toBe(first.ChannelFlowArn);
  expect(fixture.emulator.state().channelFlows).toHaveLength(1);
});

test('that holds for users, whose ids are taken by then', async () => {
  const arn = await createAppInstance(fixture);
  const user = { AppInstanceArn: arn, AppInstanceUserId: 'u', Name: 'u', ClientRequestToken: 'token' };
  const first = await fixture.identity.createAppInstanceUser(user);
  expect((await fixture.identity.createAppInstanceUser(user)).AppInstanceUserArn).toBe(first.AppInstanceUserArn);
});

test('and for channels and app instances', async () => {
  const appInstance = { Name: 'a', ClientRequestToken: 'token' };
  const { AppInstanceArn } = await fixture.identity.createAppInstance(appInstance);
  expect((await fixture.identity.createAppInstance(appInstance)).AppInstanceArn).toBe(AppInstanceArn);
  const channel = {
    AppInstanceArn, Name: 'c', ChimeBearer: await createUser(fixture, AppInstanceArn!), ClientRequestToken: 'token',
  };
  const { ChannelArn } = await fixture.messaging.createChannel(channel);
  expect((await fixture.messaging.createChannel(channel)).ChannelArn).toBe(ChannelArn);
});

test('the same token with other input is a conflict', async () => {
  await fixture.identity.createAppInstance({ Name: 'a', ClientRequestToken: 'token' });
  expect(await failure(fixture.identity.createAppInstance({ Name: 'b', ClientRequestToken: 'token' }))).toMatchObject({
    name: 'ConflictException', status: 409,
  });
});

test('a token used again can be a conflict', async () => {
  fixture.emulator.setBehaviour({ repeatedToken: 'conflict' });
  await fixture.identity.createAppInstance({ Name: 'a', ClientRequestToken: 'token' });
  expect((await failure(fixture.identity.createAppInstance({ Name: 'a', ClientRequestToken: 'token' }))).name).toBe(
    'ConflictException',
  );
});

test('a token whose call failed is free', async () => {
  const arn = await createAppInstance(fixture);
  fixture.emulator.setBehaviour({ faults: [{ operation: 'CreateChannelFlow', error: 'ServiceFailure' }] });
  const flow = { AppInstanceArn: arn, Name: 'a', Processors: PROCESSORS, ClientRequestToken: 'token' };
  await failure(fixture.messaging.createChannelFlow(flow));
  await fixture.messaging.createChannelFlow(flow);
});

test('a token is forgotten with what it created', async () => {
  const appInstance = { Name: 'a', ClientRequestToken: 'token' };
  const { AppInstanceArn } = await fixture.identity.createAppInstance(appInstance);
  await fixture.identity.deleteAppInstance({ AppInstanceArn });
  expect((await fixture.identity.createAppInstance(appInstance)).AppInstanceArn).not.toBe(AppInstanceArn);
});
