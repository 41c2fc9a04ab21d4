const { PolicyStatement } = require('aws-cdk-lib/aws-iam');
const { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, PhysicalResourceIdReference } = require('aws-cdk-lib/custom-resources');
const { processorsOf, tagsOf } = require('./service-shapes');

const messaging = { service: '@aws-sdk/client-chime-sdk-messaging' };
const identity = { service: '@aws-sdk/client-chime-sdk-identity' };

const resource = (stack, id, calls) => new AwsCustomResource(stack, id, {
  ...calls,
  installLatestAwsSdk: false,
  policy: AwsCustomResourcePolicy.fromStatements([new PolicyStatement({ actions: ['chime:*'], resources: ['*'] })]),
});

module.exports = {
  appInstance(stack, id, { name, tags }) {
    return resource(stack, id, {
      onCreate: {
        ...identity,
        action: 'CreateAppInstance',
        parameters: { Name: name, ClientRequestToken: id, Tags: tagsOf(tags) },
        physicalResourceId: PhysicalResourceId.fromResponse('AppInstanceArn'),
      },
      onDelete: { ...identity, action: 'DeleteAppInstance', parameters: { AppInstanceArn: new PhysicalResourceIdReference() } },
    }).getResponseField('AppInstanceArn');
  },

  flow(stack, id, { name, appInstanceArn, processors, tags }) {
    return resource(stack, id, {
      onCreate: {
        ...messaging,
        action: 'CreateChannelFlow',
        parameters: { AppInstanceArn: appInstanceArn, Name: name, Processors: processorsOf(processors), ClientRequestToken: id, Tags: tagsOf(tags) },
        physicalResourceId: PhysicalResourceId.fromResponse('ChannelFlowArn'),
      },
      onUpdate: {
        ...messaging,
        action: 'UpdateChannelFlow',
        parameters: { ChannelFlowArn: new PhysicalResourceIdReference(), Name: name, Processors: processorsOf(processors) },
        physicalResourceId: PhysicalResourceId.fromResponse('ChannelFlowArn'),
      },
      onDelete: { ...messaging, action: 'DeleteChannelFlow', parameters: { ChannelFlowArn: new PhysicalResourceIdReference() } },
    }).getResponseField('ChannelFlowArn');
  },

  associate(stack, id, { flow, channelArn, bearerArn }) {
    const parameters = { ChannelArn: channelArn, ChannelFlowArn: flow, ChimeBearer: bearerArn };
    const physicalResourceId = PhysicalResourceId.of(`${channelArn} flow`);
    resource(stack, id, {
      onCreate: { ...messaging, action: 'AssociateChannelFlow', parameters, physicalResourceId },
      onDelete: { ...messaging, action: 'DisassociateChannelFlow', parameters },
    });
  },
};
