import { join } from 'node:path';
import { App, CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';

const app = new App();
const stack = new Stack(app, 'ThrowAway');
const provider = new Function(stack, 'Provider', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'resource.handler',
  code: Code.fromAsset(join(__dirname, 'function')),
});
const resource = new CfnResource(stack, 'Resource', {
  type: 'Custom::ThrowAway',
  properties: {
    ServiceToken: provider.functionArn,
    Name: app.node.tryGetContext('name'),
    Count: Number(app.node.tryGetContext('count')),
    FailOn: app.node.tryGetContext('failOn'),
  },
});
new CfnOutput(stack, 'Greeting', { value: resource.getAtt('Greeting').toString() });
