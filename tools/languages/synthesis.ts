import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish, run, type Finished } from './command';
import { tool } from './paths';

const STACK = 'Chat';

/** What was synthesized, as hashes. */
export interface Synthesized {
  readonly template: string;
  /** The asset manifest: hashes of all assets, that of the template among them. */
  readonly manifest: string;
  /** Assets as they lie in the assembly, by name, each with a hash over its files. */
  readonly assets: Readonly<Record<string, string>>;
}

// Version reporting writes the jsii runtime, and with it the language, into the template.
const OPTIONS = ['synth', '--quiet', '--no-version-reporting', '--no-notices', '--output', 'cdk.out'];

/** Synthesizes with the command in the project's cdk.json, or with another. */
export async function synthesize(project: string, env: NodeJS.ProcessEnv = {}, app?: string): Promise<Synthesized> {
  await run(tool('cdk'), [...OPTIONS, ...app === undefined ? [] : ['--app', app]], { cwd: project, env });
  const assembly = join(project, 'cdk.out');
  return {
    template: hashOf(join(assembly, `${STACK}.template.json`)),
    manifest: hashOf(join(assembly, `${STACK}.assets.json`)),
    assets: Object.fromEntries(readdirSync(assembly).filter(name => name.startsWith('asset.')).sort()
      .map(name => [name, hashOfFolder(join(assembly, name))])),
  };
}

/** Synthesizes with another command, which may fail. */
export function trySynthesis(project: string, app: string, env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return finish(tool('cdk'), [...OPTIONS, '--app', app], { cwd: project, env });
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function hashOfFolder(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name)).sort();
  const lines = files.map(file => `${file.slice(folder.length)} ${hashOf(file)}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}
