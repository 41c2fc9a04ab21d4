/** Every handler under the name that its function's `Handler` has; one file, since it loads sooner than its parts (bench/README.md). */
export { handler as appInstance } from './app-instance';
export { handler as appInstanceAdmin } from './app-instance-admin';
export { handler as appInstanceTags } from './app-instance-tags';
export { handler as appInstanceUser } from './app-instance-user';
export { handler as channel } from './channel';
export { handler as channelFlow } from './channel-flow';
export { handler as channelFlowAssociation } from './channel-flow-association';
export { handler as channelFlowVerification } from './channel-flow-verification';
