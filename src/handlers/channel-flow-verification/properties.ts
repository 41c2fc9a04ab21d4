/** CloudFormation type of the verification of a channel flow. */
export const CHANNEL_FLOW_VERIFICATION_RESOURCE_TYPE = 'Custom::ChimeMessagingChannelFlowVerification';

/** One probe message and how it must end. */
export interface ProbeProperty {
  readonly Expect: 'DELIVERED' | 'REPLACED' | 'DENIED';
  readonly Content: string;
  /** What the processor must make of the content; with `REPLACED`. */
  readonly Replacement?: string;
  /** Content of a message that is delivered first, and then edited to the probe's content. */
  readonly EditOf?: string;
}

/** Properties of `Custom::ChimeMessagingChannelFlowVerification`. */
export interface ChannelFlowVerificationProperties {
  readonly ChannelArn: string;
  readonly ChannelFlowArn: string;
  /** ARN of the user or bot that sends the probe messages. */
  readonly Sender: string;
  readonly Probes: ProbeProperty[];
  /** How long the probes may take; a number in the template, delivered as a string. */
  readonly TimeoutMilliseconds: number | string;
  /**
   * Changes with the functions, what they depend on and their policies: without it nothing would run again for them.
   */
  readonly Revision: string;
}

/**
 * How many probes have attributes, counted from the first: those of more would not fit into an answer to
 * CloudFormation.
 */
export const PROBES_WITH_ATTRIBUTES = 40;

/** Attributes of `Custom::ChimeMessagingChannelFlowVerification`, read with `Fn::GetAtt`; probes are counted from 1. */
export const CHANNEL_FLOW_VERIFICATION_ATTRIBUTES = {
  outcome: (probe: number) => `Probe${probe}Outcome`,
  milliseconds: (probe: number) => `Probe${probe}Milliseconds`,
} as const;
