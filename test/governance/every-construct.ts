import type { Construct } from 'constructs';
import {
  AppInstanceTags, Channel, ChannelFlow, ChannelFlowProcessor, ChannelFlowVerification, PiiRedactor, Probe,
  TaggedAppInstance, WordFilter,
} from '../../src';
import { newChat } from '../fixture';

/** Puts one of each construct into the stack; the answer is the scope. */
export function everyConstruct<Scope extends Construct>(scope: Scope): Scope {
  const { appInstance, admin } = newChat(scope);
  const channel = new Channel(scope, 'Lobby', { appInstance, bearer: admin });
  const filter = new WordFilter(scope, 'Words', { words: ['fool'] });
  const channelFlow = new ChannelFlow(
    scope, 'Flow', { appInstance, processors: [ChannelFlowProcessor.fromFunction(filter)], bearer: admin },
  );
  channelFlow.associate('Lobby', channel, { bearer: admin });
  new ChannelFlowVerification(
    scope, 'Verification', { channelFlow, channel, sender: admin, probes: [Probe.delivered('hello')] },
  );
  new PiiRedactor(scope, 'Pii');
  const existing = TaggedAppInstance.fromAppInstanceArn(
    scope, 'Existing', 'arn:aws:chime:us-east-1:111111111111:app-instance/existing',
  );
  new AppInstanceTags(scope, 'Tags', { appInstance: existing, tags: { team: 'care' } });
  return scope;
}
