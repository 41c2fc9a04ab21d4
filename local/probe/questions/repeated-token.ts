import { randomUUID } from 'node:crypto';
import { Outcome, outcomeOf } from '../outcome';
import { Question, settle, Unanswered } from '../question';

export const repeatedToken: Question = {
  asks: { repeatedToken: 'a ClientRequestToken that was used before, with the same input' },
  async ask(workspace) {
    const { messaging } = workspace.service;
    const ClientRequestToken = randomUUID();
    const channel = {
      AppInstanceArn: workspace.appInstanceArn, Name: 'probe', ChimeBearer: workspace.owner, ClientRequestToken,
    };
    const flow = { ...workspace.flowInput(), ClientRequestToken };
    const { ChannelArn } = await messaging.createChannel(channel);
    await workspace.flow(flow);
    // A channel first: a second flow of the same name may be refused for its name.
    const evidence = [
      await outcomeOf(messaging.createChannel(channel)), await outcomeOf(messaging.createChannelFlow(flow)),
    ] as const;
    expectSame(evidence[0], ChannelArn);
    return settle('repeatedToken', { success: 'idempotent', Conflict: 'conflict' }, evidence);
  },
};

function expectSame(outcome: Outcome<{ ChannelArn?: string }>, ChannelArn: string | undefined): void {
  if (outcome.output && outcome.output.ChannelArn !== ChannelArn) {
    throw new Unanswered('unforeseen: the same token made a second channel', [outcome]);
  }
}
