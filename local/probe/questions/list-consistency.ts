import { outcomeOf, remarked } from '../outcome';
import { Question, Unanswered } from '../question';

/** Asked before what looks into lists. */
export const listConsistency: Question = {
  asks: { listConsistencyMs: 'how far the list of a flow\'s channels lags behind, in ms' },
  async ask(workspace) {
    const ChannelArn = await workspace.channel();
    const ChannelFlowArn = await workspace.flow();
    const list = () => outcomeOf(workspace.service.messaging.listChannelsAssociatedWithChannelFlow({ ChannelFlowArn }));
    const until = async (listed: boolean, change: () => Promise<void>) => {
      const since = performance.now();
      await change();
      const { value, ms, happened } = await workspace.patience.until(
        list, ({ output }) => output !== undefined && (output.Channels ?? []).length > 0 === listed, since,
      );
      const outcome = remarked(value, `${listed ? 'listed' : 'gone'} after ${ms} ms`);
      if (!happened) throw new Unanswered(`longer than ${ms} ms: wait longer with --patience`, [outcome]);
      return { ms, outcome };
    };
    const associated = await until(true, () => workspace.associate(ChannelArn, ChannelFlowArn));
    const disassociated = await until(false, () => workspace.disassociate(ChannelArn, ChannelFlowArn));
    return {
      answers: { listConsistencyMs: Math.max(associated.ms, disassociated.ms) },
      evidence: [associated.outcome, disassociated.outcome],
    };
  },
};
