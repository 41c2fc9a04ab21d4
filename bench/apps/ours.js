const { Function: LambdaFunction } = require('aws-cdk-lib/aws-lambda');
const chime = require('cdk-chime-messaging');

const importedOnce = (stack, id, make) => stack.node.tryFindChild(id) ?? make(id);
const appInstances = new Map();

/** Of another account, so that no permissions are made for them: no other contestant makes any. */
const functionOf = (stack, { name, functionArn }) => importedOnce(stack, name, id =>
  LambdaFunction.fromFunctionAttributes(stack, id, { functionArn, sameEnvironment: false }));

const appInstanceOf = (stack, arn) => appInstances.get(arn)
  ?? importedOnce(stack, 'Existing', id => chime.TaggedAppInstance.fromAppInstanceArn(stack, id, arn));

module.exports = {
  appInstance(stack, id, { name, tags }) {
    const made = new chime.TaggedAppInstance(stack, id, { appInstanceName: name, tags });
    appInstances.set(made.appInstanceArn, made);
    return made.appInstanceArn;
  },

  flow(stack, id, { name, appInstanceArn, processors, tags }) {
    return new chime.ChannelFlow(stack, id, {
      appInstance: appInstanceOf(stack, appInstanceArn),
      channelFlowName: name,
      processors: processors.map(processor => chime.ChannelFlowProcessor.fromFunction(functionOf(stack, processor), { processorName: processor.name })),
      bearer: chime.Bearer.fromArn(`${appInstanceArn}/user/admin`),
      tags,
    });
  },

  associate(stack, id, { flow, channelArn, bearerArn }) {
    flow.associate(id, chime.Channel.fromChannelArn(stack, `${id}Channel`, channelArn), { bearer: chime.Bearer.fromArn(bearerArn) });
  },
};
