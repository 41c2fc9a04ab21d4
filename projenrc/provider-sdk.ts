import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const CORE = '@smithy/core/dist-es/submodules';

/** Modules that the SDK refers to and no provider runs: each with what stands in for it. */
const STAND_INS: Record<string, string> = {
  [`${CORE}/config/node-config-provider/fromSharedConfigFiles.js`]: read('src/handlers/environment-settings.ts'),
  // Node.js has the hash itself.
  [`${CORE}/checksum/sha256/Sha256Js.js`]: 'export class Sha256Js {}',
  // Signs event streams.
  '@smithy/signature-v4/dist-es/HeaderFormatter.js': 'export class HeaderFormatter {}',
  // Wraps answers that are streams.
  [`${CORE}/serde/util-stream/sdk-stream-mixin.js`]: never('sdkStreamMixin'),
  // For the defaults mode `auto`, outside of Lambda.
  [`${CORE}/config/config-resolver/regionConfig/getInstanceMetadataRegion.js`]: never('getInstanceMetadataRegion'),
  [`${CORE}/endpoints/middleware-endpoint/service-customizations/s3.js`]:
    never('resolveParamsForS3', 'DOT_PATTERN', 'S3_HOSTNAME_PATTERN', 'isArnBucketName', 'isDnsCompatibleBucketName'),
};

/** Leaves out of the bundle what a provider never runs of the SDK. Fails when the SDK has no such module any more. */
export function onlyWhatRunsInProviders(): Plugin {
  return {
    name: 'only-what-runs-in-providers',
    setup(build) {
      const missing = new Set(Object.keys(STAND_INS));
      build.onLoad({ filter: /node_modules/ }, ({ path }) => {
        const module = path.split(/[\\/]node_modules[\\/]/).pop()!.replaceAll('\\', '/');
        if (!(module in STAND_INS)) return undefined;
        missing.delete(module);
        return { contents: STAND_INS[module], loader: 'ts', resolveDir: dirname(path) };
      });
      build.onEnd(() => ({
        errors: [...missing].map(module => ({ text: `the SDK must have ${module}, got none: look where it went, or take it out of ${resolve(__filename)}` })),
      }));
    },
  };
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

function never(...names: string[]): string {
  return names.map(name => `export function ${name}() { throw new Error('${name} is not in this bundle'); }`).join('\n');
}
