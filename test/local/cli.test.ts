import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChimeSDKIdentity } from '@aws-sdk/client-chime-sdk-identity';
import { ChimeSDKMessaging } from '@aws-sdk/client-chime-sdk-messaging';
import { bundleCli } from './cli-bundle';
import type { StateView } from '../../local/emulator';
import { Chat, clientConfig } from '../support/chat';
import { processor } from '../support/processors';
import { until } from '../support/until';

const LARGEST_BUNDLE = 350_000;

let folder: string;
let cli: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chime-messaging-cli-'));
  cli = bundleCli(folder, 'esm');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Exit {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: string[], file = cli): { child: ChildProcess; exit: Promise<Exit>; output: () => string } {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout!.on('data', chunk => { stdout += chunk; });
  child.stderr!.on('data', chunk => { stderr += chunk; });
  const exit = new Promise<Exit>(resolve => child.once('close', code => resolve({ code, stdout, stderr })));
  return { child, exit, output: () => stdout };
}

const run = (...args: string[]) => start(args).exit;

test('the bundle is small: it holds the clients without their chain of credentials', () => {
  expect(statSync(cli).size).toBeLessThan(LARGEST_BUNDLE);
});

test.each([[], ['--help'], ['-h']])('help: %j', async (...args) => {
  expect(await run(...args)).toEqual({
    code: 0, stdout: expect.stringContaining('usage: cdk-chime-messaging <command>'), stderr: '',
  });
});

test('help of the emulator', async () => {
  expect(await run('emulator', '--help')).toEqual({
    code: 0, stdout: expect.stringContaining('--port <port>'), stderr: '',
  });
});

test('the probe runs from the bundle', async () => {
  const { child, exit, output } = start(['emulator', '--port', '0'], bundleCli(folder, 'cjs'));
  await until(() => output().split('\n').length > 2);
  const url = /listens on (http:\/\/127\.0\.0\.1:\d+);/.exec(output())![1];
  expect(await run('probe', '--endpoint', url)).toEqual({
    code: 0, stdout: expect.stringMatching(/\n26 answered, 0 not answered/), stderr: '',
  });
  child.kill('SIGTERM');
  await exit;
});

test.each<[string[], string]>([
  [['nope'], 'unknown command "nope": use one of emulator, probe'],
  [['__proto__'], 'unknown command "__proto__": use one of emulator, probe'],
  [['emulator', '--nope'], "Unknown option '--nope' (see --help)"],
  [['emulator', 'more'], "Unexpected argument 'more' (see --help)"],
  [['emulator', '--port'], "Option '--port <value>' argument missing (see --help)"],
  [['emulator', '--port', 'abc'], '--port must be a number from 0 to 65535, got "abc"'],
  [['emulator', '--port', '65536'], '--port must be a number from 0 to 65535, got "65536"'],
  [['emulator', '--account', '12'], '--account must be 12 digits, got "12"'],
  [
    ['emulator', '--processor', 'moderate'],
    '--processor must be <function name or ARN>=<path of a module>, got "moderate"',
  ],
  [
    ['emulator', '--processor', 'moderate=/nowhere'],
    'processor moderate must be the path of a module, got /nowhere, which does not exist',
  ],
  [
    ['emulator', '--lambda-endpoint', 'here'],
    '--lambda-endpoint must be a URL such as http://127.0.0.1:4566, got "here"',
  ],
  [
    ['emulator', '--events-endpoint', 'here'],
    '--events-endpoint must be a URL such as http://127.0.0.1:4566, got "here"',
  ],
])('%j is refused in a sentence', async (args, sentence) => {
  expect(await run(...args)).toEqual({ code: 1, stdout: '', stderr: `cdk-chime-messaging: ${sentence}\n` });
});

test('a port in use is refused in a sentence', async () => {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  try {
    expect(await run('emulator', '--port', String(port))).toEqual({
      code: 1,
      stdout: '',
      stderr: `cdk-chime-messaging: port ${port} is in use: stop what listens there, or choose another with --port (0 `
        + 'picks a free one)\n',
    });
  } finally {
    server.close();
  }
});

test.each([['esm', 'SIGINT'], ['cjs', 'SIGTERM']] as const)('the emulator runs (%s) until %s', async (
  format, signal,
) => {
  const { child, exit, output } = start(
    ['emulator', '--port', '0', '--account', '123456789012'], bundleCli(folder, format),
  );
  await until(() => output().split('\n').length > 2);
  const url = /listens on (http:\/\/127\.0\.0\.1:\d+);/.exec(output())![1];
  expect(output()).toContain(
    `export AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING=${url} AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY=${url}\n`,
  );
  const state = await (await fetch(`${url}/_local/state`)).json();
  expect(state).toMatchObject({ appInstances: [], channelFlows: [] });
  child.kill(signal);
  expect(await exit).toMatchObject({ code: 0, stderr: '' });
});

test.each(['esm', 'cjs'] as const)('the emulator runs processors (%s)', async format => {
  const path = join(folder, 'processor.cjs');
  writeFileSync(path, `
    const { ChimeSDKMessaging } = require(${JSON.stringify(require.resolve('@aws-sdk/client-chime-sdk-messaging'))});
    exports.handler = ({ CallbackId, ChannelMessage: { MessageId, ChannelArn } }) =>
      new ChimeSDKMessaging({}).channelFlowCallback({
        CallbackId, ChannelArn, ChannelMessage: { MessageId, Content: 'seen' },
      });`);
  const { child, exit, output } = start(
    ['emulator', '--port', '0', '--processor', `moderate=${path}`], bundleCli(folder, format),
  );
  await until(() => output().split('\n').length > 2);
  const url = /listens on (http:\/\/127\.0\.0\.1:\d+);/.exec(output())![1];
  await sendThroughFlow(url);
  let content: string | undefined;
  const look = setInterval(async () => {
    const { messages } = await (await fetch(`${url}/_local/state`)).json() as StateView;
    content = messages[0].sent?.Content;
  }, 50);
  await until(() => content !== undefined).finally(() => clearInterval(look));
  expect(content).toBe('seen');
  child.kill('SIGTERM');
  expect((await exit).code).toBe(0);
});

async function sendThroughFlow(url: string): Promise<void> {
  const config = clientConfig({ url });
  const [identity, messaging] = [new ChimeSDKIdentity(config), new ChimeSDKMessaging(config)];
  const chat = await Chat.open({ identity, messaging });
  const channel = await chat.channel('lobby');
  await chat.associate(channel, await chat.flow('moderation', processor()));
  await messaging.sendChannelMessage({
    ChannelArn: channel, Content: 'hello', Type: 'STANDARD', Persistence: 'PERSISTENT', ChimeBearer: chat.admin,
  });
}
