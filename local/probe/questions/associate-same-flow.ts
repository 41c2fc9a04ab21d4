import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';

export const associateSameFlow: Question = {
  asks: { associateSameFlow: 'associating a channel that has this flow' },
  async ask(bench) {
    const { channel, flow } = await bench.channelWithFlow();
    const outcome = await outcomeOf(bench.service.messaging.associateChannelFlow({
      ChannelArn: channel, ChannelFlowArn: flow, ChimeBearer: bench.owner,
    }));
    return settle('associateSameFlow', { success: 'idempotent', Conflict: 'conflict' }, [outcome]);
  },
};
