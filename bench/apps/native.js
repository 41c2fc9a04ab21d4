const chime = require('aws-cdk-lib/aws-chime');

const list = tags => tags && Object.entries(tags).map(([key, value]) => ({ key, value }));

module.exports = {
  appInstance(stack, id, { name, tags }) {
    return new chime.CfnAppInstance(stack, id, { name, tags: list(tags) }).attrAppInstanceArn;
  },

  flow(stack, id, { name, appInstanceArn, processors, tags }) {
    return new chime.CfnChannelFlow(stack, id, {
      name,
      appInstanceArn,
      tags: list(tags),
      processors: processors.map(({ name: processor, functionArn }, index) => ({
        name: processor,
        executionOrder: index + 1,
        fallbackAction: 'ABORT',
        configuration: { lambda: { resourceArn: functionArn, invocationType: 'ASYNC' } },
      })),
    }).attrChannelFlowArn;
  },

  associate(stack, id, props) {
    new chime.CfnChannelFlowAssociation(stack, id, props);
  },
};
