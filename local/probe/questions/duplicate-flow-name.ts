import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';

export const duplicateFlowName: Question = {
  asks: { duplicateFlowName: 'a second flow of the same name in one app instance' },
  async ask(workspace) {
    const { messaging } = workspace.service;
    const input = workspace.flowInput();
    await workspace.flow(input);
    const other = await workspace.flow();
    return settle('duplicateFlowName', { success: 'allow', Conflict: 'conflict' }, [
      await outcomeOf(messaging.createChannelFlow(input)),
      await outcomeOf(
        messaging.updateChannelFlow({ ChannelFlowArn: other, Name: input.Name, Processors: input.Processors }),
      ),
    ]);
  },
};
