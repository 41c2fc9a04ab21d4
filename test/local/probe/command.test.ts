import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectTo } from './laboratory';
import { DEFAULT_BEHAVIOUR, Emulator, startEmulator } from '../../../local/emulator';
import { PROBE_NAME_PREFIX, PROBE_TAG, runMarker } from '../../../local/probe/marker';
import { bundleCli } from '../cli-bundle';

let emulator: Emulator;
let folder: string;
let cli: string;

beforeAll(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(tmpdir(), 'chime-probe-'));
  cli = bundleCli(folder, 'cjs');
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Exit {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command, with nothing of this machine's AWS configuration. */
function start(args: string[], environment: Record<string, string> = {}): { child: ChildProcess; exit: Promise<Exit> } {
  const child = spawn(process.execPath, [cli, 'probe', ...args], {
    env: { PATH: folder, HOME: folder, ...environment }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout!.on('data', chunk => { stdout += chunk; });
  child.stderr!.on('data', chunk => { stderr += chunk; });
  return { child, exit: new Promise(resolve => child.once('close', code => resolve({ code, stdout, stderr }))) };
}

const run = (args: string[], environment?: Record<string, string>) => start(args, environment).exit;
const atEmulator = () => ['--endpoint', emulator.url, '--patience', '2'];
const refusal = (sentence: string) => ({ code: 1, stdout: '', stderr: `cdk-chime-messaging: ${sentence}\n` });

/** Starts the command against a slow emulator, and returns when it is in the middle of its questions. */
async function inTheMiddle() {
  emulator.setBehaviour({ latencyMs: 20 });
  const started = start(atEmulator());
  for (let waited = 0; emulator.state().associations.length < 2; waited += 10) {
    if (waited > 20_000) throw new Error('the probe did not begin within 20 s');
    await sleep(10);
  }
  return started;
}

test('it prints a table, and writes JSON that the emulator takes', async () => {
  emulator.setBehaviour({ associateOverExisting: 'conflict', missingFlow: 'forbidden' });
  const json = join(folder, 'answers.json');
  const { code, stdout, stderr } = await run([...atEmulator(), '--json', json]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Question +Answer +Evidence\n/);
  expect(stdout).toMatch(
    /\nassociating a channel that has another flow +conflict +AssociateChannelFlow 409 Conflict\n/,
  );
  expect(stdout).toMatch(/\n26 answered, 0 not answered, 6 not asked\n$/);
  emulator.reset();
  const response = await fetch(`${emulator.url}/_local/behaviour`, { method: 'PUT', body: readFileSync(json, 'utf8') });
  expect(await response.json()).toEqual({
    ...DEFAULT_BEHAVIOUR, associateOverExisting: 'conflict', missingFlow: 'forbidden',
  });
  expect(JSON.parse(readFileSync(json, 'utf8'))['//']).toMatchObject({
    region: 'us-east-1',
    endpoint: emulator.url,
    questions: expect.arrayContaining([{
      switch: 'missingFlow',
      question: 'operations on a channel flow that is gone',
      kind: 'answered',
      answer: 'forbidden',
      evidence: [
        'DescribeChannelFlow 403 Forbidden', 'DeleteChannelFlow 403 Forbidden',
        'ListChannelsAssociatedWithChannelFlow 403 Forbidden',
      ],
    }]),
  });
});

test('it finds the emulator by the environment', async () => {
  const { code } = await run(['--region', 'eu-central-1'], {
    AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: emulator.url, AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY: emulator.url,
  });
  expect(code).toBe(0);
  expect(emulator.calls().length).toBeGreaterThan(100);
});

test.each([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const)(
  '%s ends it after it has removed what it made',
  async (signal, code) => {
    const { child, exit } = await inTheMiddle();
    child.kill(signal);
    expect(await exit).toMatchObject({ code, stderr: `cdk-chime-messaging: stopped by ${signal}\n` });
    expect(emulator.state().appInstances).toEqual([]);
  },
);

test('what was killed leaves something, which the next probe removes before it asks', async () => {
  const { child, exit } = await inTheMiddle();
  child.kill('SIGKILL');
  await exit;
  const [left] = emulator.state().appInstances;
  emulator.setBehaviour({ latencyMs: 0, deleteAppInstanceWithFlows: 'conflict' });
  const before = emulator.calls().length;
  expect(await run(atEmulator())).toMatchObject({
    code: 0, stderr: 'Removed 1 app instance(s) that an earlier probe left.\n',
  });
  expect(emulator.state()).toMatchObject({ appInstances: [], channelFlows: [] });
  const calls = emulator.calls().slice(before);
  const removed = calls.findIndex(({ operation, input, status }) =>
    operation === 'DeleteAppInstance' && input.AppInstanceArn === left.AppInstanceArn && status === 204);
  expect(removed).toBeGreaterThan(0);
  expect(removed).toBeLessThan(calls.findIndex(({ operation }) => operation === 'CreateAppInstance'));
});

test('a second Ctrl-C does not wait for the removal', async () => {
  const { child, exit } = await inTheMiddle();
  emulator.setBehaviour({ latencyMs: 2_000 });
  child.kill('SIGINT');
  await sleep(100);
  child.kill('SIGINT');
  expect(await exit).toMatchObject({ code: 130, stderr: expect.stringContaining('is removed by the next probe') });
});

test('when nobody reads what it prints, it removes what it made', async () => {
  const { child, exit } = await inTheMiddle();
  child.stdout!.destroy();
  expect(await exit).toMatchObject({
    code: 1, stderr: 'cdk-chime-messaging: stopped because nobody reads the output\n',
  });
  expect(emulator.state().appInstances).toEqual([]);
});

test('a file that can\'t be written is said after the table, and nothing is left', async () => {
  expect(await run([...atEmulator(), '--json', join(folder, 'nowhere', 'answers.json')])).toMatchObject({
    code: 1,
    stdout: expect.stringContaining(
      '26 answered',
    ),
    stderr: expect.stringMatching(/^cdk-chime-messaging: ENOENT: .*answers\.json'\n$/),
  });
  expect(emulator.state().appInstances).toEqual([]);
});

test('foreign app instances are left as they are', async () => {
  const { identity } = connectTo(emulator);
  const tag = (Value: string) => [{ Key: PROBE_TAG, Value }];
  const foreign = [
    { Name: 'support' },
    { Name: `${PROBE_NAME_PREFIX}of-somebody` },
    { Name: `${PROBE_NAME_PREFIX}of-somebody`, Tags: [{ Key: 'stage', Value: 'production' }] },
    { Name: 'support', Tags: tag(runMarker(2 ** 30, 0)) },
    // Of a probe that is at work on this machine, and of one on another.
    { Name: `${PROBE_NAME_PREFIX}here`, Tags: tag(runMarker(process.pid)) },
    { Name: `${PROBE_NAME_PREFIX}there`, Tags: tag(`elsewhere.1.${Date.now()}`) },
  ];
  const arns = await Promise.all(foreign.map(async input => (await identity.createAppInstance(input)).AppInstanceArn!));
  await identity.createAppInstance({ Name: `${PROBE_NAME_PREFIX}left`, Tags: tag(runMarker(2 ** 30)) });
  await identity.createAppInstance({
    Name: `${PROBE_NAME_PREFIX}left-there`, Tags: tag(`elsewhere.1.${Date.now() - 2 * 3_600_000}`),
  });
  const before = emulator.calls().length;
  const { code, stderr } = await run(atEmulator());
  expect(code).toBe(0);
  expect(stderr).toContain('Removed 2 app instance(s) that an earlier probe left.\n');
  expect(stderr).toContain(`Another probe may be at work with ${arns[4]}: it is left alone for an hour.\n`);
  expect(emulator.state().appInstances.map(({ AppInstanceArn }) => AppInstanceArn).sort()).toEqual([...arns].sort());
  const touched = emulator.calls().slice(before).filter(({ input, operation }) =>
    operation !== 'ListTagsForResource' && arns.some(arn => JSON.stringify(input).includes(arn)));
  expect(touched).toEqual([]);
});

test('what can\'t be removed is named, with the way to do it', async () => {
  emulator.setBehaviour({ faults: [{ operation: 'DeleteAppInstance', call: 3, times: 1_000, error: 'AccessDenied' }] });
  const { code, stderr } = await run(atEmulator());
  expect(code).toBe(1);
  const [left] = emulator.state().appInstances;
  expect(stderr).toMatch(/^cdk-chime-messaging: could not remove arn:/m);
  expect(stderr).toContain(`${left.AppInstanceArn} (User: `);
  expect(stderr).toContain('): the next probe tries again, or run aws chime-sdk-identity delete-app-instance\n');
});

test('an answer of creation that got lost does not leave an app instance', async () => {
  emulator.setBehaviour({
    repeatedToken: 'conflict', faults: [{ operation: 'CreateAppInstance', error: 'lost-answer' }],
  });
  expect(await run(atEmulator())).toMatchObject({
    code: 1, stderr: expect.stringContaining('answered 409 ConflictException'),
  });
  expect(emulator.state().appInstances).toEqual([]);
});

describe('a real account', () => {
  const real = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

  test('is not asked without a terminal', async () => {
    expect(await run([], real)).toEqual(refusal(
      'not asking the real service at https://messaging-chime.us-east-1.amazonaws.com unless told to: add --yes, or '
        + 'run the probe in a terminal',
    ));
  });

  test('is nothing that an address which only looks local gets around', async () => {
    expect((await run(['--endpoint', 'http://127.0.0.1.example.com'], real)).stderr).toContain(
      'not asking the real service',
    );
  });

  test('must have credentials', async () => {
    const { code, stderr } = await run(['--yes']);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'cdk-chime-messaging: no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with the AWS '
        + 'CLI and name the '
      + 'profile by AWS_PROFILE (aws configure export-credentials --format process: there is no AWS CLI)\n');
  });
});

test.each<[string[], Record<string, string>, string]>([
  [['--nope'], {}, "Unknown option '--nope' (see --help)"],
  [['--region', 'eu-west-1'], {}, 'the service is in us-east-1 and eu-central-1 only, got "eu-west-1" from --region'],
  [['--endpoint', 'http://127.0.0.1:1', '--patience', '1'], {},
    'the service at http://127.0.0.1:1 does not answer: connect ECONNREFUSED 127.0.0.1:1'],
])('%j is refused in a sentence', async (args, environment, sentence) => {
  expect(await run(args, environment)).toEqual(refusal(sentence));
});

test('its help and its function are printed', async () => {
  expect(await run(['--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('--lambda-arn <arn>') });
  const { stdout } = await run(['--print-function']);
  expect(stdout).toContain('export async function handler(');
});
