import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';

const MEANINGS = { success: 'idempotent', Conflict: 'conflict' } as const;

export const existingAdmin: Question = {
  asks: { existingAdmin: 'promoting somebody who is an admin already' },
  async ask(bench) {
    const input = { AppInstanceArn: bench.appInstanceArn, AppInstanceAdminArn: bench.admin };
    return settle('existingAdmin', MEANINGS, [await outcomeOf(bench.service.identity.createAppInstanceAdmin(input))]);
  },
};

export const existingModerator: Question = {
  asks: { existingModerator: 'making somebody a moderator who is one already' },
  async ask(bench) {
    const { messaging } = bench.service;
    const input = {
      ChannelArn: await bench.channel(), ChannelModeratorArn: await bench.user(), ChimeBearer: bench.owner,
    };
    await messaging.createChannelModerator(input);
    return settle('existingModerator', MEANINGS, [await outcomeOf(messaging.createChannelModerator(input))]);
  },
};

export const existingMember: Question = {
  asks: { existingMember: 'making somebody a member who is one already' },
  async ask(bench) {
    const { messaging } = bench.service;
    const input = {
      ChannelArn: await bench.channel(), MemberArn: await bench.user(), Type: 'DEFAULT', ChimeBearer: bench.owner,
    } as const;
    await messaging.createChannelMembership(input);
    return settle('existingMember', MEANINGS, [await outcomeOf(messaging.createChannelMembership(input))]);
  },
};
