const { join } = require('node:path');
const { CustomResource, Duration } = require('aws-cdk-lib');
const { PolicyStatement } = require('aws-cdk-lib/aws-iam');
const { Code, Function: LambdaFunction, Runtime } = require('aws-cdk-lib/aws-lambda');
const { Provider } = require('aws-cdk-lib/custom-resources');
const { processorsOf, tagsOf } = require('./service-shapes');

function serviceTokenOf(stack) {
  const existing = stack.node.tryFindChild('Provider');
  if (existing) return existing.serviceToken;
  const onEventHandler = new LambdaFunction(stack, 'Handler', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(join(__dirname, 'hand-written')),
    timeout: Duration.minutes(5),
    initialPolicy: [new PolicyStatement({ actions: ['chime:*'], resources: ['*'] })],
  });
  return new Provider(stack, 'Provider', { onEventHandler }).serviceToken;
}

const resource = (stack, id, kind, properties) => new CustomResource(stack, id, {
  resourceType: `Custom::${kind}`, serviceToken: serviceTokenOf(stack), properties,
});

module.exports = {
  appInstance(stack, id, { name, tags }) {
    return resource(stack, id, 'AppInstance', { Name: name, Tags: tagsOf(tags) }).ref;
  },

  flow(stack, id, { name, appInstanceArn, processors, tags }) {
    return resource(stack, id, 'ChannelFlow', {
      AppInstanceArn: appInstanceArn, Name: name, Processors: processorsOf(processors), Tags: tagsOf(tags),
    }).ref;
  },

  associate(stack, id, { flow, channelArn, bearerArn }) {
    resource(stack, id, 'ChannelFlowAssociation', { ChannelArn: channelArn, ChannelFlowArn: flow, ChimeBearer: bearerArn });
  },
};
