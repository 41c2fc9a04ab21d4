interface Home {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/**
 * The ARNs in a call's input that are not of the service in this account and region; but for the functions of
 * processors, which are Lambda's.
 */
export function foreignArns(input: unknown, home: Home, member = ''): string[] {
  if (typeof input === 'string') {
    const isArn = /arn$|^ChimeBearer$/i.test(member) && /arn:/i.test(input);
    return isArn && !prefixesOf(member, home).some(prefix => input.startsWith(prefix)) ? [input] : [];
  }
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(
    ([name, value]) => foreignArns(value, home, Array.isArray(input) ? member : name),
  );
}

function prefixesOf(member: string, { partition, region, account }: Home): string[] {
  const services = member === 'ResourceArn' ? ['chime', 'lambda'] : ['chime'];
  return services.map(service => `arn:${partition}:${service}:${region}:${account}:`);
}

export const ACCOUNT_ID = '123456789012';
export const REGION_NAME = 'us-east-1';
