// What one writes in half an hour for the CDK's Provider framework, with the SDK that Lambda's runtime brings.
const { ChimeSDKIdentity } = require('@aws-sdk/client-chime-sdk-identity');
const { ChimeSDKMessaging } = require('@aws-sdk/client-chime-sdk-messaging');

const identity = new ChimeSDKIdentity({});
const messaging = new ChimeSDKMessaging({});

const LIFECYCLES = {
  'Custom::AppInstance': {
    Create: async ({ Name, Tags }, { RequestId }) => (await identity.createAppInstance({ Name, Tags, ClientRequestToken: RequestId })).AppInstanceArn,
    Update: async ({ Name }, { PhysicalResourceId: AppInstanceArn }) => {
      await identity.updateAppInstance({ AppInstanceArn, Name, Metadata: '' });
      return AppInstanceArn;
    },
    Delete: (_, { PhysicalResourceId: AppInstanceArn }) => identity.deleteAppInstance({ AppInstanceArn }),
  },
  'Custom::ChannelFlow': {
    Create: async (properties, { RequestId }) => (await messaging.createChannelFlow({ ...flowOf(properties), ClientRequestToken: RequestId })).ChannelFlowArn,
    Update: async (properties, { PhysicalResourceId: ChannelFlowArn }) => {
      const { Name, Processors } = flowOf(properties);
      await messaging.updateChannelFlow({ ChannelFlowArn, Name, Processors });
      return ChannelFlowArn;
    },
    Delete: (_, { PhysicalResourceId: ChannelFlowArn }) => messaging.deleteChannelFlow({ ChannelFlowArn }),
  },
  'Custom::ChannelFlowAssociation': {
    Create: async ({ ChannelArn, ChannelFlowArn, ChimeBearer }) => {
      await messaging.associateChannelFlow({ ChannelArn, ChannelFlowArn, ChimeBearer });
      return `${ChannelArn} flow`;
    },
    Update: (_, { PhysicalResourceId }) => PhysicalResourceId,
    Delete: ({ ChannelArn, ChannelFlowArn, ChimeBearer }) => messaging.disassociateChannelFlow({ ChannelArn, ChannelFlowArn, ChimeBearer }),
  },
};

/** CloudFormation makes every value a string. */
function flowOf({ AppInstanceArn, Name, Processors, Tags }) {
  return { AppInstanceArn, Name, Tags, Processors: Processors.map(processor => ({ ...processor, ExecutionOrder: Number(processor.ExecutionOrder) })) };
}

exports.handler = async event => {
  const answer = await LIFECYCLES[event.ResourceType][event.RequestType](event.ResourceProperties, event);
  return { PhysicalResourceId: event.RequestType === 'Delete' ? event.PhysicalResourceId : answer };
};
