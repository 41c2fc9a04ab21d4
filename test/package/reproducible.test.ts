/** Whoever builds the same commit gets the same code: what was built here is what a build in another folder makes. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FileSystem, IgnoreMode } from 'aws-cdk-lib';
import { ROOT, tool } from './packed';

const SOURCES = ['src', 'local', 'tools', 'package.json', 'tsconfig.json', 'test/tsconfig.json'];
const BUNDLES = ['handlers', 'processor-runtime', 'processors', 'cli'];

let folder: string;

beforeAll(() => {
  mkdirSync(join(ROOT, '.local'), { recursive: true });
  folder = mkdtempSync(join(ROOT, '.local', 'reproduced-'));
  for (const source of SOURCES) cpSync(join(ROOT, source), join(folder, source), { recursive: true });
  // A way into the folder from elsewhere would be seen as another path; links to the files take no room.
  execFileSync(
    'cp', [process.platform === 'linux' ? '-al' : '-a', join(ROOT, 'node_modules'), join(folder, 'node_modules')],
  );
  for (const bundle of BUNDLES) execFileSync(tool('tsx'), [`tools/bundling/${bundle}.ts`], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As the CDK makes the hash of an asset; what jsii compiles to beside it is none of the bundles'. */
function hash(root: string, output: string): string {
  return FileSystem.fingerprint(
    join(root, 'lib', output), { exclude: ['/settings.js', '/settings.d.ts'], ignoreMode: IgnoreMode.GIT },
  );
}

test.each(['lambda', 'processor', 'processors', 'local'])('lib/%s has the same hash', output => {
  expect(hash(folder, output)).toBe(hash(ROOT, output));
});
