import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where what the comparison needs is installed. */
export const BENCH = __dirname;

/** Who takes part: the id is also the name of its app's file in apps/. The first is ours. */
export const CONTESTANTS = {
  'ours': 'cdk-chime-messaging',
  'chime-resources': 'cdk-amazon-chime-resources',
  'aws-custom-resource': 'AwsCustomResource',
  'provider-framework': 'Provider framework',
  'native': 'native CfnChannelFlow',
} as const;

export type Contestant = keyof typeof CONTESTANTS;

export const ALL = Object.keys(CONTESTANTS) as Contestant[];

/** What is installed in versions that matter. */
export function versions(): Record<string, string> {
  const packages = [
    'aws-cdk-lib', 'constructs', 'cdk-amazon-chime-resources', '@aws-sdk/client-chime-sdk-messaging',
    '@aws-sdk/client-chime-sdk-identity',
  ];
  const versionOf = (folder: string): string => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  return {
    'cdk-chime-messaging': versionOf(join(BENCH, '..')),
    ...Object.fromEntries(packages.map(name => [name, versionOf(join(BENCH, 'node_modules', name))])),
    'aws-cdk': versionOf(join(BENCH, '..', 'node_modules', 'aws-cdk')),
  };
}
