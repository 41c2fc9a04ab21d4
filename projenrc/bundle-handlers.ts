/**
 * Bundles the handlers of the custom resources into the one asset directory that all providers share.
 *
 * `npx tsx projenrc/bundle-handlers.ts`; the task `bundle` does it.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { minify } from 'terser';

/** Where src/private/provider.ts reads it. */
const OUT = 'lib/lambda';
const SOURCE = 'src/handlers';

async function main(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  const { outputFiles } = await build({
    entryPoints: readdirSync(SOURCE).map(type => `${SOURCE}/${type}/index.ts`).filter(entry => existsSync(entry)),
    outdir: OUT,
    outbase: SOURCE,
    entryNames: '[dir]',
    chunkNames: 'chunks/[hash]',
    outExtension: { '.js': '.mjs' },
    write: false,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The SDK's ES modules: its CommonJS ones can't be shaken, nor loaded from an ES module.
    mainFields: ['module', 'main'],
    conditions: ['module'],
    legalComments: 'none',
    alias: { '@aws-sdk/credential-provider-node': `./${SOURCE}/environment-credentials.ts` },
    // Loaded by the SDK when asked for only: the parser of a browser's user agent, and event streams, which no call here has.
    external: ['bowser', '@smithy/core/event-streams'],
  });
  for (const { path, text } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await smaller(text));
  }
}

/** terser drops what esbuild leaves of unused modules: a tenth of the zipped size. */
async function smaller(code: string): Promise<string> {
  const { code: minified } = await minify(code, { module: true, compress: { passes: 2 } });
  return minified!;
}

void main();
