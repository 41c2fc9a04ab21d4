/**
 * Every handler under the name that its function's `Handler` has; one file, since it loads sooner than its parts
 * (bench/README.md).
 */
import { appInstance as appInstanceLifecycle } from './app-instance/lifecycle';
import { appInstanceAdmin as appInstanceAdminLifecycle } from './app-instance-admin/lifecycle';
import { appInstanceTags as appInstanceTagsLifecycle } from './app-instance-tags/lifecycle';
import { appInstanceUser as appInstanceUserLifecycle } from './app-instance-user/lifecycle';
import { channel as channelLifecycle } from './channel/lifecycle';
import { channelFlow as channelFlowLifecycle } from './channel-flow/lifecycle';
import { channelFlowAssociation as channelFlowAssociationLifecycle } from './channel-flow-association/lifecycle';
import { channelFlowVerification as channelFlowVerificationLifecycle } from './channel-flow-verification/lifecycle';
import { lambdaEntry } from './protocol/entry';
import { clients } from './service/sdk-clients';

export const appInstance = lambdaEntry(appInstanceLifecycle, clients);
export const appInstanceAdmin = lambdaEntry(appInstanceAdminLifecycle, clients);
export const appInstanceTags = lambdaEntry(appInstanceTagsLifecycle, clients);
export const appInstanceUser = lambdaEntry(appInstanceUserLifecycle, clients);
export const channel = lambdaEntry(channelLifecycle, clients);
export const channelFlow = lambdaEntry(channelFlowLifecycle, clients);
export const channelFlowAssociation = lambdaEntry(channelFlowAssociationLifecycle, clients);
export const channelFlowVerification = lambdaEntry(channelFlowVerificationLifecycle, clients);
