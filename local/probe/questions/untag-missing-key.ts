import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';

export const untagMissingKey: Question = {
  asks: { untagMissingKey: 'untagging a key that is not there' },
  async ask(bench) {
    const input = { ResourceARN: bench.appInstanceArn, TagKeys: ['cdk-chime-messaging-probe-no-such-key'] };
    return settle('untagMissingKey', { success: 'success', BadRequest: 'bad-request' }, [
      await outcomeOf(bench.service.messaging.untagResource({ ...input, ResourceARN: await bench.flow() })),
      await outcomeOf(bench.service.identity.untagResource(input)),
    ]);
  },
};
