import { randomUUID } from 'node:crypto';
import { Outcome, outcomeOf, remarked } from '../outcome';
import { Question, settle } from '../question';
import type { Workspace } from '../workspace';
import { answeredByFunction } from './function-messages';

/**
 * An answered callback is known to the function only, which reveals it; that it was never given can be asked without
 * one.
 */
export const repeatedCallback: Question = {
  asks: { repeatedCallback: 'a callback that has its answer already, or was never given' },
  async ask(workspace) {
    const answered = workspace.functionArn === undefined ? [] : [await answeredAgain(workspace)];
    return settle('repeatedCallback', { Forbidden: 'forbidden', Conflict: 'conflict', BadRequest: 'bad-request' }, [
      ...answered, await neverGiven(workspace),
    ]);
  },
};

async function answeredAgain(workspace: Workspace): Promise<Outcome> {
  const { ChannelArn, MessageId, Content } = await answeredByFunction(workspace);
  return remarked(await answer(workspace, ChannelArn!, Content!, MessageId!), 'answered before');
}

async function neverGiven(workspace: Workspace): Promise<Outcome> {
  const { channel } = await workspace.channelWithFlow();
  return remarked(await answer(workspace, channel, randomUUID(), randomUUID()), 'never given');
}

function answer(workspace: Workspace, ChannelArn: string, CallbackId: string, MessageId: string): Promise<Outcome> {
  return outcomeOf(workspace.service.messaging.channelFlowCallback({
    ChannelArn, CallbackId, ChannelMessage: { MessageId, Content: 'again' },
  }));
}
