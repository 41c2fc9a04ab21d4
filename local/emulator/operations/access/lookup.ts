import { Call } from './call';
import { badRequest, missing } from '../../protocol/errors';
import { ArnKind, parseArn } from '../../store/arns';
import { AppInstance, Bot, Channel, ChannelFlow, ChannelRole, keyIn, UserOrBot } from '../../store/state';

/** The app instance of this ARN, or the error for one that is gone. */
export function findAppInstance(call: Call<unknown>, arn: string): AppInstance {
  expectKind('AppInstanceArn', arn, 'app-instance');
  const found = isInRegion(call, arn) && call.state.appInstances.get(arn);
  return found || fail(missing(call.behaviour.missingAppInstance, 'app instance', arn));
}

export function findUser(call: Call<unknown>, arn: string): UserOrBot {
  expectKind('AppInstanceUserArn', arn, 'user');
  const found = isInRegion(call, arn) && call.state.users.get(arn);
  return found || fail(missing(call.behaviour.missingUser, 'app instance user', arn));
}

export function findBot(call: Call<unknown>, arn: string): Bot {
  expectKind('AppInstanceBotArn', arn, 'bot');
  const found = isInRegion(call, arn) && call.state.bots.get(arn);
  return found || fail(missing(call.behaviour.missingUser, 'app instance bot', arn));
}

export function findChannelFlow(call: Call<unknown>, arn: string): ChannelFlow {
  expectKind('ChannelFlowArn', arn, 'channel-flow');
  const found = isInRegion(call, arn) && call.state.channelFlows.get(arn);
  return found || fail(missing(call.behaviour.missingFlow, 'channel flow', arn));
}

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

const ROLES = { moderator: 'moderators', member: 'members', ban: 'bans' } as const;

/** What a user or bot is in a channel, or the error for one that is not. */
export function findRole(call: Call<unknown>, role: keyof typeof ROLES, channelArn: string, arn: string): ChannelRole {
  const found = call.state[ROLES[role]].get(keyIn(channelArn, arn));
  return found ?? fail(missing(call.behaviour.missingUser, `channel ${role}`, arn));
}

/** A region knows its own resources only. */
export function isInRegion(call: Call<unknown>, arn: string): boolean {
  return parseArn(arn)?.region === call.region;
}

function expectKind(member: string, arn: string, kind: ArnKind): void {
  if (parseArn(arn)?.kind !== kind) throw badRequest(`${member} must be the ARN of a ${kind}, got ${arn}`);
}

function fail(error: Error): never {
  throw error;
}
