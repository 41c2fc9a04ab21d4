import { ListAppInstancesCommand } from '@aws-sdk/client-chime-sdk-identity';
import { ListChannelFlowsCommand } from '@aws-sdk/client-chime-sdk-messaging';
import { clients, sdkClients } from '../../../src/handlers/service/sdk-clients';
import { failureMessage } from '../../../src/handlers/service/service-error';
import { startService, type Service } from '../fixture';

let service: Service;

beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());
beforeEach(() => service.emulator.reset());

test('reach the endpoints that the environment names, with the credentials of the function', async () => {
  const clock = service.clock();
  const { identity, messaging } = clients(clock);
  await identity.send(new ListAppInstancesCommand({}));
  expect(service.operations()).toEqual(['ListAppInstances']);
  await expect(messaging.config.credentials()).resolves.toMatchObject({ accessKeyId: 'test', secretAccessKey: 'test' });
});

test('live as long as the container: one event after another uses the same SDK client and connection', async () => {
  const [first, second] = [clients(service.clock()), clients(service.clock())];
  expect(Object.getPrototypeOf(first.messaging)).toBe(Object.getPrototypeOf(second.messaging));
  expect(Object.getPrototypeOf(first.messagingOnce)).toBe(Object.getPrototypeOf(first.messaging));
  expect(Object.getPrototypeOf(first.identity)).toBe(Object.getPrototypeOf(second.identity));
});

test('retry what passes by themselves', async () => {
  service.emulator.setBehaviour({
    faults: [
      { operation: 'ListAppInstances', call: 1, error: 'ThrottledClient' },
      { operation: 'ListAppInstances', call: 2, error: 'ServiceUnavailable' },
      { operation: 'ListAppInstances', call: 3, error: 'connection-reset' },
    ],
  });
  await expect(clients(service.clock()).identity.send(new ListAppInstancesCommand({}))).resolves.toMatchObject({
    AppInstances: [],
  });
});

test('see every ThrottledClient where they set the pace of many calls', async () => {
  service.emulator.setBehaviour({ faults: [{ operation: 'ListChannelFlows', error: 'ThrottledClient' }] });
  const AppInstanceArn = 'arn:aws:chime:us-east-1:000000000000:app-instance/gone';
  service.forgetCalls();
  await expect(
    clients(service.clock()).messagingOnce.send(new ListChannelFlowsCommand({ AppInstanceArn })),
  ).rejects.toMatchObject({
    name: 'ThrottledClientException',
  });
  expect(service.operations()).toEqual(['ListChannelFlows']);
});

test('wait for the permissions of a fresh role', async () => {
  const clock = service.clock();
  service.emulator.setBehaviour({ faults: [{ operation: 'ListAppInstances', error: 'AccessDenied', times: 10 }] });
  await clients(clock).identity.send(new ListAppInstancesCommand({}));
  expect(clock.sleeps).toHaveLength(10);
});

test('name the operation in their errors', async () => {
  const AppInstanceArn = 'arn:aws:chime:us-east-1:000000000000:app-instance/gone';
  const error = await clients(service.clock()).messaging.send(new ListChannelFlowsCommand({ AppInstanceArn })).catch(
    failure => failure,
  );
  expect(failureMessage(error)).toMatch(
    /^ListChannelFlows failed: NotFoundException: .* — check that what the properties name exists/,
  );
});

test('say what is missing where no credentials are', async () => {
  const { AWS_ACCESS_KEY_ID } = process.env;
  delete process.env.AWS_ACCESS_KEY_ID;
  try {
    const clock = service.clock();
    await expect(clients(clock, sdkClients()).identity.send(new ListAppInstancesCommand({}))).rejects.toThrow(
      'no credentials in the environment',
    );
    expect(clock.sleeps).toEqual([]);
  } finally {
    process.env.AWS_ACCESS_KEY_ID = AWS_ACCESS_KEY_ID;
  }
});
