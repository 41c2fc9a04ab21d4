import type { TagProperty } from '../tags/tag-property';

/** CloudFormation type of a channel flow. */
export const CHANNEL_FLOW_RESOURCE_TYPE = 'Custom::ChimeMessagingChannelFlow';

/** One processor, in the shape of the service's `Processor`. */
export interface ProcessorProperty {
  readonly Name: string;
  /** A number in the template; CloudFormation delivers it as a string. */
  readonly ExecutionOrder: number | string;
  readonly FallbackAction: string;
  readonly Configuration: {
    readonly Lambda: { readonly ResourceArn: string; readonly InvocationType: string };
  };
}

/** Properties of `Custom::ChimeMessagingChannelFlow`. */
export interface ChannelFlowProperties {
  readonly AppInstanceArn: string;
  readonly Name: string;
  readonly Processors: ProcessorProperty[];
  /** ARN of the user or bot that disassociates channels before the flow is deleted. */
  readonly Bearer?: string;
  readonly Tags?: TagProperty[];
}

/** Attributes of `Custom::ChimeMessagingChannelFlow`, read with `Fn::GetAtt`. */
export const CHANNEL_FLOW_ATTRIBUTES = { ARN: 'ChannelFlowArn', NAME: 'Name' } as const;
