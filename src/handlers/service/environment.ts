/**
 * The account, region and partition of the function. Its role allows nothing elsewhere, and nothing elsewhere may ever be asked
 * for: an ARN from there is as good as none.
 */
interface Environment {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** One function serves one environment all its life. Undefined until the function is known. */
let environment: Environment | undefined;

export function setEnvironment(functionArn: string | undefined): void {
  const [, partition, region, account] = /^arn:([^:]+):lambda:([^:]+):([^:]+):/.exec(functionArn ?? '') ?? [];
  environment = partition === undefined ? undefined : { partition, region, account };
}

/** Whether the ARN is of Amazon Chime or Lambda, here. */
export function isInEnvironment(arn: string): boolean {
  if (environment === undefined) return true;
  const { partition, region, account } = environment;
  return ['chime', 'lambda'].some(service => arn.startsWith(`arn:${partition}:${service}:${region}:${account}:`));
}

/** Refuses properties that name something elsewhere, before anything is called. */
export function assertOwnEnvironment(properties: object): void {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'object' && value !== null) {
      assertOwnEnvironment(value);
    } else if (typeof value === 'string' && value.startsWith('arn:') && NAMES_ARN.test(name) && !isInEnvironment(value)) {
      throw new Error(`${name} is ${value}, and must be of this account and region: ${environment!.account}, ${environment!.region} — deploy the stack where that is`);
    }
  }
}

const NAMES_ARN = /Arn$|^(Bearer|Sender)$/;
