import { Call } from './call';
import { badRequest, missing } from '../../protocol/errors';
import { ArnKind, appInstanceArnOf, parseArn } from '../../store/arns';
import { Channel, Records } from '../../store/state';

type Found = 'appInstances' | 'users' | 'bots' | 'channelFlows';
type MissingSwitch = 'missingAppInstance' | 'missingUser' | 'missingFlow';

/** Finds what a member of the input names, or throws the error for what is gone. */
function finder<Name extends Found, Member extends string>(
  collection: Name, member: Member, kind: ArnKind, ifMissing: MissingSwitch,
) {
  const what = kind === 'user' || kind === 'bot' ? `app instance ${kind}` : kind.replace('-', ' ');
  return (call: Call<{ [M in Member]: string | undefined }>): Records[Name] => {
    const arn = call.input[member]!;
    expectKind(member, arn, kind);
    const found = isInRegion(call, arn) && (call.state[collection].get(arn) as Records[Name] | undefined);
    return found || fail(missing(call.behaviour[ifMissing], what, arn));
  };
}

export const findAppInstance = finder('appInstances', 'AppInstanceArn', 'app-instance', 'missingAppInstance');
export const findUser = finder('users', 'AppInstanceUserArn', 'user', 'missingUser');
export const findBot = finder('bots', 'AppInstanceBotArn', 'bot', 'missingUser');
export const findChannelFlow = finder('channelFlows', 'ChannelFlowArn', 'channel-flow', 'missingFlow');

/** The channel of this ARN, if it is there; `permissions.ts` says who may know. */
export function channelIfAny(call: Call<unknown>, arn: string): Channel | undefined {
  expectKind('ChannelArn', arn, 'channel');
  return isInRegion(call, arn) ? call.state.channels.get(arn) : undefined;
}

/** Whether there is a user or bot of this ARN. */
export function isUserOrBot(call: Call<unknown>, arn: string): boolean {
  return isInRegion(call, arn) && (call.state.users.has(arn) || call.state.bots.has(arn));
}

/** Refuses who is not a user or bot of the app instance. */
export function checkMember(call: Call<unknown>, arn: string, appInstanceArn: string): void {
  if (!isUserOrBot(call, arn) || appInstanceArnOf(arn) !== appInstanceArn) {
    throw missing(call.behaviour.missingUser, 'app instance user or bot', arn);
  }
}

/** A region knows its own resources only. */
export function isInRegion(call: Call<unknown>, arn: string): boolean {
  return parseArn(arn)?.region === call.region;
}

function expectKind(member: string, arn: string, kind: ArnKind): void {
  if (parseArn(arn)?.kind !== kind) throw badRequest(`${member} must be the ARN of a ${kind}, got ${arn}`);
}

export function fail(error: Error): never {
  throw error;
}
