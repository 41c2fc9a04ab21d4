import { outcomeOf } from '../outcome';
import { Question, settle, Unanswered } from '../question';

export const associateOverExisting: Question = {
  asks: { associateOverExisting: 'associating a channel that has another flow' },
  async ask(bench) {
    const { channel } = await bench.channelWithFlow();
    const other = await bench.flow();
    const outcome = await outcomeOf(bench.service.messaging.associateChannelFlow({
      ChannelArn: channel, ChannelFlowArn: other, ChimeBearer: bench.owner,
    }));
    if (outcome.code === 'success'
      && !(await bench.patience.until(() => bench.flowAt(channel), flow => flow === other)).happened) {
      throw new Unanswered('unforeseen: it succeeded, yet the channel keeps its first flow', [outcome]);
    }
    return settle('associateOverExisting', { success: 'overwrite', Conflict: 'conflict' }, [outcome]);
  },
};
