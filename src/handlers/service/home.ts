/**
 * The account, region and partition of the function. Its role allows nothing elsewhere, and nothing elsewhere may ever be asked
 * for: an ARN from there is as good as none.
 */
interface Home {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** One function serves one environment all its life. Undefined until the function is known. */
let home: Home | undefined;

export function settle(functionArn: string | undefined): void {
  const [, partition, region, account] = /^arn:([^:]+):lambda:([^:]+):([^:]+):/.exec(functionArn ?? '') ?? [];
  home = partition === undefined ? undefined : { partition, region, account };
}

/** Whether the ARN is of Amazon Chime or Lambda, here. */
export function isAtHome(arn: string): boolean {
  if (home === undefined) return true;
  const { partition, region, account } = home;
  return ['chime', 'lambda'].some(service => arn.startsWith(`arn:${partition}:${service}:${region}:${account}:`));
}

/** Refuses properties that name something elsewhere, before anything is called. */
export function refuseForeign(properties: object): void {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'object' && value !== null) {
      refuseForeign(value);
    } else if (typeof value === 'string' && value.startsWith('arn:') && NAMES_ARN.test(name) && !isAtHome(value)) {
      throw new Error(`${name} is ${value}, and must be of this account and region: ${home!.account}, ${home!.region} — deploy the stack where that is`);
    }
  }
}

const NAMES_ARN = /Arn$|^(Bearer|Sender)$/;
