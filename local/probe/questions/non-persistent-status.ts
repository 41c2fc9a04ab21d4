import { remarked } from '../outcome';
import { Question, settle, Unanswered } from '../question';

/** The processor's function does not exist: its message is sent as it is. */
export const nonPersistentStatus: Question = {
  asks: { nonPersistentStatus: 'the status of a non-persistent message after it was sent' },
  async ask(workspace) {
    const ChannelArn = await workspace.channelWithoutFunction('CONTINUE');
    const { MessageId } = await workspace.send(ChannelArn, { Persistence: 'NON_PERSISTENT' });
    const outcome = await workspace.statusOf(ChannelArn, MessageId);
    const status = outcome.output?.Status?.Value;
    if (outcome.output && status !== 'SENT') throw new Unanswered(`unforeseen: the message is ${status}`, [outcome]);
    return settle('nonPersistentStatus', { success: 'kept', NotFound: 'missing', Forbidden: 'missing' }, [
      status ? remarked(outcome, status) : outcome,
    ]);
  },
};
