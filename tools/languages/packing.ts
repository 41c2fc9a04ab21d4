import { mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from './command';
import { LIBRARY, tool, WORK } from './paths';

export type Target = 'js' | 'python' | 'java' | 'go' | 'dotnet';

/** Where pacmak leaves what it makes, a folder a target. */
const DIST = join(WORK, 'dist');

/** Where a user's Maven keeps what it has downloaded. */
export const MAVEN_REPOSITORY = join(homedir(), '.m2', 'repository');

/** Packs the library for one language as a release does; answers the folder with the result. */
export async function pack(
  target: Target, { codeOnly = false, library = LIBRARY, dist = DIST } = {},
): Promise<string> {
  mkdirSync(dist, { recursive: true });
  await run(tool('jsii-pacmak'), [
    '--targets', target,
    '--outdir', dist,
    // Else Maven downloads its plugins anew, into a folder that pacmak removes.
    '--maven-local-repository', MAVEN_REPOSITORY,
    ...codeOnly ? ['--code-only'] : [],
  ], { cwd: library });
  return join(dist, target);
}

/** The one file in a folder whose name ends so. */
export function onlyFile(folder: string, ending: string): string {
  const found = readdirSync(folder).filter(name => name.endsWith(ending));
  if (found.length !== 1) {
    throw new Error(`${folder} must hold one *${ending}, got ${found.join(', ') || 'none'}: see what jsii-pacmak made`);
  }
  return join(folder, found[0]);
}
