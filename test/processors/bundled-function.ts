import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** What a run of the function said, and what it threw. */
export interface Ran {
  readonly output: string;
  readonly failures: string[];
}

/** Runs each event in turn, as Lambda does in one container, with so much time for each. */
const CONTAINER = `
const [file, events, ms] = JSON.parse(process.argv[1]);
const { handler } = await import(file);
for (const event of events) {
  const ends = performance.now() + ms;
  try {
    await handler(event, { getRemainingTimeInMillis: () => ends - performance.now() });
  } catch (error) {
    process.send(error.name + ': ' + error.message);
    console.error(error);
  }
}
process.disconnect();
`;

/** Runs a function's code, as its construct put it together, in a process of its own. */
export async function runFunction(
  file: string, env: Record<string, string>, events: object[], ms = 20_000,
): Promise<Ran> {
  const argument = JSON.stringify([resolve(file), events, ms]);
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '--eval', CONTAINER, argument], {
    // Not the folder of the code: only Lambda starts there.
    cwd: '/',
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', data => { output += String(data); });
  const failures: string[] = [];
  child.on('message', failure => failures.push(String(failure)));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the function ended with ${code}: ${output}`);
  return { output, failures };
}
