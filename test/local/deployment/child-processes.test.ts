import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeRunDirectory } from '../../../local/deployment/run-directory';

jest.setTimeout(120_000);

/** Ids of the processes whose environment names the given directory. */
function processesIn(directory: string): string[] {
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) {
      return false;
    }
    try {
      return readFileSync(`/proc/${id}/environ`, 'utf8').includes(directory);
    } catch {
      return false; // ended meanwhile, or not ours to read
    }
  });
}

async function startEndless(runDirectory: string, end: string) {
  const starter = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'endless.ts'), runDirectory, end], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(starter, 'exit');
  await once(starter.stdout, 'data');
  return { starter, exit };
}

/** The kernel takes a moment to clear a killed group away. */
async function expectNobodyIn(directory: string): Promise<void> {
  for (let attempt = 0; attempt < 50 && processesIn(directory).length > 0; attempt++) {
    await sleep(100);
  }
  expect(processesIn(directory)).toEqual([]);
}

const onLinux = existsSync('/proc/self/environ') ? test : test.skip;

onLinux.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s leaves no process behind', async (signal, exitCode) => {
  const directory = makeRunDirectory('test');
  const { starter, exit } = await startEndless(directory, 'wait');
  expect(processesIn(directory).length).toBeGreaterThanOrEqual(3);

  starter.kill(signal);

  expect(await exit).toEqual([exitCode, null]);
  await expectNobodyIn(directory);
});

onLinux('an error that nobody catches leaves no process behind', async () => {
  const directory = makeRunDirectory('test');
  const { exit } = await startEndless(directory, 'throw');

  expect(await exit).toEqual([1, null]);
  await expectNobodyIn(directory);
});

onLinux('ministack ends when its starter is killed', async () => {
  const directory = makeRunDirectory('test');
  const { starter } = await startEndless(directory, 'wait');

  starter.kill('SIGKILL');

  for (let attempt = 0; attempt < 50 && processesIn(directory).some(isMinistack); attempt++) {
    await sleep(100);
  }
  const left = processesIn(directory);
  left.forEach((id) => process.kill(Number(id), 'SIGKILL')); // the sleepers, which do not watch their starter
  expect(left.filter(isMinistack)).toEqual([]);
});

function isMinistack(id: string): boolean {
  return existsSync(`/proc/${id}/cmdline`) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('run-ministack');
}
