/**
 * Plays the integration tests on this machine, against the emulator: deploys, evaluates the assertions, destroys, as
 * integ-runner does in an account. `npm run integ:local`
 */
import { readdirSync } from 'node:fs';
import type { CdkApp, StackOutputs } from '../../local/deployment/cdk-cli';
import { LOCAL_ACCOUNT } from '../../local/deployment/environment';
import { startLocalDeployment, type LocalDeployment } from '../../local/deployment/local-deployment';
import { ensurePythonEnvironment } from '../../local/deployment/python-environment';
import { makeRunDirectory } from '../../local/deployment/run-directory';
import { startEmulator, type Emulator } from '../../local/emulator';

/** Those with a version that is deployed before. */
const UPDATED = ['integ.update.ts'];

let passed = 0;
let failed = 0;

async function main(): Promise<void> {
  await ensurePythonEnvironment();
  const emulator = await startEmulator({ accountId: LOCAL_ACCOUNT });
  try {
    const deployment = await startLocalDeployment({
      chimeEndpoint: emulator.url, runDirectory: makeRunDirectory('integ'),
    });
    emulator.connect({ lambdaEndpoint: deployment.awsEndpoint, eventsEndpoint: deployment.awsEndpoint });
    try {
      for (const test of readdirSync(__dirname).filter(file => /^integ\..*\.ts$/.test(file))) {
        await play(test, deployment, emulator);
      }
    } finally {
      await deployment.stop();
    }
  } finally {
    await emulator.close();
  }
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

async function play(test: string, { cdk }: LocalDeployment, emulator: Emulator): Promise<void> {
  const app: CdkApp = { directory: __dirname, command: `"${process.execPath}" --import tsx ${test}` };
  try {
    if (UPDATED.includes(test)) {
      const before = assertions(await cdk.deploy({ ...app, context: { version: '1' } }));
      check(`${test}: its assertions tell the version before`, before.some(({ status }) => status === 'fail'));
    }
    for (const { name, status, message = '' } of assertions(await cdk.deploy(app))) {
      check(`${test}: ${name}`, status === 'success', message);
    }
    await cdk.destroy(app);
    check(`${test}: nothing is left`, (await left(emulator)) === 0);
  } catch (error) {
    check(test, false, (error as Error).message);
  }
}

interface Assertion {
  readonly name: string;
  readonly status: 'success' | 'fail';
  readonly message?: string;
}

/** What the assertions found: outputs of their stack. */
function assertions(outputs: StackOutputs): Assertion[] {
  const found = Object.values(outputs)
    .flatMap(stack => Object.entries(stack))
    .filter(([name]) => name.startsWith('AssertionResults'))
    .map(([name, value]) => ({ name: name.slice('AssertionResultsAwsApiCall'.length, -32), ...JSON.parse(value) }));
  if (found.length === 0) {
    throw new Error(`an integration test must assert something, got the outputs ${JSON.stringify(outputs)}`);
  }
  return found;
}

async function left(emulator: Emulator): Promise<number> {
  const { appInstances } = await (await fetch(`${emulator.url}/_local/state`)).json() as { appInstances: unknown[] };
  return appInstances.length;
}

function check(what: string, ok: boolean, message = ''): void {
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${what}${ok ? '' : `\n${message}`}`);
  if (ok) passed += 1;
  else failed += 1;
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
