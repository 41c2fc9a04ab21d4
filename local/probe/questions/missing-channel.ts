import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';
import { refusal } from './refusal';

export const missingChannel: Question = {
  asks: { missingChannel: 'operations on a channel that is gone, by an admin' },
  async ask(workspace) {
    const { messaging } = workspace.service;
    const about = { ChannelArn: await workspace.channel(), ChimeBearer: workspace.admin };
    const ChannelFlowArn = await workspace.flow();
    await messaging.deleteChannel({ ...about, ChimeBearer: workspace.owner });
    return settle('missingChannel', { NotFound: 'not-found', Forbidden: 'forbidden' }, [
      await refusal(workspace, () => messaging.describeChannel(about)),
      await outcomeOf(messaging.disassociateChannelFlow({ ...about, ChannelFlowArn })),
      await outcomeOf(messaging.deleteChannel(about)),
    ]);
  },
};
