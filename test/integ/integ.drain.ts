/**
 * A flow is deleted although a channel carries it that no stack knows: the assertions associate it behind the stack's
 * back. The service refuses to delete a flow in use, so that the stack can be destroyed is the proof.
 */
import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App } from 'aws-cdk-lib';
import { Chat } from './chat';
import { ChannelFlow, ChannelFlowProcessor } from '../../src';

const app = new App();
const stack = new Chat(app, 'ChimeMessagingIntegDrain');
const { chat, admin } = stack;

const flow = new ChannelFlow(stack, 'Moderation', {
  appInstance: chat,
  bearer: admin,
  channelFlowName: 'moderation',
  processors: [ChannelFlowProcessor.fromFunction(stack.processor('Processor'), { processorName: 'processor' })],
});
const channel = stack.channel('Lobby');

const { assertions } = new IntegTest(app, 'Drain', { testCases: [stack], regions: ['us-east-1'] });

const onChannel = { ChannelArn: channel.channelArn, ChimeBearer: admin.bearerArn };
assertions.awsApiCall(
  'ChimeSDKMessaging', 'associateChannelFlow', { ...onChannel, ChannelFlowArn: flow.channelFlowArn },
)
  .next(assertions.awsApiCall('ChimeSDKMessaging', 'describeChannel', onChannel)
    .expect(ExpectedResult.objectLike({ Channel: { ChannelFlowArn: flow.channelFlowArn } })));
