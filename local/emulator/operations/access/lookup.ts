import { Call } from './call';
import { badRequest, missing } from '../../protocol/errors';
import { ArnKind, parseArn } from '../../store/arns';
import { Channel, Records, UserOrBot } from '../../store/state';

type Found = 'appInstances' | 'users' | 'bots' | 'channelFlows';
type MissingSwitch = 'missingAppInstance' | 'missingUser' | 'missingFlow';

/** Finds what an ARN names, or throws the error for what is gone. */
function finder<Name extends Found>(collection: Name, member: string, kind: ArnKind, ifMissing: MissingSwitch) {
  const what = kind === 'user' || kind === 'bot' ? `app instance ${kind}` : kind.replace('-', ' ');
  return (call: Call<unknown>, arn: string): Records[Name] => {
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

/** A user or bot, in whichever register it is. */
export function memberIfAny(call: Call<unknown>, arn: string): UserOrBot | undefined {
  return isInRegion(call, arn) ? call.state.users.get(arn) ?? call.state.bots.get(arn) : undefined;
}

export function findMember(call: Call<unknown>, arn: string, appInstanceArn: string): UserOrBot {
  const found = memberIfAny(call, arn);
  return found?.appInstanceArn === appInstanceArn
    ? found
    : fail(missing(call.behaviour.missingUser, 'app instance user or bot', arn));
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
