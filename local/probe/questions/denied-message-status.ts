import { remarked } from '../outcome';
import { Question, settle, Unanswered } from '../question';
import { withoutFunction } from './function-messages';

export const deniedMessageStatus: Question = {
  asks: { deniedMessageStatus: 'the status of a message that a processor denied' },
  obstacle: withoutFunction,
  async ask(workspace) {
    const ChannelArn = await workspace.channelWithFunction();
    const { MessageId } = await workspace.send(ChannelArn, { Content: 'deny' });
    const outcome = await workspace.statusOf(ChannelArn, MessageId);
    const status = outcome.output?.Status?.Value;
    if (status !== undefined) {
      throw new Unanswered(
        `unforeseen: the message is ${status}; is the function the one of --print-function?`, [outcome],
      );
    }
    return settle('deniedMessageStatus', { success: 'empty', NotFound: 'missing', Forbidden: 'missing' }, [
      outcome.output ? remarked(outcome, 'no status') : outcome,
    ]);
  },
};
