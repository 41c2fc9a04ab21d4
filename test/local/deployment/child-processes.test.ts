import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeRunDirectory } from '../../../local/deployment/run-directory';
import { until } from '../../support/until';

jest.setTimeout(120_000);

/** Ministack, and a shell with two sleepers. */
const EXPECTED_PROCESSES = 4;

/** Ids of the processes whose environment names the given directory. */
function processesIn(directory: string): string[] {
  return readdirSync('/proc').filter(id => {
    if (!/^\d+$/.test(id)) return false;
    try {
      return readFileSync(`/proc/${id}/environ`, 'utf8').includes(directory);
    } catch {
      return false; // ended meanwhile, or not ours to read
    }
  });
}

let started: ChildProcess | undefined;

// Also after a failed test: jest would wait for the starter for ever.
afterEach(() => { started?.kill('SIGTERM'); });

async function startEndless(runDirectory: string, end: string) {
  const starter = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'endless.ts'), runDirectory, end], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  started = starter;
  const exit = once(starter, 'exit');
  let problem = '';
  starter.stderr.on('data', chunk => { problem += chunk; });
  await Promise.race([
    once(starter.stdout, 'data'),
    exit.then(() => { throw new Error(`ministack could not be started: ${problem.trim()}`); }),
  ]);
  await until(() => processesIn(runDirectory).length >= EXPECTED_PROCESSES);
  return { starter, exit };
}

/** The kernel takes a moment to clear a killed group away. */
async function expectNobodyIn(directory: string): Promise<void> {
  await until(() => processesIn(directory).length === 0);
}

const onLinux = existsSync('/proc/self/environ') ? test : test.skip;

onLinux.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s leaves no process behind', async (signal, exitCode) => {
  const directory = makeRunDirectory('test');
  const { starter, exit } = await startEndless(directory, 'wait');

  starter.kill(signal);

  expect(await exit).toEqual([exitCode, null]);
  await expectNobodyIn(directory);
});

onLinux('an error that nobody catches leaves no process behind', async () => {
  const directory = makeRunDirectory('test');
  const { starter, exit } = await startEndless(directory, 'throw');

  starter.stdin.write('now');

  expect(await exit).toEqual([1, null]);
  await expectNobodyIn(directory);
});

onLinux('ministack ends when its starter is killed', async () => {
  const directory = makeRunDirectory('test');
  const { starter } = await startEndless(directory, 'wait');

  starter.kill('SIGKILL');

  try {
    await until(() => !processesIn(directory).some(isMinistack));
  } finally {
    processesIn(directory).forEach(
      id => process.kill(Number(id), 'SIGKILL'),
    ); // the sleepers, which do not watch their starter
  }
});

function isMinistack(id: string): boolean {
  return existsSync(`/proc/${id}/cmdline`) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('run-ministack');
}
