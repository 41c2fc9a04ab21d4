import { Fn, Token } from 'aws-cdk-lib';

/** What can be named by an ARN of Amazon Chime SDK messaging. */
export enum ArnKind {
  APP_INSTANCE = '',
  USER = 'user',
  BEARER = '(user|bot)',
  CHANNEL = 'channel',
  CHANNEL_FLOW = 'channel-flow',
}

const APP_INSTANCE_ARN = 'arn:[a-z0-9-.]{1,63}:chime:[a-z0-9-]{1,63}:\\d{12}:app-instance/[^/\\s]+';

/** The ARN, if it is one of this kind or not known before deployment; throws otherwise. */
export function requireArn(name: string, arn: string, kind: ArnKind): string {
  if (Token.isUnresolved(arn)) { return arn; }
  const below = kind === ArnKind.APP_INSTANCE ? '' : `/${kind}/[^/\\s]+`;
  if (!new RegExp(`^${APP_INSTANCE_ARN}${below}$`).test(arn)) {
    const form = kind === ArnKind.APP_INSTANCE ? '' : `/${kind}/<id>`;
    throw new Error(
      `${name} must be arn:<partition>:chime:<region>:<account>:app-instance/<id>${form}, got "${arn}": `
      + 'pass the ARN that the service returned',
    );
  }
  return arn;
}

/** The ARN of the app instance to which the thing that this ARN names belongs. */
export function appInstanceArnOf(arn: string, kind: ArnKind.CHANNEL_FLOW | ArnKind.CHANNEL | ArnKind.USER): string {
  return Fn.select(0, Fn.split(`/${kind}/`, arn));
}

/** Resource properties that give an import the account and region of its ARN, where those are known. */
export function environmentOf(arn: string): { environmentFromArn?: string } {
  return Token.isUnresolved(arn) ? {} : { environmentFromArn: arn };
}
