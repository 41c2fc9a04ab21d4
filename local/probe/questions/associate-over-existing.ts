import { outcomeOf } from '../outcome';
import { Question, settle, Unanswered } from '../question';

export const associateOverExisting: Question = {
  asks: { associateOverExisting: 'associating a channel that has another flow' },
  async ask(workspace) {
    const { channel } = await workspace.channelWithFlow();
    const other = await workspace.flow();
    const outcome = await outcomeOf(workspace.service.messaging.associateChannelFlow({
      ChannelArn: channel, ChannelFlowArn: other, ChimeBearer: workspace.owner,
    }));
    if (outcome.code === 'success'
      && !(await workspace.patience.until(() => workspace.flowAt(channel), flow => flow === other)).happened) {
      throw new Unanswered('unforeseen: it succeeded, yet the channel keeps its first flow', [outcome]);
    }
    return settle('associateOverExisting', { success: 'overwrite', Conflict: 'conflict' }, [outcome]);
  },
};
