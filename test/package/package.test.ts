import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { Packed, ROOT, tool } from './packed';

let packed: Packed;

beforeAll(() => { packed = new Packed(); });
afterAll(() => packed.remove());

describe('the npm package', () => {
  test('holds what is needed and nothing else', () => {
    const unexpected = packed.report.files.map(({ path }) => path).filter(
      path => !EXPECTED.some(pattern => pattern.test(path)),
    );
    expect(unexpected).toEqual([]);
  });

  test('is at most 400 KB in at most 120 files', () => {
    expect(packed.report.size).toBeLessThanOrEqual(400 * 1024);
    expect(packed.report.files.length).toBeLessThanOrEqual(120);
  });

  test('carries no source map', () => {
    const project = packed.project();
    const installed = join(project, 'node_modules', 'cdk-chime-messaging');
    const mapped = readdirSync(installed, { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.js') && readFileSync(join(installed, path), 'utf8').includes('sourceMappingURL'));
    expect(mapped).toEqual([]);
  });

  test('has no dependency but its peers, and no script that runs on installation', () => {
    const { dependencies, bundledDependencies, peerDependencies, scripts = {} } = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    );
    expect({ dependencies, bundledDependencies }).toEqual({});
    expect(Object.keys(peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
    expect(Object.keys(scripts).filter(name => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  });

  test('tells jsii of no command: Python would install a wrapper that can\'t run', () => {
    expect(JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'))).not.toHaveProperty('bin');
  });
});

describe('the asset of the providers', () => {
  const asset = join(ROOT, 'lib', 'lambda');
  const load = `
    const handlers = Object.entries(require(${JSON.stringify(join(asset, 'index.js'))}));
    console.log(JSON.stringify(handlers.map(([name, { length }]) => [name, length])));`;

  test('is one file of at most 70 KB zipped', () => {
    expect(readdirSync(asset, { recursive: true })).toEqual(['index.js']);
    // A zip archive: 30 and 46 bytes of headers a file, its name twice, 22 at the end.
    const zipped = 76 + 2 * 'index.js'.length
      + deflateRawSync(readFileSync(join(asset, 'index.js')), { level: 9 }).length + 22;
    expect(zipped).toBeLessThanOrEqual(70_000);
  });

  test('loads, and exports a handler of event and context for every resource type', () => {
    const folders = readdirSync(join(ROOT, 'src', 'handlers')).filter(
      folder => existsSync(join(ROOT, 'src', 'handlers', folder, 'properties.ts')),
    );
    const handlers = JSON.parse(
      execFileSync(process.execPath, ['-e', load], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    expect(handlers).toEqual(folders.map(folder => [folder.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()), 2]));
  });

  test('loads no fetch, no WebSocket and no browser', () => {
    const loaded = execFileSync(
      process.execPath,
      ['-e', `require(${JSON.stringify(join(asset, 'index.js'))}); console.log(process.moduleLoadList.join('\\n'))`],
      { encoding: 'utf8' },
    );
    expect(loaded).toMatch(/NativeModule https/);
    expect(loaded).not.toMatch(/undici/);
  });
});

describe('a project that installed it', () => {
  const APP = `
import { App, Stack } from 'aws-cdk-lib';
import { TaggedAppInstance } from 'cdk-chime-messaging';

const stack = new Stack(new App(), 'Chat', { env: { region: 'us-east-1', account: '123456789012' } });
new TaggedAppInstance(stack, 'Chat');
console.log(JSON.stringify((App.of(stack) as App).synth().getStackByName('Chat').template));
`;

  test.each([
    ['commonjs', { module: 'commonjs', moduleResolution: 'node10' }],
    ['node16', { module: 'node16', moduleResolution: 'node16' }],
    ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
  ])('compiles under module %s', (_, options) => {
    const project = packed.project();
    writeFileSync(join(project, 'app.ts'), APP);
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({
      compilerOptions: { ...options, strict: true, noEmit: true, target: 'es2022', types: ['node'] }, files: ['app.ts'],
    }));
    const { status, stdout } = spawnSync(tool('tsc'), ['--project', project], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  test('synthesizes from any working directory, bundled code included', () => {
    const project = packed.project();
    writeFileSync(join(project, 'app.ts'), APP);
    execFileSync(tool('esbuild'), [
      'app.ts', '--bundle', '--platform=node', '--external:aws-cdk-lib', '--external:cdk-chime-messaging',
      '--outfile=app.js', '--log-level=error',
    ], { cwd: project });
    const elsewhere = join(project, 'else', 'where');
    mkdirSync(elsewhere, { recursive: true });
    const template = JSON.parse(
      execFileSync(process.execPath, [join(project, 'app.js')], { cwd: elsewhere, encoding: 'utf8' }),
    );
    const types = Object.values(template.Resources as Record<string, { Type: string }>).map(({ Type }) => Type).sort();
    expect(types).toEqual([
      'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'Custom::ChimeMessagingAppInstance',
    ]);
  });

  test('starts the emulator', async () => {
    const cli = join(packed.project(), 'node_modules', 'cdk-chime-messaging', 'lib', 'local', 'cli.js');
    const emulator = spawn(process.execPath, [cli, 'emulator', '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [printed] = await new Promise<Buffer[]>(
        resolve => emulator.stdout.once('data', (...data) => resolve(data)),
      );
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed.toString())!;
      expect(await (await fetch(`${url}/_local/state`)).json()).toMatchObject({ appInstances: [], channelFlows: [] });
    } finally {
      emulator.kill();
    }
  });
});

test('API.md is what jsii-docgen makes of the API', () => {
  const made = join(packed.folder, 'API.md');
  execFileSync(tool('jsii-docgen'), ['-o', made], { cwd: ROOT, stdio: 'pipe' });
  expect(readFileSync(join(ROOT, 'API.md'), 'utf8') === readFileSync(made, 'utf8')).toBe(true);
});

const EXPECTED = [
  /^(CHANGELOG|README)\.md$/,
  /^(LICENSE|NOTICE)$/,
  /^package\.json$/,
  /^\.jsii$/,
  /^\.warnings\.jsii\.js$/,
  /^rosetta\/default\.ts-fixture$/,
  /^lib\/[a-z-]+\.(js|d\.ts)$/,
  /^lib\/private\/[a-z-]+\.(js|d\.ts)$/,
  /^lib\/handlers\/[a-z-]+\/properties\.(js|d\.ts)$/,
  /^lib\/handlers\/tags\/tag-property\.(js|d\.ts)$/,
  /^lib\/lambda\/index\.js$/,
  /^lib\/local\/cli\.js$/,
  /^lib\/processor\/[a-z-]+\.(d\.ts|d\.mts|mjs|cjs)$/,
  /^lib\/processors\/(settings\.(js|d\.ts)|[a-z-]+\/[a-z-]+\.(mjs|cjs)|chunks\/[A-Z0-9]+\.mjs)$/,
];
