import { join } from 'node:path';
import { CdkCli } from './cdk-cli';
import { isolatedEnvironment } from './environment';
import { saveFunctionLogs } from './function-logs';
import { startMinistack, type Ministack } from './ministack';
import { ensurePythonEnvironment } from './python-environment';
import { stackStatus } from './stack-status';

/** Where Amazon Chime is: the emulator's address. */
export interface LocalDeploymentOptions {
  readonly chimeEndpoint: string;
  /** For logs and temporary files; see `makeRunDirectory`. */
  readonly runDirectory: string;
}

/** An AWS account on this machine, and the `cdk` command that deploys to it. */
export interface LocalDeployment {
  readonly cdk: CdkCli;
  /** Address of every AWS service but Amazon Chime. */
  readonly awsEndpoint: string;
  /** What CloudFormation says of a stack, such as `UPDATE_COMPLETE`. */
  stackStatus(stackName: string): Promise<string>;
  /** What went wrong outside of the functions, such as a function that could not even be loaded. */
  complaints(): Promise<string[]>;
  /** Writes what the functions logged so far to functions.log; CloudFormation deletes log groups with their stack. */
  saveFunctionLogs(): Promise<void>;
  /** Ends it all; the logs stay. */
  stop(): Promise<void>;
}

/** Starts AWS on this machine, with Amazon Chime at the given address, and bootstraps it for the CDK. */
export async function startLocalDeployment(options: LocalDeploymentOptions): Promise<LocalDeployment> {
  const environment = isolatedEnvironment(options.runDirectory);
  const ministack = await startMinistack({
    python: await ensurePythonEnvironment(),
    runDirectory: options.runDirectory,
    environment,
    functionEnvironment: functionEnvironment(options.chimeEndpoint),
  });
  const cdk = new CdkCli({ endpoint: ministack.url, runDirectory: options.runDirectory, environment });
  await stopUnless(ministack, () => cdk.bootstrap());
  return {
    cdk,
    awsEndpoint: ministack.url,
    stackStatus: stackName => stackStatus(ministack.url, stackName),
    complaints: () => ministack.complaints(),
    saveFunctionLogs: () => saveFunctionLogs(ministack.url, join(options.runDirectory, 'functions.log')),
    stop: () => ministack.stop(),
  };
}

function functionEnvironment(chimeEndpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: chimeEndpoint,
    AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY: chimeEndpoint,
    // The providers answer to https only; CloudFormation's stand-in listens on plain http of the loopback interface.
    CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE: '1',
  };
}

async function stopUnless(ministack: Ministack, succeeds: () => Promise<void>): Promise<void> {
  try {
    await succeeds();
  } catch (error) {
    await ministack.stop();
    throw error;
  }
}
