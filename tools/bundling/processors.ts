/**
 * Bundles the ready-made processors into one directory, from which each construct takes its processor and what they
 * share; and with them the ES module of the processors' runtime, which is most of what they share, so that the package
 * holds it once.
 *
 * `npx tsx tools/bundling/processors.ts`; the task `bundle` does it.
 */
import { rmSync } from 'node:fs';
import { NEVER_LOADED, trimmedBundle } from './trimmed-bundle';
import { PATTERNS_FILE } from '../../src/processors/settings';

/** Where src/private/processor-function.ts reads it; jsii writes into it as well. */
const OUT = 'lib/processors';
const SOURCE = 'src/processors';
/** Where `exports` of package.json points for ES modules. */
const RUNTIME_OUT = 'lib/processor';
const PROCESSORS = ['word-filter', 'pii-redactor'];

async function main(): Promise<void> {
  for (const folder of [...PROCESSORS, 'chunks']) rmSync(`${OUT}/${folder}`, { recursive: true, force: true });
  await trimmedBundle({
    entryPoints: {
      [`${RUNTIME_OUT}/index`]: 'src/processor-runtime/index.ts',
      ...Object.fromEntries(PROCESSORS.map(name => [`${OUT}/${name}/index`, `${SOURCE}/${name}/index.ts`])),
    },
    outdir: '.',
    chunkNames: `${OUT}/chunks/[hash]`,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    format: 'esm',
    // The oldest that Lambda runs and the SDK supports.
    target: 'node20',
    alias: NEVER_LOADED,
  });
  // Apart, and no ES module: the construct loads it too, to check patterns with the engine that runs them.
  await trimmedBundle({
    entryPoints: [`${SOURCE}/word-filter/patterns.ts`],
    outfile: `${OUT}/word-filter/${PATTERNS_FILE}`,
    format: 'cjs',
    target: 'node20',
  });
}

void main();
