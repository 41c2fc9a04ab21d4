/**
 * The runtime as the package brings it to its users: bundled, with its types. `npx projen bundle` makes what is tested.
 */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { CallbackServer } from '../processor-runtime/callback-server';
import { functionEnvironment } from '../processor-runtime/fixture';

const ROOT = resolve(__dirname, '../..');
const BUNDLE = join(ROOT, 'lib/processor');
/** What the ES module shares with the ready-made processors. */
const SHARED = join(ROOT, 'lib/processors/chunks');
const LIMIT_BYTES = 90 * 1024;

/** What package.json says of the runtime. */
const ENTRIES = {
  exports: {
    './processor': {
      module: { types: './lib/processor/index.d.mts', default: './lib/processor/index.mjs' },
      import: { types: './lib/processor/index.d.mts', default: './lib/processor/index.mjs' },
      default: { types: './lib/processor/index.d.ts', default: './lib/processor/index.cjs' },
    },
  },
  typesVersions: { '*': { processor: ['lib/processor/index.d.ts'] } },
};

const AUTHOR = `
import {
  allow, channelFlowProcessor, deny, replace, type ChannelMessage, type Decision,
} from 'cdk-chime-messaging/processor';

function decide(message: ChannelMessage): Decision {
  if (message.Content.includes('forbidden')) return deny();
  return message.Novel === undefined ? allow() : replace({ content: 'changed', metadata: '' });
}

export const handler = channelFlowProcessor(async (message, { event, signal }) => {
  if (signal.aborted || event.CallbackId === '') throw new Error('unexpected');
  return decide(message);
}, { onError: 'deny' });
`;

const MISTAKES = `
import { channelFlowProcessor, replace } from 'cdk-chime-messaging/processor';
export const nothing = channelFlowProcessor(async () => {});
export const unknown = channelFlowProcessor(async () => replace({ contents: 'x' }));
export const maybe = channelFlowProcessor(async () => replace({ content: 'x' }), { onError: 'maybe' });
export const text = channelFlowProcessor(() => 'allow');
`;

let app: string;

beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), 'processor-package-'));
  const installed = join(app, 'node_modules/cdk-chime-messaging');
  mkdirSync(join(installed, 'lib'), { recursive: true });
  cpSync(BUNDLE, join(installed, 'lib/processor'), { recursive: true });
  cpSync(SHARED, join(installed, 'lib/processors/chunks'), { recursive: true });
  write(
    'node_modules/cdk-chime-messaging/package.json',
    JSON.stringify({ name: 'cdk-chime-messaging', version: '0.0.0', ...ENTRIES }),
  );
  mkdirSync(join(app, 'node_modules/@types'));
  symlinkSync(join(ROOT, 'node_modules/@types/node'), join(app, 'node_modules/@types/node'));
  symlinkSync(join(ROOT, 'node_modules/undici-types'), join(app, 'node_modules/undici-types'));
  write('package.json', '{}');
  write('handler.ts', AUTHOR);
  write('handler.mts', AUTHOR);
});
afterAll(() => rmSync(app, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(app, name)), { recursive: true });
  writeFileSync(join(app, name), text);
}

