import type { TagProperty } from '../tags/tag-property';

/** CloudFormation type of a channel. */
export const CHANNEL_RESOURCE_TYPE = 'Custom::ChimeMessagingChannel';

/** Properties of `Custom::ChimeMessagingChannel`. */
export interface ChannelProperties {
  readonly AppInstanceArn: string;
  readonly Name: string;
  /** ARN of the user or bot that creates, changes and deletes the channel. */
  readonly Bearer: string;
  readonly ChannelId?: string;
  readonly Mode?: string;
  readonly Privacy?: string;
  readonly Metadata?: string;
  readonly Tags?: TagProperty[];
}

/** Attributes of `Custom::ChimeMessagingChannel`, read with `Fn::GetAtt`. */
export const CHANNEL_ATTRIBUTES = { ARN: 'ChannelArn' } as const;
