import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';

export const sendWithoutMembership: Question = {
  asks: { sendWithoutMembership: 'a message by an admin who is not a member of the channel' },
  async ask(workspace) {
    const outcome = await outcomeOf(workspace.service.messaging.sendChannelMessage({
      ChannelArn: await workspace.channel(),
      Content: 'probe',
      Type: 'STANDARD',
      Persistence: 'PERSISTENT',
      ChimeBearer: workspace.admin,
    }));
    return settle('sendWithoutMembership', { success: 'allowed', Forbidden: 'forbidden' }, [outcome]);
  },
};
