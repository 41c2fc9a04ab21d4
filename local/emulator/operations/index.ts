import { appInstanceAdminOperations } from './app-instance-admins';
import { appInstanceBotOperations } from './app-instance-bots';
import { appInstanceUserOperations } from './app-instance-users';
import { appInstanceOperations } from './app-instances';
import { associationOperations } from './associations';
import { channelBanOperations } from './channel-bans';
import { channelFlowCallbackOperations } from './channel-flow-callbacks';
import { channelFlowOperations } from './channel-flows';
import { channelMembershipOperations } from './channel-memberships';
import { channelMessageOperations } from './channel-messages';
import { channelModeratorOperations } from './channel-moderators';
import { channelOperations } from './channels';
import { Operations } from './operation';
import { tagOperations } from './tags';

/** Every operation that the emulator serves, by name. */
export const OPERATIONS: Operations = {
  ...appInstanceOperations,
  ...appInstanceUserOperations,
  ...appInstanceBotOperations,
  ...appInstanceAdminOperations,
  ...channelOperations,
  ...channelModeratorOperations,
  ...channelMembershipOperations,
  ...channelBanOperations,
  ...channelFlowOperations,
  ...associationOperations,
  ...channelMessageOperations,
  ...channelFlowCallbackOperations,
  ...tagOperations,
};
