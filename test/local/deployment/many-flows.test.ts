/**
 * As many flows of one function as the service allows in an app instance, in a stack beside theirs: they share one
 * permission, and deploy.
 */
import { join } from 'node:path';
import { LOCAL_ACCOUNT } from '../../../local/deployment/environment';
import { startLocalDeployment, type LocalDeployment } from '../../../local/deployment/local-deployment';
import { makeRunDirectory } from '../../../local/deployment/run-directory';
import { startEmulator, type Emulator } from '../../../local/emulator';

jest.setTimeout(400_000);

const APP = {
  directory: join(__dirname, 'many-flows'), command: `"${process.execPath}" --import tsx app.ts`, context: {},
};

let emulator: Emulator;
let deployment: LocalDeployment;

beforeAll(async () => {
  emulator = await startEmulator({ accountId: LOCAL_ACCOUNT });
  deployment = await startLocalDeployment({ chimeEndpoint: emulator.url, runDirectory: makeRunDirectory('test') });
});
afterAll(async () => {
  await deployment?.stop();
  await emulator?.close();
});

test('they are made, and all go again', async () => {
  await deployment.cdk.deploy(APP);
  expect(emulator.state().channelFlows).toHaveLength(100);
  await deployment.cdk.destroy(APP);
  expect(emulator.state()).toMatchObject({ channelFlows: [], appInstances: [] });
});
