import { parseArgs } from 'node:util';
import { toEndpoint } from '../endpoint';

export const HELP = `usage: cdk-chime-messaging probe [options]

Asks a service, the real one or the emulator, how it behaves where its documentation is silent, with app instances
that it makes for the purpose and deletes at the end. Prints what it found out; the emulator takes the JSON as its
behaviour: curl -X PUT --data @<file> <emulator>/_local/behaviour

  --region <region>    us-east-1 or eu-central-1 (default: AWS_REGION, or else us-east-1)
  --endpoint <url>     where the service is, such as the emulator's address (default:
                       AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING and AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY, or else AWS)
  --lambda-arn <arn>   a function to ask about processors with, which runs the code of --print-function
  --print-function     print that code, and end
  --patience <s>       how many seconds to wait for what takes its time (default: 30)
  --yes                don't ask before using a real account
  --json <file>        write the answers to this file as well
  --help               this text

Credentials are those in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN), or else what
the AWS CLI exports (aws configure export-credentials; AWS_PROFILE names the profile). The emulator needs none.`;

/** What the probe is to do. */
export interface Options {
  readonly region: string;
  readonly messagingEndpoint: string;
  readonly identityEndpoint: string;
  /** Whether the service is on this machine, and so no real account is touched. */
  readonly local: boolean;
  readonly functionArn?: string;
  readonly patienceMs: number;
  readonly yes: boolean;
  readonly json?: string;
}

const REGIONS = ['us-east-1', 'eu-central-1'];

const FUNCTION_ARN = /^arn:aws:lambda:([a-z]{2}-[a-z]+-\d):\d{12}:function:[a-zA-Z0-9\-_.]+(:(\$LATEST|[a-zA-Z0-9\-_]+))?$/;

type Arguments = ReturnType<typeof parseArguments>;

export function toOptions(given: Arguments, environment: NodeJS.ProcessEnv = process.env): Options {
  const { endpoint, json, yes, patience } = given;
  const region = toRegion(given.region, environment);
  const endpoints = toEndpoints(region, endpoint, environment);
  return {
    region,
    ...endpoints,
    local: bothLocal(endpoints),
    functionArn: toFunctionArn(given['lambda-arn'], region),
    patienceMs: toPatience(patience),
    yes,
    json,
  };
}

export function parseArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        'region': { type: 'string' },
        'endpoint': { type: 'string' },
        'lambda-arn': { type: 'string' },
        'print-function': { type: 'boolean', default: false },
        'patience': { type: 'string', default: '30' },
        'yes': { type: 'boolean', default: false },
        'json': { type: 'string' },
        'help': { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    // Node adds advice on positional arguments after the first sentence; the probe takes none.
    throw new Error(`${(error as Error).message.split('. ')[0]} (see --help)`);
  }
}

function toRegion(given: string | undefined, { AWS_REGION, AWS_DEFAULT_REGION }: NodeJS.ProcessEnv): string {
  const region = given ?? (AWS_REGION || AWS_DEFAULT_REGION || REGIONS[0]);
  if (!REGIONS.includes(region)) {
    const source = given === undefined
      ? `${AWS_REGION ? 'AWS_REGION' : 'AWS_DEFAULT_REGION'} (override it by --region)`
      : '--region';
    throw new Error(`the service is in ${REGIONS.join(' and ')} only, got ${JSON.stringify(region)} from ${source}`);
  }
  return region;
}

function toEndpoints(region: string, given: string | undefined, environment: NodeJS.ProcessEnv) {
  const endpoint = (service: string) => {
    const variable = `AWS_ENDPOINT_URL_CHIME_SDK_${service.toUpperCase()}`;
    return toEndpoint('--endpoint', given)
      ?? toEndpoint(variable, environment[variable] || undefined)
      ?? toEndpoint('AWS_ENDPOINT_URL', environment.AWS_ENDPOINT_URL || undefined)
      ?? `https://${service}-chime.${region}.amazonaws.com`;
  };
  return { messagingEndpoint: endpoint('messaging'), identityEndpoint: endpoint('identity') };
}

/** One half of the questions at the emulator and the other at a real account would be an accident. */
function bothLocal(
  { messagingEndpoint, identityEndpoint }: Pick<Options, 'messagingEndpoint' | 'identityEndpoint'>,
): boolean {
  const local = isLoopback(messagingEndpoint);
  if (local !== isLoopback(identityEndpoint)) {
    throw new Error(
      `messaging is at ${messagingEndpoint} and identity at ${identityEndpoint}: name both, by --endpoint or by `
      + 'AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING and AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY',
    );
  }
  return local;
}

function isLoopback(url: string): boolean {
  return /^(127(\.\d+){3}|localhost|\[::1\])$/.test(new URL(url).hostname);
}

function toFunctionArn(arn: string | undefined, region: string): string | undefined {
  if (arn === undefined) return undefined;
  const functionRegion = FUNCTION_ARN.exec(arn)?.[1];
  if (functionRegion === undefined) {
    throw new Error(`--lambda-arn must be the ARN of a Lambda function, got ${JSON.stringify(arn)}`);
  }
  if (functionRegion !== region) {
    throw new Error(
      `--lambda-arn must name a function in ${region}, where the probe asks, got one in ${functionRegion}`,
    );
  }
  return arn;
}

function toPatience(seconds: string): number {
  const number = Number(seconds);
  if (!/^\d+(\.\d+)?$/.test(seconds) || number === 0 || number > 3600) {
    throw new Error(
      `--patience must be a number of seconds, more than 0 and at most 3600, got ${JSON.stringify(seconds)}`,
    );
  }
  return number * 1000;
}
