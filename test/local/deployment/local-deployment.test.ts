import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { listeningAddresses, LOOPBACK } from './listeners';
import { CdkCommandFailed, type CdkApp } from '../../../local/deployment/cdk-cli';
import { deploymentError } from '../../../local/deployment/deployment-error';
import { startLocalDeployment, type LocalDeployment } from '../../../local/deployment/local-deployment';
import { makeRunDirectory } from '../../../local/deployment/run-directory';
import { unsignedAuthorization } from '../../../local/deployment/unsigned-authorization';

// Longer than the slowest command on a busy machine; the commands' own time limit is what should strike.
jest.setTimeout(200_000);

/** What the throw-away resource's function says that it was asked. */
interface Asked {
  readonly requestType: string;
  readonly physicalId?: string;
  readonly properties: Record<string, string>;
  readonly oldProperties?: Record<string, string>;
  readonly allowsHttp?: string;
  readonly session?: string;
}

let listener: Server;
let asked: Asked[] = [];
let deployment: LocalDeployment;
let echo: string;

beforeAll(async () => {
  listener = createServer(async (request, response) => {
    asked.push(JSON.parse(await text(request)));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  deployment = await startLocalDeployment({
    chimeEndpoint: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    runDirectory: makeRunDirectory('test'),
  });
});

afterAll(async () => {
  await deployment?.stop();
  listener?.close();
});

beforeEach(() => { asked = []; });

function throwAway(context: Record<string, string>): CdkApp {
  const directory = join(__dirname, 'throw-away');
  return { directory, command: `"${process.execPath}" --import tsx app.ts`, context: { says: 'one', ...context } };
}

/** What the throw-away function says that does nothing else. */
async function invokeEcho(): Promise<unknown> {
  const response = await fetch(`${deployment.awsEndpoint}/2015-03-31/functions/${echo}/invocations`, {
    method: 'POST',
    headers: { Authorization: unsignedAuthorization('lambda') },
  });
  return response.json();
}

test('the bus takes the failure event of a service that the emulator stands in for', async () => {
  const response = await fetch(deployment.awsEndpoint, {
    method: 'POST',
    headers: {
      'Authorization': unsignedAuthorization(
        'events',
      ),
      'X-Amz-Target': 'AWSEvents.PutEvents',
      'Content-Type': 'application/x-amz-json-1.1',
    },
    body: JSON.stringify({
      Entries: [{ Source: 'aws.chime', DetailType: 'Chime ChannelFlow Processing Status', Detail: '{}' }],
    }),
  });
  expect(await response.json()).toMatchObject({ FailedEntryCount: 0 });
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('nothing of it listens beyond this machine', async () => {
  const addresses = listeningAddresses();
  // The service's stand-in above, and the engine's.
  expect(addresses.length).toBeGreaterThanOrEqual(2);
  expect(addresses.filter(address => !LOOPBACK.includes(address))).toEqual([]);
});

test('the engine answers at 127.0.0.1 only', async () => {
  const { port } = new URL(deployment.awsEndpoint);
  const others = Object.values(networkInterfaces()).flatMap((found = []) => found).filter(({ internal }) => !internal)
    .map(({ address, family }) => family === 'IPv6' ? `[${address}]` : address);
  for (const host of ['127.0.0.2', '[::1]', ...others]) {
    await expect(fetch(`http://${host}:${port}/_ministack/health`)).rejects.toThrow('fetch failed');
  }
});

// The tests of this file are the life of one stack: each goes on from where the one before has left it.

test('deploy creates the resource, with the function\'s environment set up', async () => {
  const outputs = await deployment.cdk.deploy(throwAway({ name: 'ada', count: '1' }));

  echo = outputs.ThrowAway.Echoes;
  expect(outputs).toEqual({ ThrowAway: { Greeting: 'hello ada', Echoes: expect.any(String) } });
  expect(await invokeEcho()).toBe('one');
  expect(await deployment.stackStatus('ThrowAway')).toBe('CREATE_COMPLETE');
  const session = expect.stringMatching(
    /^arn:aws:sts::111122223333:assumed-role\/ThrowAway-ProviderServiceRole[^/]+\/ThrowAway-Provider[^/]+$/,
  );
  expect(asked).toEqual([{ requestType: 'Create', properties: { Name: 'ada', Count: '1' }, allowsHttp: '1', session }]);
});

test('deploy of the same again asks nothing', async () => {
  await deployment.cdk.deploy(throwAway({ name: 'ada', count: '1' }));

  expect(asked).toEqual([]);
});

test('deploy of a changed property updates in place, and says what was', async () => {
  await deployment.cdk.deploy(throwAway({ name: 'ada', count: '2' }));

  expect(asked).toMatchObject([
    { requestType: 'Update', physicalId: 'ada', properties: { Count: '2' }, oldProperties: { Count: '1' } },
  ]);
});

test('deploy of a new name replaces: update first, then delete of the old one', async () => {
  const outputs = await deployment.cdk.deploy(throwAway({ name: 'bob', count: '2' }));

  expect(outputs).toEqual({ ThrowAway: { Greeting: 'hello bob', Echoes: echo } });
  expect(asked).toMatchObject([
    { requestType: 'Update', physicalId: 'ada', properties: { Name: 'bob' }, oldProperties: { Name: 'ada' } },
    { requestType: 'Delete', physicalId: 'ada', properties: { Name: 'ada' } },
  ]);
});

test('deploy that fails rolls back, the code of functions too, and the error shows the reason', async () => {
  const failure = await deployment.cdk.deploy(throwAway({ name: 'bob', count: '3', failOn: 'Update', says: 'two' }))
    .catch(error => error);

  expect(failure).toBeInstanceOf(CdkCommandFailed);
  expect(deploymentError(failure.output)).toContain('  told to fail');
  expect(await deployment.stackStatus('ThrowAway')).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(asked).toMatchObject([
    { requestType: 'Update', properties: { Count: '3' }, oldProperties: { Count: '2' } },
    { requestType: 'Update', properties: { Count: '2' }, oldProperties: { Count: '3' } },
  ]);
  expect(await invokeEcho()).toBe('one');
});

test('deploy of other code changes what a warm function does', async () => {
  await deployment.cdk.deploy(throwAway({ name: 'bob', count: '2', says: 'two' }));

  expect(await invokeEcho()).toBe('two');
});

test('there is no status of a stack that is not there', async () => {
  await expect(deployment.stackStatus('NoSuchStack')).rejects.toThrow(
    /^DescribeStacks of NoSuchStack was answered with status 400: .*does not exist/s,
  );
});

test('destroy deletes the resource', async () => {
  await deployment.cdk.destroy(throwAway({ name: 'bob', count: '2' }));

  expect(asked).toMatchObject([{ requestType: 'Delete', physicalId: 'bob' }]);
});
