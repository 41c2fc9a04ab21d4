import type { LifecycleEvent } from './lifecycle';

/** Where the function runs. Its role allows nothing elsewhere, so an ARN from there is as good as none. */
export interface Environment {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Undefined when the function is not known. */
export function environmentOf(functionArn: string | undefined): Environment | undefined {
  const [, partition, region, account] = /^arn:([^:]+):lambda:([^:]+):([^:]+):/.exec(functionArn ?? '') ?? [];
  return partition === undefined ? undefined : { partition, region, account };
}

/** Refuses properties that name something elsewhere, before anything is called. */
export function assertOwnEnvironment(properties: object, environment: Environment | undefined): void {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'object' && value !== null) {
      assertOwnEnvironment(value, environment);
    } else if (environment !== undefined && NAMES_ARN.test(name) && isForeign(value, environment)) {
      const { account, region } = environment;
      throw new Error(`${name} is ${value}, and must be of this account and region: ${account}, ${region} — deploy the `
        + 'stack where that is');
    }
  }
}

/**
 * The event, with nothing in place of what it names elsewhere: what is left of an earlier deployment can only be
 * forgotten.
 */
export function withoutForeign<Properties>(
  event: LifecycleEvent<Properties>, environment: Environment | undefined,
): LifecycleEvent<Properties> {
  const own = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map(item => own(item, ''));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, own(member, key)]));
    }
    return NAMES_ARN.test(name) && isForeign(value, environment!) ? '' : value;
  };
  return environment === undefined ? event : own(event, '') as LifecycleEvent<Properties>;
}

const NAMES_ARN = /Arn$|^(Bearer|Sender|PhysicalResourceId)$/;

function isForeign(value: unknown, { partition, region, account }: Environment): boolean {
  return typeof value === 'string' && value.startsWith('arn:')
    && !['chime', 'lambda'].some(service => value.startsWith(`arn:${partition}:${service}:${region}:${account}:`));
}
