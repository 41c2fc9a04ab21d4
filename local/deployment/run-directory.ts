import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_DIRECTORY } from './project-root';

const RUNS = join(LOCAL_DIRECTORY, 'runs');

/**
 * As many of the latest runs of one name keep their logs. More than can be under way at once: those need their files.
 */
const KEPT = 20;

/**
 * Makes a new directory below `.local/runs` for the logs and temporary files of one run, and removes
 * the oldest ones of the same name.
 */
export function makeRunDirectory(name: string): string {
  mkdirSync(RUNS, { recursive: true });
  const ofThisName = readdirSync(RUNS).filter(run => run.includes(`Z-${name}-`)).sort();
  for (const old of ofThisName.slice(0, -KEPT)) {
    rmSync(join(RUNS, old), { recursive: true, force: true });
  }
  const started = new Date().toISOString().replace(/[:.]/g, '-');
  const directory = join(RUNS, `${started}-${name}-${process.pid}`);
  mkdirSync(directory);
  return directory;
}
