import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Emulator } from '../../local/emulator';

const ENVIRONMENT = join(__dirname, '..', '..', '.venv', 'bin');

/** A program of the project's Python environment. Missing, it is an error: a conformance test is never skipped. */
export function pythonProgram(name: 'python' | 'aws'): string {
  const path = join(ENVIRONMENT, name);
  if (!existsSync(path)) throw new Error(`${path} is missing: run npm run setup:local`);
  return path;
}

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs it against the emulator, with no configuration of the user's. */
export async function runPython(program: 'python' | 'aws', args: string[], emulator?: Emulator): Promise<Run> {
  const env = {
    PATH: process.env.PATH,
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
    ...emulator && {
      AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: emulator.url,
      AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY: emulator.url,
    },
  };
  try {
    const { stdout, stderr } = await promisify(execFile)(
      pythonProgram(program), args, { env, maxBuffer: 16 * 1024 * 1024 },
    );
    return { exitCode: 0, stdout, stderr };
  } catch (error: any) {
    if (typeof error.code !== 'number') throw error;
    return { exitCode: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}
