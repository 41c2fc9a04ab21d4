import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_DIRECTORY } from './project-root';

const RUNS = join(LOCAL_DIRECTORY, 'runs');

/** As many of the latest runs keep their logs. */
const KEPT = 10;

/** Makes a new directory below `.local/runs` for the logs and temporary files of one run, and removes the oldest ones. */
export function makeRunDirectory(name: string): string {
  mkdirSync(RUNS, { recursive: true });
  for (const old of readdirSync(RUNS).sort().slice(0, -KEPT)) {
    rmSync(join(RUNS, old), { recursive: true, force: true });
  }
  const started = new Date().toISOString().replace(/[:.]/g, '-');
  const directory = join(RUNS, `${started}-${name}-${process.pid}`);
  mkdirSync(directory);
  return directory;
}
