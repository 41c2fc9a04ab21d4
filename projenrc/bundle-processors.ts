/**
 * Bundles the ready-made processors into one directory, from which each construct takes its processor and what they share.
 *
 * `npx tsx projenrc/bundle-processors.ts`; the task `bundle` does it.
 */
import { rmSync } from 'node:fs';
import { trimmedBundle } from './trimmed-bundle';
import { PATTERNS_FILE } from '../src/processors/settings';

/** Where src/private/processor-function.ts reads it; jsii writes into it as well. */
const OUT = 'lib/processors';
const SOURCE = 'src/processors';
const PROCESSORS = ['word-filter', 'pii-redactor'];

async function main(): Promise<void> {
  for (const folder of [...PROCESSORS, 'chunks']) rmSync(`${OUT}/${folder}`, { recursive: true, force: true });
  await trimmedBundle({
    entryPoints: PROCESSORS.map(name => `${SOURCE}/${name}/index.ts`),
    outdir: OUT,
    outbase: SOURCE,
    chunkNames: 'chunks/[hash]',
    outExtension: { '.js': '.mjs' },
    splitting: true,
    format: 'esm',
    target: 'node24',
    // Loaded by the SDK when asked for only: the parser of a browser's user agent, and event streams, which no call here has.
    external: ['bowser', '@smithy/core/event-streams'],
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
