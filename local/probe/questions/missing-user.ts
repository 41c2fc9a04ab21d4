import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';
import { refusal } from './refusal';

export const missingUser: Question = {
  asks: { missingUser: 'operations on a user, admin or moderator who is none (any more)' },
  async ask(bench) {
    const { identity, messaging } = bench.service;
    const AppInstanceUserArn = await bench.user();
    const ChannelArn = await bench.channel();
    await identity.deleteAppInstanceUser({ AppInstanceUserArn });
    const aboutAdmin = { AppInstanceArn: bench.appInstanceArn, AppInstanceAdminArn: bench.owner };
    return settle('missingUser', { NotFound: 'not-found', Forbidden: 'forbidden' }, [
      await refusal(bench, () => identity.describeAppInstanceUser({ AppInstanceUserArn })),
      await outcomeOf(identity.describeAppInstanceAdmin(aboutAdmin)),
      await outcomeOf(
        messaging.deleteChannelModerator({ ChannelArn, ChannelModeratorArn: bench.admin, ChimeBearer: bench.owner }),
      ),
    ]);
  },
};
