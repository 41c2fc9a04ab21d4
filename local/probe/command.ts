import { writeFileSync } from 'node:fs';
import { announcement, confirmed } from './confirmation';
import { Credentials, findCredentials, LOCAL_CREDENTIALS } from './credentials';
import { FUNCTION_CODE } from './function-code';
import { HELP, Options, parseArguments, toOptions } from './options';
import { OwnAppInstances } from './own-app-instances';
import { probe, Result } from './probe';
import { summary, TABLE_HEAD, tableRow, toJson } from './report';
import { connect, Service } from './service';
import { Stopped, stopSignal } from './stopping';
import { Patience } from './waiting';

export const probeCommand = {
  summary: 'ask a service, real or emulated, how it behaves',

  async run(args: string[]): Promise<void> {
    const given = parseArguments(args);
    if (given.help || given['print-function']) {
      console.log(given.help ? HELP : FUNCTION_CODE.trimEnd());
      return;
    }
    const options = toOptions(given);
    // The SDK's word to developers on the Node.js of years to come is none to who runs a command today.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    const stop = stopSignal();
    try {
      await run(options, await credentialsFor(options, stop), stop);
    } catch (error) {
      if (!(error instanceof Stopped)) throw explained(error as Error, options);
      console.error(`cdk-chime-messaging: ${error.message}`);
      process.exitCode = error.exitCode;
    }
  },
};

/** Credentials for a service that may be asked: a real one only if the user agrees. */
async function credentialsFor(
  options: Options, stop: AbortSignal,
): Promise<Credentials | (() => Promise<Credentials>)> {
  if (options.local) return LOCAL_CREDENTIALS;
  if (!options.yes && !(process.stdin.isTTY && process.stderr.isTTY)) {
    throw new Error(`not asking the real service at ${options.messagingEndpoint} unless told to: add --yes, or run the `
      + 'probe in a terminal');
  }
  const { accessKeyId } = await findCredentials();
  if (!options.yes) {
    console.error(announcement(options, accessKeyId));
    if (!await confirmed('Go on? [y/N] ', process.stdin, process.stderr, stop)) {
      throw new Stopped('nothing was done', 1);
    }
  }
  // Asked again when they expire.
  return () => findCredentials();
}

async function run(
  options: Options, credentials: Credentials | (() => Promise<Credentials>), stop: AbortSignal,
): Promise<void> {
  const address = { ...options, credentials };
  const service = connect(address, stop);
  const removing = connect(address);
  const appInstances = new OwnAppInstances(service, removing, new Patience(options.patienceMs));
  await removeLeft(appInstances);
  try {
    await ask(options, service, appInstances, stop);
  } finally {
    await removeMade(appInstances);
  }
}

async function ask(
  options: Options, service: Service, appInstances: OwnAppInstances, stop: AbortSignal,
): Promise<void> {
  const began = new Date().toISOString();
  const results: Result[] = [];
  console.log(TABLE_HEAD);
  const patience = new Patience(options.patienceMs, stop);
  for await (const result of probe({ service, appInstances, patience, functionArn: options.functionArn })) {
    results.push(result);
    console.log(tableRow(result));
  }
  console.log(`\n${summary(results)}`);
  if (options.json !== undefined) {
    const { region, messagingEndpoint, patienceMs } = options;
    writeFileSync(
      options.json,
      toJson(results, { probe: 'cdk-chime-messaging', began, region, endpoint: messagingEndpoint, patienceMs }),
    );
  }
}

async function removeLeft(appInstances: OwnAppInstances): Promise<void> {
  const { left, inUse } = await appInstances.ofOthers();
  for (const { arn } of inUse) {
    console.error(`Another probe may be at work with ${arn}: it is left alone for an hour.`);
  }
  const problems = await appInstances.remove(left.map(({ arn }) => arn));
  if (left.length > problems.size) {
    console.error(`Removed ${left.length - problems.size} app instance(s) that an earlier probe left.`);
  }
  for (const [arn, problem] of problems) {
    console.error(`An earlier probe left ${arn}, which can't be removed: ${problem}`);
  }
}

async function removeMade(appInstances: OwnAppInstances): Promise<void> {
  const problems = await appInstances.removeMade();
  if (problems.size > 0) {
    const list = [...problems].map(([arn, problem]) => `${arn} (${problem})`).join(', ');
    throw new Error(
      `could not remove ${list}: the next probe tries again, or run aws chime-sdk-identity delete-app-instance`,
    );
  }
}

/** An error without a word on the service gets one. */
function explained(error: Error & { $metadata?: object; code?: string }, { messagingEndpoint }: Options): Error {
  if (error.$metadata === undefined) return error;
  const { httpStatusCode } = error.$metadata as { httpStatusCode?: number };
  return new Error(httpStatusCode === undefined
    ? `the service at ${messagingEndpoint} does not answer: ${error.message || error.code}`
    : `the service at ${messagingEndpoint} answered ${httpStatusCode} ${error.name}: ${error.message}`);
}
