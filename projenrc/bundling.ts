import { existsSync, readdirSync } from 'node:fs';
import { Component, awscdk } from 'projen';

/** Where the asset of all providers is written; src/private/provider.ts reads it there. */
const HANDLERS_OUT = 'lib/lambda';

/** Where the command line tool with the emulator is written; `bin` in package.json names it. */
const CLI_OUT = 'lib/local/cli.js';

/**
 * Bundles what jsii doesn't compile: the handlers of the custom resources, and the local tools. Both carry the SDK
 * inside, so the package has no runtime dependency.
 */
export class Bundling extends Component {
  public constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const bundle = project.addTask('bundle', {
      description: 'Bundle the handlers into one asset directory, and the local tools into one file',
    });
    bundle.exec(`rm -rf ${HANDLERS_OUT} lib/local`);
    bundle.exec(esbuild([
      ...entries('src/handlers'),
      '--format=esm --splitting --target=node24',
      '--alias:@aws-sdk/credential-provider-node=./src/handlers/environment-credentials.ts',
      `--outdir=${HANDLERS_OUT} --outbase=src/handlers --entry-names=[dir] --chunk-names=chunks/[hash]`,
      '--out-extension:.js=.mjs',
    ]));
    bundle.exec(esbuild([
      'local/cli.ts',
      '--format=cjs --target=node20',
      `--outfile=${CLI_OUT}`,
    ]));
    project.postCompileTask.spawn(bundle);
    // Tests synthesize with the real asset and run the real bundle.
    project.testTask.prependSpawn(bundle);
  }
}

function entries(folder: string): string[] {
  return readdirSync(folder)
    .map(name => `${folder}/${name}/index.ts`)
    .filter(entry => existsSync(entry))
    .sort();
}

function esbuild(options: string[]): string {
  return ['esbuild', ...options, '--bundle --minify --platform=node --legal-comments=none --log-level=warning'].join(' ');
}
