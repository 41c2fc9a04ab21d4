import { Call } from './call';
import { fail, findMember } from './lookup';
import { conflict, missing } from '../../protocol/errors';
import { Channel, ChannelRole, keyIn } from '../../store/state';

/** What a user or bot can be in a channel: where it is kept, and how an answer says it. */
const ROLES = {
  moderator: { collection: 'moderators', said: 'a moderator of' },
  member: { collection: 'members', said: 'a member of' },
  ban: { collection: 'bans', said: 'banned from' },
} as const;

export type Role = keyof typeof ROLES;

/** The role that a user or bot has in a channel, or the error for one that has not. */
export function findRole(call: Call<unknown>, role: Role, channelArn: string, arn: string): ChannelRole {
  const found = call.state[ROLES[role].collection].get(keyIn(channelArn, arn));
  return found ?? fail(missing(call.behaviour.missingUser, `channel ${role}`, arn));
}

/** Refuses the role to whom is not of the channel's app instance, or has it already, as the switch for it says. */
export function checkNewRole(
  call: Call<unknown>, role: Role, channel: Channel, arn: string, existing: 'conflict' | 'idempotent',
): void {
  findMember(call, arn, channel.appInstanceArn);
  const { collection, said } = ROLES[role];
  if (existing === 'conflict' && call.state[collection].has(keyIn(channel.arn, arn))) {
    throw conflict(`${arn} is ${said} ${channel.arn} already`);
  }
}

/** Gives the role; one that is there stays as it is. */
export function giveRole(
  call: Call<{ ChimeBearer: string | undefined }>, role: Role, channelArn: string, arn: string, type?: string,
): void {
  const kept = call.state[ROLES[role].collection];
  const key = keyIn(channelArn, arn);
  kept.set(key, kept.get(key) ?? { channelArn, arn, type, createdBy: call.input.ChimeBearer!, created: call.now });
}
