import type { ChannelMembershipType } from '@aws-sdk/client-chime-sdk-messaging';
import { Call } from './call';
import { checkMember, fail } from './lookup';
import { conflict, missing } from '../../protocol/errors';
import { appInstanceArnOf } from '../../store/arns';
import { identityOf } from '../../store/identity';
import { Channel, ChannelRole, keyIn, State } from '../../store/state';

/** What a user or bot can be in a channel: where it is kept, and how an answer says it. */
const ROLES = {
  moderator: { collection: 'moderators', said: 'a moderator of' },
  member: { collection: 'members', said: 'a member of' },
  ban: { collection: 'bans', said: 'banned from' },
} as const;

export type Role = keyof typeof ROLES;

/** The role that a user or bot has in a channel, or the error for one that has not. */
export function findRole(call: Call<unknown>, role: Role, { ChannelArn }: Channel, arn: string): ChannelRole {
  const found = call.state[ROLES[role].collection].get(keyIn(ChannelArn, arn));
  return found ?? fail(missing(call.behaviour.missingUser, `channel ${role}`, arn));
}

/** Refuses the role to whom is not of the channel's app instance, or has it already, as the switch for it says. */
export function checkNewRole(
  call: Call<unknown>, role: Role, { ChannelArn }: Channel, arn: string, existing: 'conflict' | 'idempotent',
): void {
  checkMember(call, arn, appInstanceArnOf(ChannelArn));
  const { collection, said } = ROLES[role];
  if (existing === 'conflict' && call.state[collection].has(keyIn(ChannelArn, arn))) {
    throw conflict(`${arn} is ${said} ${ChannelArn} already`);
  }
}

/** Gives the role; one that is there stays as it is. */
export function giveRole(
  call: Call<{ ChimeBearer: string | undefined }>, role: Role, ChannelArn: string, MemberArn: string,
  Type?: ChannelMembershipType,
): void {
  const kept = call.state[ROLES[role].collection];
  const key = keyIn(ChannelArn, MemberArn);
  kept.set(key, kept.get(key) ?? {
    ChannelArn, MemberArn, Type, CreatedBy: call.input.ChimeBearer!, CreatedTimestamp: new Date(call.now),
  });
}

/** A role as answers show it, under the names that each of them has. */
export function shownRole(state: State, role: ChannelRole) {
  return { ...role, Member: identityOf(state, role.MemberArn), CreatedBy: identityOf(state, role.CreatedBy) };
}
