import { startChild } from '../../../local/deployment/child-processes';
import { isolatedEnvironment } from '../../../local/deployment/environment';
import { startMinistack } from '../../../local/deployment/ministack';
import { ensurePythonEnvironment } from '../../../local/deployment/python-environment';

// Starts ministack and a child with a child of its own, says so, and stays until it is told otherwise.
async function main(runDirectory: string, end: string): Promise<void> {
  const environment = isolatedEnvironment(runDirectory);
  await startMinistack({ python: await ensurePythonEnvironment(), runDirectory, environment, functionEnvironment: {} });
  startChild({
    command: 'sh',
    args: ['-c', 'sleep 300 & sleep 300'],
    cwd: runDirectory,
    env: environment,
    log: `${runDirectory}/sleep.log`,
  });
  console.log('started');
  if (end === 'throw') {
    // Once the test has looked for what was started.
    process.stdin.once('data', () => { throw new Error('nobody catches this'); });
  }
}

void main(process.argv[2], process.argv[3]);
