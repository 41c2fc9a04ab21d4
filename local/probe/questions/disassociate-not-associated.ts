import { outcomeOf, remarked } from '../outcome';
import { Question, settle } from '../question';

export const disassociateNotAssociated: Question = {
  asks: { disassociateNotAssociated: 'disassociating a channel that has no flow, or another one' },
  async ask(workspace) {
    const bare = await workspace.channel();
    const { channel } = await workspace.channelWithFlow();
    const ChannelFlowArn = await workspace.flow();
    const disassociate = (ChannelArn: string) =>
      outcomeOf(
        workspace.service.messaging.disassociateChannelFlow({
          ChannelArn, ChannelFlowArn, ChimeBearer: workspace.owner,
        }),
      );
    return settle(
      'disassociateNotAssociated',
      { success: 'success', NotFound: 'not-found', Conflict: 'conflict', BadRequest: 'bad-request' },
      [remarked(await disassociate(bare), 'no flow'), remarked(await disassociate(channel), 'another flow')],
    );
  },
};
