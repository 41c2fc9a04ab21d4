import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { startChild } from './child-processes';
import { LOCAL_ACCOUNT, LOCAL_REGION } from './environment';

/** Nothing here takes as long: a command that does hangs, most often on a function that never answered. */
const TIMEOUT_MS = 120_000;

/** A CDK app on disk. */
export interface CdkApp {
  /** Directory with the app's cdk.json. */
  readonly directory: string;
  /** Command that runs the app. @default - as cdk.json says */
  readonly command?: string;
  /** Context, as given by `-c`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Outputs by stack name. */
export type StackOutputs = Record<string, Record<string, string>>;

export interface CdkCliOptions {
  /** Where AWS is. */
  readonly endpoint: string;
  readonly runDirectory: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** A `cdk` command that failed. */
export class CdkCommandFailed extends Error {
  public readonly name = 'CdkCommandFailed';

  public constructor(
    command: string, exitCode: number | 'timeout', public readonly log: string, public readonly output: string,
  ) {
    const how = exitCode === 'timeout'
      ? `did not end within ${TIMEOUT_MS / 1000} s`
      : `failed with exit code ${exitCode}`;
    super(`cdk ${command} ${how}; its output is in ${log} and ends\n${lastLines(output)}`);
  }
}

/** The real `cdk` command, deploying to the local AWS. */
export class CdkCli {
  private runs = 0;

  public constructor(private readonly options: CdkCliOptions) {}

  /** Prepares the account and region for deployments, as everybody has to once. */
  public async bootstrap(): Promise<void> {
    await this.run('bootstrap', [`aws://${LOCAL_ACCOUNT}/${LOCAL_REGION}`], this.options.runDirectory);
  }

  /** Deploys all stacks of the app and answers their outputs. */
  public async deploy(app: CdkApp): Promise<StackOutputs> {
    const outputs = join(this.options.runDirectory, `outputs-${this.runs}.json`);
    await this.run(
      'deploy',
      ['--all', '--require-approval', 'never', '--outputs-file', outputs, ...this.appArguments(app)],
      app.directory,
    );
    return JSON.parse(await readFile(outputs, 'utf8'));
  }

  /** Destroys all stacks of the app. */
  public async destroy(app: CdkApp): Promise<void> {
    await this.run('destroy', ['--all', '--force', ...this.appArguments(app)], app.directory);
  }

  /** What `cdk refactor` would give another logical id, in its own words; it does not do so. */
  public async planRefactoring(app: CdkApp): Promise<string> {
    return this.run('refactor', ['--unstable=refactor', '--dry-run', ...this.appArguments(app)], app.directory);
  }

  /** Imports what the stack has and CloudFormation doesn't, as far as `cdk import` can; answers what it says. */
  public async importInto(stackName: string, app: CdkApp): Promise<string> {
    return this.run(
      'import', [stackName, '--force', '--resource-mapping-inline', '{}', ...this.appArguments(app)], app.directory,
    );
  }

  private appArguments(app: CdkApp): string[] {
    return [
      ...app.command ? ['--app', app.command] : [],
      ...Object.entries(app.context ?? {}).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      '--output', join(this.options.runDirectory, 'cdk.out'),
    ];
  }

  /** Answers what the command said. */
  private async run(command: string, args: string[], directory: string): Promise<string> {
    const log = join(this.options.runDirectory, `cdk-${String(++this.runs).padStart(2, '0')}-${command}.log`);
    const temporary = join(this.options.runDirectory, 'tmp');
    mkdirSync(temporary, { recursive: true });
    const child = startChild({
      command: process.execPath,
      args: [cdkExecutable(), command, ...args],
      cwd: directory,
      log,
      env: {
        ...this.options.environment,
        AWS_ENDPOINT_URL: this.options.endpoint,
        CDK_DISABLE_VERSION_CHECK: '1',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        CI: '1',
        NO_COLOR: '1',
        TMPDIR: temporary,
      },
    });
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<'timeout'>(resolve => { timer = setTimeout(resolve, TIMEOUT_MS, 'timeout'); });
    const exit = await Promise.race([child.exit, timeout]);
    clearTimeout(timer);
    if (exit !== 0) {
      await child.kill();
      throw new CdkCommandFailed(command, exit, log, await readFile(log, 'utf8'));
    }
    return readFile(log, 'utf8');
  }
}

/** Not by npx or the path: exactly the version that package.json names. */
function cdkExecutable(): string {
  return join(dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-15).map(line => `  | ${line}`).join('\n');
}
