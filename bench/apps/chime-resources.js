const chime = require('cdk-amazon-chime-resources');

const list = tags => tags && Object.entries(tags).map(([key, value]) => ({ key, value }));

module.exports = {
  appInstance(stack, id, { name, tags }) {
    return new chime.MessagingAppInstance(stack, id, { name, tags: list(tags) }).appInstanceArn;
  },

  flow(stack, id, { name, appInstanceArn, processors, tags }) {
    return new chime.ChannelFlow(stack, id, {
      name,
      appInstanceArn,
      clientRequestToken: id,
      tags: list(tags),
      processors: processors.map(({ name: processor, functionArn }, index) => ({
        name: processor,
        executionOrder: index + 1,
        fallbackAction: chime.FallbackAction.ABORT,
        configuration: { lambda: { resourceArn: functionArn, invocationType: chime.InvocationType.ASYNC } },
      })),
    }).channelFlowArn;
  },

  associate(stack, id, props) {
    new chime.ChannelFlowAssociation(stack, id, props);
  },
};
