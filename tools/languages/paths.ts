import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

/** Made anew by each run. */
export const WORK = join(ROOT, '.local', 'languages');

/** The library as it was when the run began. */
export const LIBRARY = join(WORK, 'library');

export const EXAMPLES = join(ROOT, 'examples', 'languages');

export const BAD_INPUT = join(__dirname, 'bad-input');

/** A command of the repository's own dependencies. */
export function tool(name: string): string {
  return join(ROOT, 'node_modules', '.bin', name);
}
