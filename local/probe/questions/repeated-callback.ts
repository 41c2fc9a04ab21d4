import { randomUUID } from 'node:crypto';
import type { Bench } from '../bench';
import { Outcome, outcomeOf, remarked } from '../outcome';
import { Question, settle } from '../question';
import { answeredByFunction } from './function-messages';

/**
 * An answered callback is known to the function only, which reveals it; that it was never given can be asked without
 * one.
 */
export const repeatedCallback: Question = {
  asks: { repeatedCallback: 'a callback that has its answer already, or was never given' },
  async ask(bench) {
    const answered = bench.functionArn === undefined ? [] : [await answeredAgain(bench)];
    return settle('repeatedCallback', { Forbidden: 'forbidden', Conflict: 'conflict', BadRequest: 'bad-request' }, [
      ...answered, await neverGiven(bench),
    ]);
  },
};

async function answeredAgain(bench: Bench): Promise<Outcome> {
  const { ChannelArn, MessageId, Content } = await answeredByFunction(bench);
  return remarked(await answer(bench, ChannelArn!, Content!, MessageId!), 'answered before');
}

async function neverGiven(bench: Bench): Promise<Outcome> {
  const { channel } = await bench.channelWithFlow();
  return remarked(await answer(bench, channel, randomUUID(), randomUUID()), 'never given');
}

function answer(bench: Bench, ChannelArn: string, CallbackId: string, MessageId: string): Promise<Outcome> {
  return outcomeOf(bench.service.messaging.channelFlowCallback({
    ChannelArn, CallbackId, ChannelMessage: { MessageId, Content: 'again' },
  }));
}
