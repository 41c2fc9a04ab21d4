import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';
import { refusal } from './refusal';

export const missingFlow: Question = {
  asks: { missingFlow: 'operations on a channel flow that is gone' },
  async ask(workspace) {
    const { messaging } = workspace.service;
    const ChannelFlowArn = await workspace.flow();
    await messaging.deleteChannelFlow({ ChannelFlowArn });
    return settle('missingFlow', { NotFound: 'not-found', Forbidden: 'forbidden' }, [
      await refusal(workspace, () => messaging.describeChannelFlow({ ChannelFlowArn })),
      await outcomeOf(messaging.deleteChannelFlow({ ChannelFlowArn })),
      await outcomeOf(messaging.listChannelsAssociatedWithChannelFlow({ ChannelFlowArn })),
    ]);
  },
};
