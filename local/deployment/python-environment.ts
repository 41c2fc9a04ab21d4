import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withLockFile } from './lock-file';
import { PrerequisiteError } from './prerequisite-error';
import { LOCAL_DIRECTORY, PROJECT_ROOT } from './project-root';

const run = promisify(execFile);

/** ministack's own lower bound. */
const MINIMUM_PYTHON = [3, 10] as const;

const REQUIREMENTS = join(__dirname, 'requirements.txt');
const ENVIRONMENT = join(PROJECT_ROOT, '.venv');
const STAMP = join(ENVIRONMENT, 'requirements.sha256');
const LOG = join(LOCAL_DIRECTORY, 'python-environment.log');

/** The project's own Python environment, with everything of requirements.txt in it. */
export interface PythonEnvironment {
  /** The environment's interpreter. */
  readonly python: string;
  /** Whether it had to be made, which takes a while. */
  readonly created: boolean;
}

/** Makes `.venv` unless it is there and holds what requirements.txt asks for. */
export async function ensurePythonEnvironment(): Promise<PythonEnvironment> {
  return withLockFile(join(LOCAL_DIRECTORY, 'python-environment.lock'), async () => {
    const python = join(ENVIRONMENT, 'bin', 'python');
    const wanted = createHash('sha256').update(await readFile(REQUIREMENTS)).digest('hex');
    if (await readFile(STAMP, 'utf8').catch(() => '') === wanted && await works(python)) {
      return { python, created: false };
    }
    const interpreter = await findInterpreter();
    await rm(ENVIRONMENT, { recursive: true, force: true });
    await run(interpreter, ['-m', 'venv', ENVIRONMENT]).catch(error => {
      throw new PrerequisiteError(`${interpreter} can't make a virtual environment: ${lastLine(error)}; on Debian and `
        + 'Ubuntu install python3-venv');
    });
    await installRequirements(python);
    // Last, so that an interrupted installation is done again.
    await writeFile(STAMP, wanted);
    return { python, created: true };
  });
}

async function installRequirements(python: string): Promise<void> {
  const pip = run(
    python,
    [
      '-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--require-hashes', '--only-binary', ':all:',
      '-r', REQUIREMENTS,
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  try {
    await writeFile(LOG, (await pip).stdout);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    await writeFile(LOG, stdout + stderr);
    throw new PrerequisiteError(
      `pip can't install local/deployment/requirements.txt: ${lastLine(error)}; its output is in ${LOG}`,
    );
  }
}

/** `PYTHON` if it is set, else the first interpreter on the path that is new enough. */
async function findInterpreter(): Promise<string> {
  const candidates = process.env.PYTHON ? [process.env.PYTHON] : ['python3', 'python'];
  const found: string[] = [];
  for (const candidate of candidates) {
    const version = await versionOf(candidate);
    if (version && isNewEnough(version)) return candidate;
    found.push(`${candidate} is ${version ?? 'not there'}`);
  }
  throw new PrerequisiteError(`the local deployment needs Python ${MINIMUM_PYTHON.join('.')} or newer, but `
    + `${found.join(' and ')}; install it, or name one in the environment variable PYTHON`);
}

async function versionOf(interpreter: string): Promise<string | undefined> {
  const { stdout } = await run(interpreter, ['-c', 'import platform; print(platform.python_version())']).catch(
    () => ({ stdout: '' }),
  );
  return stdout.trim() || undefined;
}

function isNewEnough(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major > MINIMUM_PYTHON[0] || (major === MINIMUM_PYTHON[0] && minor >= MINIMUM_PYTHON[1]);
}

/** False too when the interpreter that the environment was made from is gone. */
async function works(python: string): Promise<boolean> {
  return run(python, ['-c', 'import ministack']).then(() => true, () => false);
}

function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n').at(-1)!;
}
