import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';
import { refusal } from './refusal';

export const listTagsOfMissing: Question = {
  asks: { listTagsOfMissing: 'tag operations on something that is gone' },
  async ask(workspace) {
    const { messaging } = workspace.service;
    const flow = await workspace.flow();
    await messaging.deleteChannelFlow({ ChannelFlowArn: flow });
    return settle('listTagsOfMissing', { NotFound: 'not-found', Forbidden: 'forbidden' }, [
      await refusal(workspace, () => messaging.listTagsForResource({ ResourceARN: flow })),
      await outcomeOf(messaging.tagResource({ ResourceARN: flow, Tags: [{ Key: 'probe', Value: 'probe' }] })),
      await outcomeOf(messaging.untagResource({ ResourceARN: flow, TagKeys: ['probe'] })),
    ]);
  },
};
