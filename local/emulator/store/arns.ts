import { randomUUID } from 'node:crypto';

/** What an ARN of the service can name; the app instance itself, or something in it. */
export type ArnKind = 'app-instance' | 'user' | 'bot' | 'channel' | 'channel-flow';

export interface ParsedArn {
  readonly kind: ArnKind;
  readonly region: string;
  readonly appInstanceArn: string;
}

const SHAPE = /^(arn:[^:]+:chime:([^:]*):[^:]*:app-instance\/[^/]+)(?:\/(user|bot|channel|channel-flow)\/[^/]+)?$/;

export function parseArn(arn: string): ParsedArn | undefined {
  const match = SHAPE.exec(arn);
  return match
    ? { appInstanceArn: match[1], region: match[2], kind: (match[3] ?? 'app-instance') as ArnKind }
    : undefined;
}

/** The ARN of the app instance that something is in. */
export function appInstanceArnOf(arn: string): string {
  return parseArn(arn)!.appInstanceArn;
}

export function newAppInstanceArn(region: string, accountId: string): string {
  return `arn:aws:chime:${region}:${accountId}:app-instance/${randomUUID()}`;
}

/**
 * The ARN of something in an app instance; the id is the caller's, where the operation lets them choose, or a new one.
 */
export function newArnIn(
  appInstanceArn: string, kind: Exclude<ArnKind, 'app-instance'>, id: string = randomUUID(),
): string {
  return `${appInstanceArn}/${kind}/${id}`;
}
