import { outcomeOf, remarked } from '../outcome';
import { Question, settle, Unanswered } from '../question';

const REFUSALS = ['Conflict', 'BadRequest'];

export const deleteConsistency: Question = {
  asks: { deleteConsistencyMs: 'how long a flow can\'t be deleted after its last channel left, in ms' },
  async ask(workspace) {
    const { channel, flow } = await workspace.channelWithFlow();
    const since = performance.now();
    await workspace.disassociate(channel, flow);
    const { value, ms, happened } = await workspace.patience.until(
      () => outcomeOf(workspace.service.messaging.deleteChannelFlow({ ChannelFlowArn: flow })),
      ({ code }) => !REFUSALS.includes(code),
      since,
    );
    const evidence = [remarked(value, `after ${ms} ms`)];
    if (!happened) throw new Unanswered(`longer than ${ms} ms: wait longer with --patience`, evidence);
    return settle('deleteConsistencyMs', { success: ms }, evidence);
  },
};
