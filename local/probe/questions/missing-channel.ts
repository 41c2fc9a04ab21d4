import { outcomeOf } from '../outcome';
import { Question, settle } from '../question';
import { refusal } from './refusal';

export const missingChannel: Question = {
  asks: { missingChannel: 'operations on a channel that is gone, by an admin' },
  async ask(bench) {
    const { messaging } = bench.service;
    const about = { ChannelArn: await bench.channel(), ChimeBearer: bench.admin };
    const ChannelFlowArn = await bench.flow();
    await messaging.deleteChannel({ ...about, ChimeBearer: bench.owner });
    return settle('missingChannel', { NotFound: 'not-found', Forbidden: 'forbidden' }, [
      await refusal(bench, () => messaging.describeChannel(about)),
      await outcomeOf(messaging.disassociateChannelFlow({ ...about, ChannelFlowArn })),
      await outcomeOf(messaging.deleteChannel(about)),
    ]);
  },
};
