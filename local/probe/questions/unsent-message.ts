import { describeOutcome, outcomeOf, remarked } from '../outcome';
import { Question, settle, Unanswered } from '../question';

/** The processor's function does not exist: its message fails, and is never sent. */
export const unsentMessage: Question = {
  asks: { unsentMessage: 'updating or redacting a message that is not sent' },
  async ask(workspace) {
    const { messaging } = workspace.service;
    const ChannelArn = await workspace.channelWithoutFunction('ABORT');
    const { MessageId } = await workspace.send(ChannelArn);
    const about = { ChannelArn, MessageId, ChimeBearer: workspace.owner };
    const status = await workspace.statusOf(ChannelArn, MessageId);
    const value = status.output?.Status?.Value;
    if (value !== 'FAILED' && value !== 'PENDING') {
      throw new Unanswered(
        `unforeseen: a message whose processor does not exist is ${value ?? describeOutcome(status)}`, [status],
      );
    }
    return settle('unsentMessage', { Forbidden: 'forbidden', Conflict: 'conflict' }, [
      remarked(await outcomeOf(messaging.updateChannelMessage({ ...about, Content: 'probe' })), value),
      remarked(await outcomeOf(messaging.redactChannelMessage(about)), value),
    ]);
  },
};
