import { outcomeOf, remarked } from '../outcome';
import { Question, settle } from '../question';

export const disassociateNotAssociated: Question = {
  asks: { disassociateNotAssociated: 'disassociating a channel that has no flow, or another one' },
  async ask(bench) {
    const bare = await bench.channel();
    const { channel } = await bench.channelWithFlow();
    const ChannelFlowArn = await bench.flow();
    const disassociate = (ChannelArn: string) =>
      outcomeOf(
        bench.service.messaging.disassociateChannelFlow({ ChannelArn, ChannelFlowArn, ChimeBearer: bench.owner }),
      );
    return settle(
      'disassociateNotAssociated',
      { success: 'success', NotFound: 'not-found', Conflict: 'conflict', BadRequest: 'bad-request' },
      [remarked(await disassociate(bare), 'no flow'), remarked(await disassociate(channel), 'another flow')],
    );
  },
};
