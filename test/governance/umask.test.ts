/** Hardened machines have a umask that closes new files to others, and Lambda is such an other. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** Modes of what is below the folder, and its own. */
function modesOf(folder: string): Record<string, string> {
  const paths = [
    folder, ...(readdirSync(folder, { recursive: true, encoding: 'utf8' })).map(path => join(folder, path)),
  ];
  return Object.fromEntries(paths.map(path => [relative(folder, path), (statSync(path).mode % 0o1000).toString(8)]));
}

const expected = (folder: string) => Object.fromEntries(Object.keys(modesOf(folder))
  .map(path => [path, statSync(join(folder, path)).isDirectory() ? '755' : '644']));

/** What new folders and files get under these. */
const MODES: Record<number, { readonly folder: number; readonly file: number }> = {
  0o002: { folder: 0o775, file: 0o664 },
  0o022: { folder: 0o755, file: 0o644 },
  0o027: { folder: 0o750, file: 0o640 },
  0o077: { folder: 0o700, file: 0o600 },
};

let home: string;

/** The library and its bundles, as they are where they were installed under this umask. */
function install(umask: number): string {
  home = mkdtempSync(join(tmpdir(), 'umask-'));
  for (const part of [
    'src', 'lib', 'test/governance/every-construct.ts', 'test/fixture.ts', 'test/tsconfig.json', 'package.json',
    'tsconfig.json',
  ]) {
    cpSync(join(ROOT, part), join(home, part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
  for (const path of readdirSync(join(home, 'lib'), { recursive: true, encoding: 'utf8' })) {
    const at = join(home, 'lib', path);
    chmodSync(at, MODES[umask][statSync(at).isDirectory() ? 'folder' : 'file']);
  }
  return home;
}

afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The assets of every construct, synthesized twice under the umask; their folders. */
function assetsUnder(umask: number, context: Record<string, unknown> = {}): string[] {
  const directory = install(umask);
  const outdir = join(directory, 'cdk.out');
  const script = `
    process.umask(${umask});
    const { App, Stack } = require('aws-cdk-lib');
    const { everyConstruct } = require('./test/governance/every-construct');
    const app = new App({ outdir: ${JSON.stringify(outdir)}, context: ${JSON.stringify(context)} });
    const env = { region: 'us-east-1', account: '111111111111' };
    for (const id of ['One', 'Two']) everyConstruct(new Stack(app, id, { env }));
    app.synth();
    const staged = app.node.findAll().map(node => node.absoluteStagedPath).filter(path => path);
    console.log(JSON.stringify(staged));
  `;
  const said = execFileSync(
    process.execPath,
    ['--import', 'tsx', '-e', script],
    { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return [...new Set(JSON.parse(said.trim().split('\n').at(-1)!) as string[])];
}

test.each(Object.keys(MODES).map(Number))('every asset can be read by everybody under umask %d (decimal)', umask => {
  const assets = assetsUnder(umask);
  // Providers, word lists, redactor.
  expect(assets).toHaveLength(3);
  for (const asset of assets) {
    expect(modesOf(asset)).toEqual(expected(asset));
    expect(Object.values(modesOf(asset))).toContain('644');
  }
});

test('where assets are read in place, the word list, which synthesis writes, can be read too', () => {
  const written = assetsUnder(0o077, { 'aws:cdk:disable-asset-staging': true }).filter(path => path.startsWith(home));
  const [list, ...others] = written.filter(path => !path.startsWith(join(home, 'lib')));
  expect(others).toEqual([]);
  expect(modesOf(list)).toEqual(expected(list));
});

test('bundles are written such that everybody can read them, whatever the umask', () => {
  const directory = install(0o077);
  for (const part of ['tools', 'local', 'src', '.projen']) {
    cpSync(join(ROOT, part), join(directory, part), { recursive: true });
  }
  rmSync(join(directory, 'lib'), { recursive: true });
  const scripts = ['handlers', 'processor-runtime', 'processors', 'cli'].map(name => `./tools/bundling/${name}.ts`);
  for (const script of scripts) {
    execFileSync(
      process.execPath,
      ['--import', 'tsx', '-e', `process.umask(0o077); require(${JSON.stringify(script)})`],
      { cwd: directory, stdio: 'inherit' },
    );
  }
  expect(readdirSync(join(directory, 'lib')).sort()).toEqual(['lambda', 'local', 'processor', 'processors']);
  expect(modesOf(join(directory, 'lib'))).toEqual(expected(join(directory, 'lib')));
}, 120_000);
