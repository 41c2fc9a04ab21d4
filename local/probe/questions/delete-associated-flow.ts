import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';

export const deleteAssociatedFlow: Question = {
  asks: { deleteAssociatedFlow: 'deleting a flow that a channel has' },
  async ask(workspace) {
    const { flow } = await workspace.channelWithFlow();
    const outcome = await outcomeOf(workspace.service.messaging.deleteChannelFlow({ ChannelFlowArn: flow }));
    return settle('deleteAssociatedFlow', { Conflict: 'conflict', BadRequest: 'bad-request' }, [outcome]);
  },
};
