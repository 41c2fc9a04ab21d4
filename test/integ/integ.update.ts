/**
 * A flow gets another name and another processor, and a channel another flow, all in place. The first version is
 * deployed by a hook, before integ-runner deploys what is here: `-c version=1`.
 */
import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App } from 'aws-cdk-lib';
import { Chat } from './chat';
import { ChannelFlow, ChannelFlowAssociation, ChannelFlowProcessor, FallbackAction } from '../../src';

const app = new App();
const first = app.node.tryGetContext('version') === '1';
const stack = new Chat(app, 'ChimeMessagingIntegUpdate');
const { chat, admin } = stack;

const processors = { one: stack.processor('One'), other: stack.processor('Other') };
const fallbackAction = FallbackAction.CONTINUE;
const changed = new ChannelFlow(stack, 'Changed', {
  appInstance: chat,
  bearer: admin,
  channelFlowName: first ? 'before' : 'after',
  processors: [ChannelFlowProcessor.fromFunction(
    first ? processors.one : processors.other, { processorName: 'processor', fallbackAction },
  )],
  tags: first ? { stays: 'before', goes: 'before' } : { stays: 'after' },
});
const same = new ChannelFlow(stack, 'Same', {
  appInstance: chat,
  bearer: admin,
  channelFlowName: 'same',
  processors: [ChannelFlowProcessor.fromFunction(processors.one, { processorName: 'processor', fallbackAction })],
});
const swapped = stack.channel('Swapped');
new ChannelFlowAssociation(
  stack, 'SwappedFlow', { channelFlow: first ? same : changed, channel: swapped, bearer: admin },
);

const { assertions } = new IntegTest(app, 'Update', {
  testCases: [stack],
  regions: ['us-east-1'],
  hooks: { preDeploy: ['npx tsx first-version.ts integ.update.ts ChimeMessagingIntegUpdate'] },
});

assertions.awsApiCall('ChimeSDKMessaging', 'describeChannelFlow', { ChannelFlowArn: changed.channelFlowArn })
  .expect(ExpectedResult.objectLike({
    ChannelFlow: {
      Name: 'after', Processors: [{ Configuration: { Lambda: { ResourceArn: processors.other.functionArn } } }],
    },
  }));

// As many as before: nothing was replaced.
assertions.awsApiCall('ChimeSDKMessaging', 'listChannelFlows', { AppInstanceArn: chat.appInstanceArn })
  .expect(ExpectedResult.objectLike({ ChannelFlows: [{}, {}] }));

assertions.awsApiCall(
  'ChimeSDKMessaging', 'describeChannel', { ChannelArn: swapped.channelArn, ChimeBearer: admin.bearerArn },
)
  .expect(ExpectedResult.objectLike({ Channel: { ChannelFlowArn: changed.channelFlowArn } }));
