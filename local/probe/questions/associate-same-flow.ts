import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';

export const associateSameFlow: Question = {
  asks: { associateSameFlow: 'associating a channel that has this flow' },
  async ask(workspace) {
    const { channel, flow } = await workspace.channelWithFlow();
    const outcome = await outcomeOf(workspace.service.messaging.associateChannelFlow({
      ChannelArn: channel, ChannelFlowArn: flow, ChimeBearer: workspace.owner,
    }));
    return settle('associateSameFlow', { success: 'idempotent', Conflict: 'conflict' }, [outcome]);
  },
};
