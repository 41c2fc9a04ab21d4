import { remarked } from '../outcome';
import { Question, settle, Unanswered } from '../question';

/** The processor's function does not exist: its message is sent as it is. */
export const nonPersistentStatus: Question = {
  asks: { nonPersistentStatus: 'the status of a non-persistent message after it was sent' },
  async ask(bench) {
    const ChannelArn = await bench.channelWithoutFunction('CONTINUE');
    const { MessageId } = await bench.send(ChannelArn, { Persistence: 'NON_PERSISTENT' });
    const outcome = await bench.statusOf(ChannelArn, MessageId);
    const status = outcome.output?.Status?.Value;
    if (outcome.output && status !== 'SENT') throw new Unanswered(`unforeseen: the message is ${status}`, [outcome]);
    return settle('nonPersistentStatus', { success: 'kept', NotFound: 'missing', Forbidden: 'missing' }, [
      status ? remarked(outcome, status) : outcome,
    ]);
  },
};
