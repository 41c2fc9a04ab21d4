import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';

export const sendWithoutMembership: Question = {
  asks: { sendWithoutMembership: 'a message by an admin who is not a member of the channel' },
  async ask(bench) {
    const outcome = await outcomeOf(bench.service.messaging.sendChannelMessage({
      ChannelArn: await bench.channel(),
      Content: 'probe',
      Type: 'STANDARD',
      Persistence: 'PERSISTENT',
      ChimeBearer: bench.admin,
    }));
    return settle('sendWithoutMembership', { success: 'allowed', Forbidden: 'forbidden' }, [outcome]);
  },
};
