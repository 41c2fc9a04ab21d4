import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';
import { refusal } from './refusal';

export const missingUser: Question = {
  asks: { missingUser: 'operations on a user, admin or moderator who is none (any more)' },
  async ask(workspace) {
    const { identity, messaging } = workspace.service;
    const AppInstanceUserArn = await workspace.user();
    const ChannelArn = await workspace.channel();
    await identity.deleteAppInstanceUser({ AppInstanceUserArn });
    const aboutAdmin = { AppInstanceArn: workspace.appInstanceArn, AppInstanceAdminArn: workspace.owner };
    return settle('missingUser', { NotFound: 'not-found', Forbidden: 'forbidden' }, [
      await refusal(workspace, () => identity.describeAppInstanceUser({ AppInstanceUserArn })),
      await outcomeOf(identity.describeAppInstanceAdmin(aboutAdmin)),
      await outcomeOf(
        messaging.deleteChannelModerator({
          ChannelArn, ChannelModeratorArn: workspace.admin, ChimeBearer: workspace.owner,
        }),
      ),
    ]);
  },
};
