/**
 * Bundles the handlers of the custom resources into the one asset directory that all providers share.
 *
 * `npx tsx projenrc/bundle-handlers.ts`; the task `bundle` does it.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { trimmedBundle } from './trimmed-bundle';

/** Where src/private/provider.ts reads it. */
const OUT = 'lib/lambda';
const SOURCE = 'src/handlers';

async function main(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  await trimmedBundle({
    entryPoints: readdirSync(SOURCE).map(type => `${SOURCE}/${type}/index.ts`).filter(entry => existsSync(entry)),
    outdir: OUT,
    outbase: SOURCE,
    entryNames: '[dir]',
    chunkNames: 'chunks/[hash]',
    outExtension: { '.js': '.mjs' },
    splitting: true,
    format: 'esm',
    target: 'node24',
    // Loaded by the SDK when asked for only: the parser of a browser's user agent, and event streams, which no call here has.
    external: ['bowser', '@smithy/core/event-streams'],
  });
}

void main();
