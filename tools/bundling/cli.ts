/**
 * Bundles the command line tool, with the emulator and the probe, into one file; `bin` in package.json names it.
 *
 * `npx tsx tools/bundling/cli.ts`; the task `bundle` does it.
 */
import { NEVER_LOADED, trimmedBundle } from './trimmed-bundle';

void trimmedBundle({
  entryPoints: ['local/cli.ts'],
  outfile: 'lib/local/cli.js',
  format: 'cjs',
  target: 'node20',
  alias: { '@aws-sdk/credential-provider-node': './local/probe/credentials.ts', ...NEVER_LOADED },
});
