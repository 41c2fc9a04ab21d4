import { randomBytes } from 'node:crypto';
import { outcomeOf, remarked } from '../outcome';
import { Question, settle } from '../question';
import { refusal } from './refusal';

export const missingMessage: Question = {
  asks: { missingMessage: 'operations on a message that is gone, or never was' },
  async ask(bench) {
    const { messaging } = bench.service;
    const ChannelArn = await bench.channel();
    const { MessageId } = await bench.send(ChannelArn);
    await messaging.deleteChannelMessage({ ChannelArn, MessageId, ChimeBearer: bench.admin });
    const get = (id: string) => messaging.getChannelMessage({ ChannelArn, MessageId: id, ChimeBearer: bench.owner });
    return settle('missingMessage', { NotFound: 'not-found', Forbidden: 'forbidden' }, [
      remarked(await refusal(bench, () => get(MessageId!)), 'deleted'),
      remarked(await outcomeOf(get(randomBytes(32).toString('hex'))), 'never sent'),
    ]);
  },
};
