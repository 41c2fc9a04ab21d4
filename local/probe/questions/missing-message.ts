import { randomBytes } from 'node:crypto';
import { outcomeOf, remarked } from '../outcome';
import { Question, settle } from '../question';
import { refusal } from './refusal';

export const missingMessage: Question = {
  asks: { missingMessage: 'operations on a message that is gone, or never was' },
  async ask(workspace) {
    const { messaging } = workspace.service;
    const ChannelArn = await workspace.channel();
    const { MessageId } = await workspace.send(ChannelArn);
    await messaging.deleteChannelMessage({ ChannelArn, MessageId, ChimeBearer: workspace.admin });
    const get = (id: string) =>
      messaging.getChannelMessage({ ChannelArn, MessageId: id, ChimeBearer: workspace.owner });
    return settle('missingMessage', { NotFound: 'not-found', Forbidden: 'forbidden' }, [
      remarked(await refusal(workspace, () => get(MessageId!)), 'deleted'),
      remarked(await outcomeOf(get(randomBytes(32).toString('hex'))), 'never sent'),
    ]);
  },
};
