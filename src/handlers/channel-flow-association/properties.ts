/** CloudFormation type of the association of a channel with a channel flow. */
export const CHANNEL_FLOW_ASSOCIATION_RESOURCE_TYPE = 'Custom::ChimeMessagingChannelFlowAssociation';

/** Properties of `Custom::ChimeMessagingChannelFlowAssociation`. */
export interface ChannelFlowAssociationProperties {
  readonly ChannelArn: string;
  readonly ChannelFlowArn: string;
  /** ARN of the app instance admin or channel moderator that makes the calls. */
  readonly Bearer: string;
  /** What to do when the channel already carries a flow that is not this stack's. */
  readonly OnExisting: 'FAIL' | 'REPLACE';
}
