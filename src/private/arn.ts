import { Fn, Token, Tokenization } from 'aws-cdk-lib';

/** What can be named by an ARN of Amazon Chime SDK messaging. */
export enum ArnKind {
  APP_INSTANCE = '',
  USER = 'user',
  BEARER = '(user|bot)',
  CHANNEL = 'channel',
  CHANNEL_FLOW = 'channel-flow',
}

/**
 * The alphabet of the service's ids. ARNs go into policies, where a wildcard or a variable would stand for more than
 * one thing.
 */
const ID = '[A-Za-z0-9](?:[A-Za-z0-9:_.@-]{0,62}[A-Za-z0-9])?';
const APP_INSTANCE_ARN = `arn:[a-z0-9-.]{1,63}:chime:[a-z0-9-]{1,63}:\\d{12}:app-instance/${ID}`;

/**
 * The ARN, if it is one of this kind, or if what is known of it before deployment may be a part of one; throws
 * otherwise.
 */
export function requireArn(name: string, arn: string, kind: ArnKind): string {
  if (Token.isUnresolved(arn)) {
    const known = withoutTokens(arn);
    if (/^[A-Za-z0-9:_.@/-]*$/.test(known)) return arn;
    throw new Error(`${name} must hold only letters, digits and :_.@/- in addition to tokens, got "${known}": pass the `
      + 'ARN that the service returned');
  }
  const below = kind === ArnKind.APP_INSTANCE ? '' : `/${kind}/${ID}`;
  if (!new RegExp(`^${APP_INSTANCE_ARN}${below}$`).test(arn)) {
    const form = kind === ArnKind.APP_INSTANCE ? '' : `/${kind}/<id>`;
    throw new Error(
      `${name} must be arn:<partition>:chime:<region>:<account>:app-instance/<id>${form}, got "${arn}": `
      + 'pass the ARN that the service returned',
    );
  }
  return arn;
}

/** What a text holds besides its tokens. */
function withoutTokens(text: string): string {
  return String(Tokenization.reverseString(text).mapTokens({ mapToken: () => '' }).join({
    join: (left, right) => `${left ?? ''}${right ?? ''}`,
  }));
}

/** The ARN of the app instance to which the thing that this ARN names belongs. */
export function appInstanceArnOf(arn: string, kind: ArnKind.CHANNEL_FLOW | ArnKind.CHANNEL | ArnKind.USER): string {
  return Fn.select(0, Fn.split(`/${kind}/`, arn));
}

/** Resource properties that give an import the account and region of its ARN, where those are known. */
export function environmentOf(arn: string): { environmentFromArn?: string } {
  return Token.isUnresolved(arn) ? {} : { environmentFromArn: arn };
}
