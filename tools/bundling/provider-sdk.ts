import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const CORE = '@smithy/core/dist-es/submodules';

/** Modules that the SDK refers to and no provider runs: each with what stands in for it. */
const STAND_INS: Record<string, string> = {
  [`${CORE}/config/node-config-provider/configLoader.js`]: read('src/lambda-environment/settings.ts'),
  // Node.js has the hash itself.
  [`${CORE}/checksum/sha256/Sha256Js.js`]: 'export class Sha256Js {}',
  // The browser's `crypto`, which Node loads when it is first named, makes the same.
  [`${CORE}/serde/uuid/v4.js`]: "import { randomUUID } from 'node:crypto'; export const bindV4 = () => randomUUID;",
  // Signs event streams.
  '@smithy/signature-v4/dist-es/HeaderFormatter.js': 'export class HeaderFormatter {}',
  // Wraps answers that are streams.
  [`${CORE}/serde/util-stream/sdk-stream-mixin.js`]: never('sdkStreamMixin'),
  // Node's bodies are none of the browser's, and whoever asks loads those first.
  [`${CORE}/serde/util-stream/stream-type-check.js`]: 'export const isReadableStream = () => false; export const '
    + 'isBlob = () => false;',
  // Whether the request's body is a stream.
  [`${CORE}/retry/middleware-retry/isStreamingPayload/isStreamingPayload.js`]: 'export const isStreamingPayload = () '
    + '=> false;',
  // The library paces and repeats its calls itself.
  [`${CORE}/retry/util-retry/AdaptiveRetryStrategy.js`]: 'export class AdaptiveRetryStrategy {}',
  [`${CORE}/retry/util-retry/DefaultRateLimiter.js`]: 'export class DefaultRateLimiter {}',
  [`${CORE}/retry/util-retry/StandardRetryStrategy.js`]: `export class StandardRetryStrategy {
    mode = 'standard';
    async acquireInitialRetryToken() {
      return { getRetryCount: () => 0, getRetryDelay: () => 0, getRetryCost: () => undefined };
    }
    async refreshRetryTokenForRetry() { throw new Error('one attempt'); }
    recordSuccess() {}
  }`,
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
        errors: [...missing].map(module => ({
          text: `the SDK must have ${module}, got none: look where it went, or take it out of ${resolve(__filename)}`,
        })),
      }));
    },
  };
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

function never(...names: string[]): string {
  return names.map(name => `export function ${name}() { throw new Error('${name} is not in this bundle'); }`).join(
    '\n',
  );
}
