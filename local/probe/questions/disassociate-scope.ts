import { outcomeOf, remarked } from '../outcome';
import { Question, Unanswered } from '../question';

export const disassociateScope: Question = {
  asks: { disassociateScope: 'what disassociating frees: the channel, or all of the flow\'s' },
  async ask(workspace) {
    const { messaging } = workspace.service;
    const { channel, flow } = await workspace.channelWithFlow();
    const sibling = await workspace.channel();
    await workspace.associate(sibling, flow);
    await workspace.disassociate(channel, flow);
    const freed = await workspace.patience.until(() => workspace.flowAt(channel), left => left === undefined);
    const look = await outcomeOf(messaging.describeChannel({ ChannelArn: sibling, ChimeBearer: workspace.owner }));
    if (!freed.happened || look.output === undefined) {
      throw new Unanswered(
        'unforeseen: the channel that was named keeps its flow, or its sibling can\'t be seen', [look],
      );
    }
    const kept = look.output.Channel!.ChannelFlowArn === flow;
    return {
      answers: { disassociateScope: kept ? 'channel' : 'every-channel' },
      evidence: [remarked(look, `the flow's other channel ${kept ? 'keeps' : 'has lost'} it`)],
    };
  },
};
