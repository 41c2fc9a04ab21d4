import { APP_INSTANCE_RESOURCE_TYPE } from '../handlers/app-instance/properties';
import { APP_INSTANCE_ADMIN_RESOURCE_TYPE } from '../handlers/app-instance-admin/properties';
import { APP_INSTANCE_TAGS_RESOURCE_TYPE } from '../handlers/app-instance-tags/properties';
import { APP_INSTANCE_USER_RESOURCE_TYPE } from '../handlers/app-instance-user/properties';
import { CHANNEL_RESOURCE_TYPE } from '../handlers/channel/properties';
import { CHANNEL_FLOW_RESOURCE_TYPE } from '../handlers/channel-flow/properties';
import { CHANNEL_FLOW_ASSOCIATION_RESOURCE_TYPE } from '../handlers/channel-flow-association/properties';
import { CHANNEL_FLOW_VERIFICATION_RESOURCE_TYPE } from '../handlers/channel-flow-verification/properties';

export interface ProviderDefinition {
  /**
   * Construct id: part of the logical ids, which must never change, since CloudFormation refuses a new ServiceToken.
   */
  readonly id: string;
  /** What the bundle exports its handler as. */
  readonly entry: string;
  readonly description: string;
  /**
   * Actions that the handler calls, without the prefix `chime:`: on the app instances of the account and region, and
   * everything in them.
   */
  readonly onAppInstances: readonly string[];
  /** Actions for which IAM knows no resource; and the list of app instances, which asks for none in particular. */
  readonly onEverything: readonly string[];
}

const TAGS = ['TagResource', 'UntagResource', 'ListTagsForResource'];

/** Where the bearer that the template names has gone, any admin stands in. */
const BEARERS = ['ListAppInstanceAdmins'];

/** The function that answers for each resource type, with exactly the actions that its handler calls. */
export const PROVIDERS: Record<string, ProviderDefinition> = {
  [APP_INSTANCE_RESOURCE_TYPE]: {
    id: 'AppInstance',
    entry: 'appInstance',
    description: 'Creates, updates and deletes Amazon Chime SDK app instances for CloudFormation',
    onAppInstances: ['UpdateAppInstance', 'DeleteAppInstance', 'DescribeAppInstance', 'ListChannelFlows', ...TAGS],
    onEverything: ['CreateAppInstance', 'ListAppInstances'],
  },
  [APP_INSTANCE_TAGS_RESOURCE_TYPE]: {
    id: 'AppInstanceTags',
    entry: 'appInstanceTags',
    description: 'Manages tags of existing Amazon Chime SDK app instances for CloudFormation',
    onAppInstances: TAGS,
    onEverything: ['ListAppInstances'],
  },
  [APP_INSTANCE_USER_RESOURCE_TYPE]: {
    id: 'AppInstanceUser',
    entry: 'appInstanceUser',
    description: 'Creates, updates and deletes Amazon Chime SDK app instance users for CloudFormation',
    onAppInstances: ['UpdateAppInstanceUser', 'DeleteAppInstanceUser', 'DescribeAppInstanceUser', ...TAGS],
    onEverything: ['CreateAppInstanceUser'],
  },
  [APP_INSTANCE_ADMIN_RESOURCE_TYPE]: {
    id: 'AppInstanceAdmin',
    entry: 'appInstanceAdmin',
    description: 'Promotes and demotes Amazon Chime SDK app instance admins for CloudFormation',
    onAppInstances: ['CreateAppInstanceAdmin', 'DeleteAppInstanceAdmin', 'DescribeAppInstanceAdmin', ...TAGS],
    onEverything: [],
  },
  [CHANNEL_RESOURCE_TYPE]: {
    id: 'Channel',
    entry: 'channel',
    description: 'Creates, updates and deletes Amazon Chime SDK channels for CloudFormation',
    onAppInstances: ['CreateChannel', 'UpdateChannel', 'DeleteChannel', 'DescribeChannel', ...BEARERS, ...TAGS],
    onEverything: ['ListAppInstances'],
  },
  [CHANNEL_FLOW_RESOURCE_TYPE]: {
    id: 'ChannelFlow',
    entry: 'channelFlow',
    description: 'Creates, updates, drains and deletes Amazon Chime SDK channel flows for CloudFormation',
    onAppInstances: [
      'CreateChannelFlow', 'UpdateChannelFlow', 'DeleteChannelFlow', 'ListChannelFlows',
      'ListChannelsAssociatedWithChannelFlow', 'DisassociateChannelFlow', ...BEARERS, ...TAGS,
    ],
    onEverything: ['ListAppInstances'],
  },
  [CHANNEL_FLOW_ASSOCIATION_RESOURCE_TYPE]: {
    id: 'ChannelFlowAssociation',
    entry: 'channelFlowAssociation',
    description: 'Associates Amazon Chime SDK channels with channel flows for CloudFormation',
    onAppInstances: [
      'AssociateChannelFlow', 'DisassociateChannelFlow', 'DescribeChannel', 'ListChannelFlows', ...BEARERS, ...TAGS,
    ],
    onEverything: ['ListAppInstances'],
  },
  [CHANNEL_FLOW_VERIFICATION_RESOURCE_TYPE]: {
    id: 'ChannelFlowVerification',
    entry: 'channelFlowVerification',
    description: 'Sends probe messages through Amazon Chime SDK channel flows for CloudFormation',
    onAppInstances: [
      'DescribeChannel', 'SendChannelMessage', 'GetChannelMessageStatus', 'GetChannelMessage', 'ListChannelMessages',
      'UpdateChannelMessage', 'DeleteChannelMessage', ...BEARERS,
    ],
    onEverything: ['ListAppInstances'],
  },
};
