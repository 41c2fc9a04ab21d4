import { appInstance } from '../../../src/handlers/app-instance/lifecycle';
import { APP_INSTANCE_RESOURCE_TYPE } from '../../../src/handlers/app-instance/properties';
import { appInstanceAdmin } from '../../../src/handlers/app-instance-admin/lifecycle';
import { APP_INSTANCE_ADMIN_RESOURCE_TYPE } from '../../../src/handlers/app-instance-admin/properties';
import { appInstanceTags } from '../../../src/handlers/app-instance-tags/lifecycle';
import { APP_INSTANCE_TAGS_RESOURCE_TYPE } from '../../../src/handlers/app-instance-tags/properties';
import { appInstanceUser } from '../../../src/handlers/app-instance-user/lifecycle';
import { APP_INSTANCE_USER_RESOURCE_TYPE } from '../../../src/handlers/app-instance-user/properties';
import { channel } from '../../../src/handlers/channel/lifecycle';
import { CHANNEL_RESOURCE_TYPE } from '../../../src/handlers/channel/properties';
import { channelFlow } from '../../../src/handlers/channel-flow/lifecycle';
import { CHANNEL_FLOW_RESOURCE_TYPE } from '../../../src/handlers/channel-flow/properties';
import { channelFlowAssociation } from '../../../src/handlers/channel-flow-association/lifecycle';
import { CHANNEL_FLOW_ASSOCIATION_RESOURCE_TYPE } from '../../../src/handlers/channel-flow-association/properties';
import type { LambdaHandler } from '../../../src/handlers/protocol/entry';
import type { Lifecycle } from '../../../src/handlers/protocol/lifecycle';
import type { Clients } from '../../../src/handlers/service/clients';

export interface ResourceType {
  readonly name: string;
  readonly lifecycle: Lifecycle<any, Clients>;
  /** What is wrong with the function around the lifecycle, where something is. */
  readonly broken?: (handler: LambdaHandler) => LambdaHandler;
}

/** Every custom resource of the library. */
export const TYPES = {
  appInstance: { name: APP_INSTANCE_RESOURCE_TYPE, lifecycle: appInstance },
  appInstanceTags: { name: APP_INSTANCE_TAGS_RESOURCE_TYPE, lifecycle: appInstanceTags },
  user: { name: APP_INSTANCE_USER_RESOURCE_TYPE, lifecycle: appInstanceUser },
  admin: { name: APP_INSTANCE_ADMIN_RESOURCE_TYPE, lifecycle: appInstanceAdmin },
  channel: { name: CHANNEL_RESOURCE_TYPE, lifecycle: channel },
  flow: { name: CHANNEL_FLOW_RESOURCE_TYPE, lifecycle: channelFlow },
  association: { name: CHANNEL_FLOW_ASSOCIATION_RESOURCE_TYPE, lifecycle: channelFlowAssociation },
} satisfies Record<string, ResourceType>;

export type TypeName = keyof typeof TYPES;
export type Types = Readonly<Record<TypeName, ResourceType>>;
