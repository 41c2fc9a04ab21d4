import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';

export const duplicateFlowName: Question = {
  asks: { duplicateFlowName: 'a second flow of the same name in one app instance' },
  async ask(bench) {
    const { messaging } = bench.service;
    const input = bench.flowInput();
    await bench.flow(input);
    const other = await bench.flow();
    return settle('duplicateFlowName', { success: 'allow', Conflict: 'conflict' }, [
      await outcomeOf(messaging.createChannelFlow(input)),
      await outcomeOf(
        messaging.updateChannelFlow({ ChannelFlowArn: other, Name: input.Name, Processors: input.Processors }),
      ),
    ]);
  },
};
