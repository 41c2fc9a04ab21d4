/** A flow on two channels, proven by messages; the service is asked for all of it. */
import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { App } from 'aws-cdk-lib';
import { Chat } from './chat';
import {
  ChannelFlow, ChannelFlowAssociation, ChannelFlowProcessor, ChannelFlowVerification, FallbackAction, Probe, WordFilter,
  WordFilterAction,
} from '../../src';

const app = new App();
const stack = new Chat(app, 'ChimeMessagingIntegCore');
const { chat, admin } = stack;

const filter = new WordFilter(
  stack, 'Filter', { words: ['fool'], patterns: ['\\d{3}-\\d{4}'], action: WordFilterAction.MASK },
);
const flow = new ChannelFlow(stack, 'Moderation', {
  appInstance: chat,
  bearer: admin,
  channelFlowName: 'moderation',
  processors: [
    ChannelFlowProcessor.fromFunction(filter, { processorName: 'filter', fallbackAction: FallbackAction.ABORT }),
  ],
  tags: { purpose: 'moderation' },
});
const lobby = stack.channel('Lobby');
const tested = stack.channel('Tested');
new ChannelFlowAssociation(stack, 'LobbyModeration', { channelFlow: flow, channel: lobby, bearer: admin });
const association = new ChannelFlowAssociation(
  stack, 'TestedModeration', { channelFlow: flow, channel: tested, bearer: admin },
);
const verification = new ChannelFlowVerification(stack, 'Verification', {
  channelFlow: flow,
  channel: tested,
  sender: admin,
  probes: [Probe.delivered('hello'), Probe.replaced('fool, call 555-0100', '***, call ***')],
});
verification.node.addDependency(association);

const { assertions } = new IntegTest(app, 'Core', { testCases: [stack], regions: ['us-east-1'] });

assertions.awsApiCall('ChimeSDKMessaging', 'describeChannelFlow', { ChannelFlowArn: flow.channelFlowArn })
  .expect(ExpectedResult.objectLike({
    ChannelFlow: {
      Name: 'moderation',
      Processors: [{
        Name: 'filter',
        ExecutionOrder: 1,
        FallbackAction: 'ABORT',
        Configuration: {
          Lambda: { ResourceArn: filter.functionArn, InvocationType: 'ASYNC' },
        },
      }],
    },
  }));

for (const channel of [lobby, tested]) {
  assertions.awsApiCall(
    'ChimeSDKMessaging', 'describeChannel', { ChannelArn: channel.channelArn, ChimeBearer: admin.bearerArn },
  )
    .expect(ExpectedResult.objectLike({ Channel: { ChannelFlowArn: flow.channelFlowArn } }));
}

assertions.awsApiCall(
  'ChimeSDKIdentity',
  'describeAppInstanceAdmin',
  { AppInstanceArn: chat.appInstanceArn, AppInstanceAdminArn: admin.bearerArn },
)
  .expect(ExpectedResult.objectLike({ AppInstanceAdmin: { Admin: { Arn: admin.bearerArn } } }));

assertions.awsApiCall('ChimeSDKIdentity', 'listTagsForResource', { ResourceARN: chat.appInstanceArn })
  .expect(ExpectedResult.objectLike({ Tags: Match.arrayWith([{ Key: 'purpose', Value: 'integration test' }]) }));