/** What tsc says; nothing when all is well. */
function tsc(...args: string[]): string {
  try {
    execFileSync(process.execPath, [
      join(ROOT, 'node_modules/typescript/bin/tsc'), '--strict', '--target', 'es2022', '--lib', 'es2022', '--types',
      'node', '--skipLibCheck', 'false', ...args,
    ], { cwd: app, encoding: 'utf8' });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describe('types', () => {
  test.each([
    ['commonjs', ['--module', 'commonjs', 'handler.ts']],
    ['commonjs with the old resolution', ['--module', 'commonjs', '--moduleResolution', 'node10', 'handler.ts']],
    ['node16', ['--module', 'node16', 'handler.ts', 'handler.mts']],
    ['nodenext', ['--module', 'nodenext', 'handler.ts', 'handler.mts']],
    ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler', 'handler.ts']],
  ])('are found under module %s', (_name, args) => {
    expect(tsc('--noEmit', ...args)).toBe('');
  });

  test('refuse what is not a decision, no replacement and no option', () => {
    write('mistakes.ts', MISTAKES);
    const lines = tsc('--noEmit', '--module', 'node16', 'mistakes.ts').match(/mistakes\.ts\(\d+/g);
    expect(lines).toEqual([3, 4, 5, 6].map(line => `mistakes.ts(${line}`));
  });

  test.each(['index', 'types', 'decision'])('of %s name no type of the SDK', name => {
    expect(readFileSync(join(BUNDLE, `${name}.d.ts`), 'utf8')).not.toMatch(/@aws-sdk|@smithy/);
  });
});

describe.each(['index.cjs', 'index.mjs'])('%s', name => {
  /** What it loads, however that is cut up. */
  const code = () =>
    [join(BUNDLE, name), join(BUNDLE, 'index.mjs'), ...readdirSync(SHARED).map(chunk => join(SHARED, chunk))]
      .map(file => readFileSync(file, 'utf8')).join('\n');

  test('is at most 90 KB zipped', () => {
    expect(gzipSync(code(), { level: 9 }).length).toBeLessThan(LIMIT_BYTES);
  });

  test('imports nothing but Node\'s own modules', () => {
    const imported = [...code().matchAll(/(?:\bfrom|\bimport\(|\brequire\()\s*["']([^"']+)["']/g)].map(
      ([, found]) => found,
    );
    expect(imported.length).toBeGreaterThan(5);
    expect(imported.filter(found => !found.startsWith('node:') && !found.startsWith('.')
      && !['crypto', 'fs', 'os', 'path', 'http', 'https', 'stream'].includes(found))).toEqual([]);
  });
});

test('jest, whose require knows no ES modules, loads the CommonJS door', () => {
  expect(Object.keys(jest.requireActual(join(BUNDLE, 'index.cjs'))).sort()).toEqual([
    'allow', 'channelFlowProcessor', 'deny', 'replace',
  ]);
});

describe('a Lambda function', () => {
  let server: CallbackServer;
  beforeAll(async () => { server = await CallbackServer.start(); });
  beforeEach(() => server.reset());
  afterAll(() => server.stop());

  /** Imports the module in a Node process of its own, as Lambda does, and invokes its handler. */
  async function run(file: string): Promise<void> {
    const invoke = `
      import(${JSON.stringify(join(app, file))}).then(async ({ handler }) => {
        const ends = Date.now() + 3000;
        const ChannelMessage = { MessageId: 'm', ChannelArn: 'arn:x', Content: 'hello', Novel: 1 };
        await handler({ EventType: 'CHANNEL_MESSAGE_EVENT', CallbackId: 'c'.repeat(32), ChannelMessage },
          { getRemainingTimeInMillis: () => ends - Date.now() });
      });`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['-e', invoke],
      { cwd: app, env: { PATH: process.env.PATH, ...functionEnvironment(server.url) } },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      level: 'INFO', messageId: 'm', decision: 'replace', answer: 'ANSWERED',
    });
    expect(server.attempts.map(({ body }) => body)).toEqual([
      { CallbackId: 'c'.repeat(32), ChannelMessage: { MessageId: 'm', Content: 'changed', Metadata: '' } },
    ]);
  }

  test('in CommonJS, not bundled', async () => {
    expect(tsc('--module', 'node16', '--outDir', 'plain', 'handler.ts')).toBe('');
    await run('plain/handler.js');
  });

  test('an ES module, not bundled', async () => {
    expect(tsc('--module', 'node16', '--outDir', 'plain', 'handler.mts')).toBe('');
    await run('plain/handler.mjs');
  });

  test.each([
    ['cjs', 'handler.ts', 'js'], ['cjs', 'handler.mts', 'cjs'], ['esm', 'handler.ts', 'mjs'],
    ['esm', 'handler.mts', 'mjs'],
  ] as const)(
    'bundled by esbuild as %s from %s', async (format, entry, extension) => {
      const outfile = `bundled-${format}-${entry}.${extension}`;
      // As NodejsFunction does it, but for the SDK, which is inside already.
      const { warnings, errors } = await build({
        entryPoints: [join(app, entry)],
        outfile: join(app, outfile),
        absWorkingDir: app,
        bundle: true,
        platform: 'node',
        target: 'node20',
        format,
        external: ['@aws-sdk/*', '@smithy/*'],
        logLevel: 'silent',
      });
      expect([warnings, errors]).toEqual([[], []]);
      await run(outfile);
    });
});
