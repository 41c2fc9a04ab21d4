import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';

export const untagMissingKey: Question = {
  asks: { untagMissingKey: 'untagging a key that is not there' },
  async ask(workspace) {
    const input = { ResourceARN: workspace.appInstanceArn, TagKeys: ['cdk-chime-messaging-probe-no-such-key'] };
    return settle('untagMissingKey', { success: 'success', BadRequest: 'bad-request' }, [
      await outcomeOf(workspace.service.messaging.untagResource({ ...input, ResourceARN: await workspace.flow() })),
      await outcomeOf(workspace.service.identity.untagResource(input)),
    ]);
  },
};
