/**
 * Deploys the first version of an integration test's stack: `npx tsx first-version.ts <test> <stack>`, in this folder.
 */
import { spawnSync } from 'node:child_process';

const [test, stack] = process.argv.slice(2);
const { status } = spawnSync(
  'npx',
  ['cdk', 'deploy', stack, '--app', `npx tsx ${test}`, '--context', 'version=1', '--require-approval', 'never'],
  {
    env: { ...process.env, AWS_REGION: 'us-east-1' }, stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
