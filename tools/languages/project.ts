import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES, WORK } from './paths';

/** What a user's own builds leave in an example, and git doesn't know. */
const BUILT = /(^|\/)(node_modules|cdk\.out|\.venv|__pycache__|target|bin|obj|go\.sum)$/;

/** A copy of an example, for the library to be installed in. */
export function projectOf(language: string): string {
  const project = join(WORK, language);
  rmSync(project, { recursive: true, force: true });
  cpSync(join(EXAMPLES, language), project, { recursive: true, filter: source => !BUILT.test(source) });
  return project;
}
