import { APP_INSTANCE_RESOURCE_TYPE } from '../handlers/app-instance/properties';
import { APP_INSTANCE_ADMIN_RESOURCE_TYPE } from '../handlers/app-instance-admin/properties';
import { APP_INSTANCE_TAGS_RESOURCE_TYPE } from '../handlers/app-instance-tags/properties';
import { APP_INSTANCE_USER_RESOURCE_TYPE } from '../handlers/app-instance-user/properties';
import { CHANNEL_RESOURCE_TYPE } from '../handlers/channel/properties';
import { CHANNEL_FLOW_RESOURCE_TYPE } from '../handlers/channel-flow/properties';
import { CHANNEL_FLOW_ASSOCIATION_RESOURCE_TYPE } from '../handlers/channel-flow-association/properties';
import { CHANNEL_FLOW_VERIFICATION_RESOURCE_TYPE } from '../handlers/channel-flow-verification/properties';

/** What a provider may call, without the prefix `chime:`. */
export interface ProviderActions {
  /** On the app instances of the account and region, and everything in them. */
  readonly onAppInstances: readonly string[];
  /** Actions for which IAM knows no resource; and the list of app instances, which asks for none in particular. */
  readonly onEverything: readonly string[];
}

const TAGS = ['TagResource', 'UntagResource', 'ListTagsForResource'];

/** Where the bearer that the template names has gone, any admin stands in. */
const BEARERS = ['ListAppInstanceAdmins'];

/** Exactly the actions that the handler of each resource type calls. */
export const PROVIDER_ACTIONS: Record<string, ProviderActions> = {
  [APP_INSTANCE_RESOURCE_TYPE]: {
    onAppInstances: ['UpdateAppInstance', 'DeleteAppInstance', 'DescribeAppInstance', 'ListChannelFlows', ...TAGS],
    onEverything: ['CreateAppInstance', 'ListAppInstances'],
  },
  [APP_INSTANCE_TAGS_RESOURCE_TYPE]: {
    onAppInstances: TAGS,
    onEverything: ['ListAppInstances'],
  },
  [APP_INSTANCE_USER_RESOURCE_TYPE]: {
    onAppInstances: ['UpdateAppInstanceUser', 'DeleteAppInstanceUser', 'DescribeAppInstanceUser', ...TAGS],
    onEverything: ['CreateAppInstanceUser'],
  },
  [APP_INSTANCE_ADMIN_RESOURCE_TYPE]: {
    onAppInstances: ['CreateAppInstanceAdmin', 'DeleteAppInstanceAdmin', 'DescribeAppInstanceAdmin', ...TAGS],
    onEverything: [],
  },
  [CHANNEL_RESOURCE_TYPE]: {
    onAppInstances: ['CreateChannel', 'UpdateChannel', 'DeleteChannel', 'DescribeChannel', ...BEARERS, ...TAGS],
    onEverything: ['ListAppInstances'],
  },
  [CHANNEL_FLOW_RESOURCE_TYPE]: {
    onAppInstances: [
      'CreateChannelFlow', 'UpdateChannelFlow', 'DeleteChannelFlow', 'ListChannelFlows',
      'ListChannelsAssociatedWithChannelFlow', 'DisassociateChannelFlow', ...BEARERS, ...TAGS,
    ],
    onEverything: ['ListAppInstances'],
  },
  [CHANNEL_FLOW_ASSOCIATION_RESOURCE_TYPE]: {
    onAppInstances: [
      'AssociateChannelFlow', 'DisassociateChannelFlow', 'DescribeChannel', 'ListChannelFlows', ...BEARERS, ...TAGS,
    ],
    onEverything: ['ListAppInstances'],
  },
  [CHANNEL_FLOW_VERIFICATION_RESOURCE_TYPE]: {
    onAppInstances: [
      'DescribeChannel', 'SendChannelMessage', 'GetChannelMessageStatus', 'GetChannelMessage', 'ListChannelMessages',
      'UpdateChannelMessage', 'DeleteChannelMessage', ...BEARERS,
    ],
    onEverything: ['ListAppInstances'],
  },
};
