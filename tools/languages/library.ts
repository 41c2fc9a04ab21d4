import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command';
import { onlyFile } from './packing';
import { LIBRARY, ROOT, WORK } from './paths';

/** Translations of the examples in README and docstrings. */
const TRANSLATIONS = '.jsii.tabl.json';

/** What the package needs of what is compiled and bundled. */
const COMPILED = ['.jsii', TRANSLATIONS, 'lib/index.js', 'lib/lambda', 'lib/processors/word-filter'];

/**
 * Takes what npm would publish out of the repository, so that all languages are made of the same files, whatever is
 * built there meanwhile.
 */
export async function takeLibrary(): Promise<void> {
  for (const file of COMPILED) {
    if (!existsSync(join(ROOT, file))) {
      throw new Error(
        `the library must be compiled and bundled, got no ${file}: run  npx projen compile && npx projen post-compile`,
      );
    }
  }
  const packed = join(WORK, 'packed');
  for (const folder of [packed, LIBRARY]) mkdirSync(folder, { recursive: true });
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', packed], { cwd: ROOT });
  await run('tar', ['-xzf', onlyFile(packed, '.tgz'), '--strip-components=1', '-C', LIBRARY], { cwd: packed });
  // What jsii-pacmak reads beside the package.
  cpSync(join(ROOT, TRANSLATIONS), join(LIBRARY, TRANSLATIONS));
  symlinkSync(join(ROOT, 'node_modules'), join(LIBRARY, 'node_modules'));
}
