/**
 * Bundles the handlers of the custom resources into the one file of the asset that all providers share.
 *
 * `npx tsx tools/bundling/handlers.ts`; the task `bundle` does it.
 */
import { rmSync } from 'node:fs';
import { onlyWhatRunsInProviders } from './provider-sdk';
import { NEVER_LOADED, trimmedBundle } from './trimmed-bundle';

/** Where src/private/provider.ts reads it. */
const OUT = 'lib/lambda';

async function main(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  await trimmedBundle({
    entryPoints: ['src/handlers/index.ts'],
    outfile: `${OUT}/index.js`,
    // An ES module's `import 'node:http'` reads all that it exports, and so loads Node's WebSocket and fetch: half the
    // time to load.
    format: 'cjs',
    supported: { 'dynamic-import': false },
    target: 'node24',
    alias: NEVER_LOADED,
    plugins: [onlyWhatRunsInProviders()],
  });
}

void main();
