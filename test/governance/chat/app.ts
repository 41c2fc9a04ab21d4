import { App, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  AppInstanceAdmin, AppInstanceUser, Channel, ChannelFlow, ChannelFlowAssociation, ChannelFlowProcessor,
  TaggedAppInstance,
} from '../../../src';

/** A chat of which the context `renamed` gives some constructs another id, and `adds` has one more flow. */
const app = new App();
const idOf = (name: string) =>
  String(app.node.tryGetContext('renamed') ?? '').split(' ').includes(name) ? `${name}Renamed` : name;

const stack = new Stack(app, 'Chat', { env: { account: '111122223333', region: 'us-east-1' } });
const appInstance = new TaggedAppInstance(stack, idOf('Support'), { appInstanceName: 'support' });
const user = new AppInstanceUser(
  stack, idOf('Operator'), { appInstance, appInstanceUserId: 'operator', appInstanceUserName: 'Operator' },
);
const bearer = new AppInstanceAdmin(stack, idOf('Admin'), { appInstance, user });
const channel = new Channel(stack, idOf('Lobby'), { appInstance, channelName: 'lobby', bearer });
const moderate = new Function(stack, idOf('Moderate'), {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromInline(
    'exports.handler = async () => undefined;',
  ),
});
const processors = [ChannelFlowProcessor.fromFunction(moderate, { processorName: 'moderate' })];
const channelFlow = new ChannelFlow(
  stack, idOf('Moderation'), { appInstance, channelFlowName: 'moderation', processors, bearer },
);
new ChannelFlowAssociation(stack, idOf('Association'), { channelFlow, channel, bearer });
if (app.node.tryGetContext('adds') !== undefined) {
  new ChannelFlow(stack, 'Imported', { appInstance, channelFlowName: 'imported', processors, bearer });
}
