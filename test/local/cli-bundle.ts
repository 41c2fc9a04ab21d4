import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** Bundles the command line as the package does; `module` first, or far more of the SDK comes along. */
export function bundleCli(folder: string, format: 'esm' | 'cjs'): string {
  const file = join(folder, `cli.${format === 'esm' ? 'mjs' : 'cjs'}`);
  execFileSync(join(ROOT, 'node_modules', '.bin', 'esbuild'), [
    'local/cli.ts', '--bundle', '--platform=node', '--minify', `--format=${format}`, '--main-fields=module,main',
    '--alias:@aws-sdk/credential-provider-node=./local/probe/credentials.ts', '--external:bowser',
    '--external:@smithy/core/event-streams',
    `--outfile=${file}`, '--log-level=warning',
  ], { cwd: ROOT });
  return file;
}
