import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build, type BuildOptions, type OutputFile } from 'esbuild';
import { recordBundled } from './notice';
import './readable-files';

/**
 * Loaded by the SDK when asked for only: the parser of a browser's user agent, and event streams, which no call here
 * has. An import left to the runtime would fail an author's own bundling.
 */
export const NEVER_LOADED = Object.fromEntries(
  ['bowser', '@smithy/core/event-streams'].map(name => [name, './src/processor-runtime/never-loaded.ts']),
);

/** Bundles Lambda code with its part of the SDK, as small as it gets: what loads sooner answers sooner. */
export async function trimmedBundle(options: BuildOptions & { readonly format: 'esm' | 'cjs' }): Promise<void> {
  const { outputFiles, metafile } = await build({
    write: false,
    bundle: true,
    minify: true,
    platform: 'node',
    // The SDK's ES modules: its CommonJS ones can't be shaken, nor loaded from an ES module.
    mainFields: ['module', 'main'],
    conditions: ['module'],
    legalComments: 'none',
    ...options,
    metafile: true,
    alias: { '@aws-sdk/credential-provider-node': './src/lambda-environment/credentials.ts', ...options.alias },
  });
  for (const { path, text } of outputFiles as OutputFile[]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await smaller(text, options.format));
  }
  recordBundled(options.outfile ?? options.outdir!, metafile!);
}

/** terser drops what esbuild leaves of unused modules: a tenth of the zipped size. */
async function smaller(code: string, format: 'esm' | 'cjs'): Promise<string> {
  // Its types are those of an ES module.
  const { minify } = await import('terser');
  const { code: minified } = await minify(code, {
    module: format === 'esm',
    toplevel: true,
    compress: { passes: 2 },
    // One dash in a message, and V8 reads and keeps all of the code in two bytes a character.
    format: { ascii_only: true },
  });
  return minified!;
}
