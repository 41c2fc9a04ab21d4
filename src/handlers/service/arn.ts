/** The ARNs of the service: `arn:P:chime:R:A:app-instance/{id}`, then for what is inside `/{kind}/{id}`. */
export type Kind = 'user' | 'bot' | 'channel' | 'channel-flow';

/**
 * The alphabet of the service's ids: without wildcards, quotes and whatever else would mean something in a policy or a
 * path.
 */
const ID = '[A-Za-z0-9](?:[A-Za-z0-9:_.@-]{0,62}[A-Za-z0-9])?';

const APP_INSTANCE = new RegExp(`^arn:[a-z0-9-]+:chime:[a-z0-9-]+:\\d{12}:app-instance/${ID}(?=[/#]|$)`);

/** The app instance that the ARN names or lies in; undefined for anything else. */
export function appInstanceArnOf(arn: string | undefined): string | undefined {
  return typeof arn === 'string' ? APP_INSTANCE.exec(arn)?.[0] : undefined;
}

export function isAppInstanceArn(arn: string | undefined): arn is string {
  return arn !== undefined && appInstanceArnOf(arn) === arn;
}

export function isArnOf(kind: Kind, arn: string | undefined): arn is string {
  const appInstance = appInstanceArnOf(arn);
  return appInstance !== undefined && new RegExp(`^/${kind}/${ID}$`).test(arn!.slice(appInstance.length));
}

/** In whose name the service acts, and who may be an admin. */
export function isUserOrBotArn(arn: string | undefined): arn is string {
  return isArnOf('user', arn) || isArnOf('bot', arn);
}

/** The last part of an ARN. */
export function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
