import { spawn } from 'node:child_process';

export interface Finished {
  readonly code: number | null;
  /** Standard output and standard error, as a terminal shows them. */
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd: string;
  /** Variables beside those of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Lines of a failed command's output that are shown. */
const SHOWN = 40;

const [NODE_MAJOR] = process.versions.node.split('.');

/** Runs a command to its end, whatever that is. */
export function finish(command: string, args: readonly string[], { cwd, env }: CommandOptions): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...environment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', error =>
      reject(new Error(`${command} could not be started (${error.message}): install it, or put it on the PATH`)));
    child.on('close', code => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** Runs a command that must succeed; answers its output. */
export async function run(command: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { code, output } = await finish(command, args, options);
  if (code !== 0) {
    const last = output.trimEnd().split('\n').slice(-SHOWN).join('\n');
    throw new Error(`${[command, ...args].join(' ')} (in ${options.cwd}) must exit with 0, got ${code}:\n${last}`);
  }
  return output;
}

/** That of this process, less the AWS settings: what is synthesized must not depend on who runs the check. */
function environment(): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name))),
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    // jsii's banner of twelve lines about the version of Node.js is not what is looked at here.
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: NODE_MAJOR,
    JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: NODE_MAJOR,
    JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: NODE_MAJOR,
  };
}
