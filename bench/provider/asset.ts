import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { Contestant } from '../contestants';
import { synthesize, templateOf } from '../synthesis/synthesis';

/** The function that handles the events of a contestant's custom resource. */
export interface ProviderCode {
  /** Its unpacked asset. */
  readonly directory: string;
  /** Path of the module, and the name of what it exports. */
  readonly module: string;
  readonly exported: string;
  readonly resourceType: string;
  /** The flow's properties, as the template has them and as it has them after a change of the name. */
  readonly properties: readonly [Record<string, unknown>, Record<string, unknown>];
}

/** Where a contestant's provider is, by its own template of work A. */
export async function providerOf(
  contestant: Contestant, runDirectory: string, appInstanceArn: string,
): Promise<ProviderCode> {
  const templates = [];
  for (const name of ['renamed', 'moderation']) {
    const { directory } = await synthesize(
      contestant, 'A', runDirectory, { BENCH_NAME: name, BENCH_APPINSTANCEARN: appInstanceArn },
    );
    templates.unshift({ directory, ...templateOf(directory) });
  }
  const [{ directory, Resources }] = templates;
  const custom = Object.keys(Resources).find(
    id => /^(Custom::|AWS::CloudFormation::CustomResource)/.test(Resources[id].Type),
  );
  if (custom === undefined) throw new Error('has no provider: CloudFormation makes the resource itself');
  let handler = Resources[Resources[custom].Properties.ServiceToken['Fn::GetAtt'][0]];
  const onEvent = handler.Properties.Environment?.Variables?.USER_ON_EVENT_FUNCTION_ARN?.['Fn::GetAtt'][0];
  if (onEvent) handler = Resources[onEvent];
  const asset = join(directory, assetOf(directory, handler.Properties.Code.S3Key));
  const [file, exported] = handler.Properties.Handler.split('.');
  const module = readdirSync(asset).find(name => new RegExp(`^${file}\\.(js|mjs|cjs)$`).test(name))!;
  const properties = templates.map(({ Resources: { [custom]: { Properties } } }) => asDelivered(Properties));
  return {
    directory: asset,
    module: join(
      asset, module,
    ),
    exported,
    resourceType: Resources[custom].Type,
    properties: [properties[0], properties[1]],
  };
}

/**
 * Bytes of all files, and of a zip archive of them: 30 and 46 bytes of headers a file, its name twice, 22 at the end.
 */
export function sizesOf(directory: string): { raw: number; zipped: number } {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(
    path => statSync(join(directory, path)).isFile(),
  );
  const contents = files.map(path => readFileSync(join(directory, path)));
  return {
    raw: contents.reduce((sum, content) => sum + content.length, 0),
    zipped: contents.reduce(
      (sum, content, index) => sum + 76 + 2 * files[index].length + deflateRawSync(content, { level: 9 }).length, 22,
    ),
  };
}

function assetOf(directory: string, key: string): string {
  const { files } = JSON.parse(readFileSync(join(directory, 'Bench.assets.json'), 'utf8'));
  return files[key.replace(/\.zip$/, '')].source.path;
}

/** As CloudFormation hands properties over: every value a string. */
function asDelivered(properties: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(
    properties, (_, value) => typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
  ));
}
