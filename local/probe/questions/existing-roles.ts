import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';

const MEANINGS = { success: 'idempotent', Conflict: 'conflict' } as const;

export const existingAdmin: Question = {
  asks: { existingAdmin: 'promoting somebody who is an admin already' },
  async ask(workspace) {
    const input = { AppInstanceArn: workspace.appInstanceArn, AppInstanceAdminArn: workspace.admin };
    return settle(
      'existingAdmin', MEANINGS, [await outcomeOf(workspace.service.identity.createAppInstanceAdmin(input))],
    );
  },
};

export const existingModerator: Question = {
  asks: { existingModerator: 'making somebody a moderator who is one already' },
  async ask(workspace) {
    const { messaging } = workspace.service;
    const input = {
      ChannelArn: await workspace.channel(), ChannelModeratorArn: await workspace.user(), ChimeBearer: workspace.owner,
    };
    await messaging.createChannelModerator(input);
    return settle('existingModerator', MEANINGS, [await outcomeOf(messaging.createChannelModerator(input))]);
  },
};

export const existingMember: Question = {
  asks: { existingMember: 'making somebody a member who is one already' },
  async ask(workspace) {
    const { messaging } = workspace.service;
    const input = {
      ChannelArn: await workspace.channel(),
      MemberArn: await workspace.user(),
      Type: 'DEFAULT',
      ChimeBearer: workspace.owner,
    } as const;
    await messaging.createChannelMembership(input);
    return settle('existingMember', MEANINGS, [await outcomeOf(messaging.createChannelMembership(input))]);
  },
};
