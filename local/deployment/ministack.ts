import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild, type Child } from './child-processes';
import { findFreePort } from './free-port';
import type { PythonEnvironment } from './python-environment';

const READY_TIMEOUT_MS = 60_000;
const READY_POLL_MS = 100;

/** A running ministack: AWS, but for Amazon Chime, on this machine. */
export interface Ministack {
  readonly url: string;
  /** Errors in its log. */
  complaints(): Promise<string[]>;
  stop(): Promise<void>;
}

export interface MinistackOptions {
  readonly python: PythonEnvironment;
  readonly runDirectory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Environment variables that every Lambda function gets beside its own. */
  readonly functionEnvironment: Readonly<Record<string, string>>;
}

/** Starts ministack on a free port of the loopback interface and waits until it answers. */
export async function startMinistack(options: MinistackOptions): Promise<Ministack> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const log = join(options.runDirectory, 'ministack.log');
  const child = startChild({
    command: options.python.python,
    args: [join(__dirname, 'run-ministack.py')],
    cwd: options.runDirectory,
    log,
    stdin: 'pipe',
    env: {
      ...options.environment,
      // The functions' processes inherit ministack's own environment.
      ...options.functionEnvironment,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      // Stands in the URLs that custom resources answer to.
      MINISTACK_HOST: '127.0.0.1',
      SFN_WAIT_SCALE: '0.02',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      TMPDIR: makeFunctionDirectory(options.runDirectory),
    },
  });
  try {
    await waitUntilReady(url, child, log);
  } catch (error) {
    await child.kill();
    throw error;
  }
  return { url, complaints: () => readErrors(log), stop: () => child.kill() };
}

/**
 * Where ministack unpacks functions. It lies below the project's root, and so functions find the AWS SDK in the
 * project's node_modules, as in Lambda's Node.js runtimes they find it beside their own code.
 */
function makeFunctionDirectory(runDirectory: string): string {
  const directory = join(runDirectory, 'functions');
  mkdirSync(directory, { recursive: true });
  return directory;
}

async function readErrors(log: string): Promise<string[]> {
  return (await readFile(log, 'utf8')).split('\n').filter(line => line.includes(' ERROR ['));
}

async function waitUntilReady(url: string, child: Child, log: string): Promise<void> {
  let exitCode: number | undefined;
  child.exit.then(code => { exitCode = code; }, () => { exitCode = -1; });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (exitCode !== undefined) {
      throw new Error(
        `ministack ended with exit code ${exitCode} instead of listening on ${url}; its output is in ${log}`,
      );
    }
    if (await fetch(`${url}/_ministack/health`).then(response => response.ok, () => false)) return;
    await sleep(READY_POLL_MS);
  }
  throw new Error(`ministack did not answer on ${url} within ${READY_TIMEOUT_MS / 1000} s; its output is in ${log}`);
}
