import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  AppInstanceAdmin, AppInstanceUser, ChannelFlow, ChannelFlowProcessor, TaggedAppInstance,
} from '../../../../src';

const app = new App();
const env = { region: 'us-east-1' };

const chat = new Stack(app, 'Chat', { env });
const appInstance = new TaggedAppInstance(chat, 'AppInstance', { removalPolicy: RemovalPolicy.DESTROY });
const user = new AppInstanceUser(chat, 'User', { appInstance, appInstanceUserId: 'operator' });
const admin = new AppInstanceAdmin(chat, 'Admin', { appInstance, user });
const processor = new lambda.Function(chat, 'Processor', {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => {};'),
  timeout: Duration.seconds(10),
});

const flows = new Stack(app, 'Flows', { env });
for (let flow = 1; flow <= 100; flow++) {
  new ChannelFlow(
    flows, `Flow${flow}`, { appInstance, processors: [ChannelFlowProcessor.fromFunction(processor)], bearer: admin },
  );
}
