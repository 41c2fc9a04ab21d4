import type { ChannelFlowVerificationProperties } from './properties';
import {
  arnOf, bytes, CHANNEL_ARN, CHANNEL_FLOW_ARN, listOf, oneOf, optional, required, string, structure, text, wholeNumber,
  type Schema,
} from '../schema/rules';

/** Content of a message. */
const CONTENT = bytes(1, 4096);

export const CHANNEL_FLOW_VERIFICATION: Schema<ChannelFlowVerificationProperties> = {
  ChannelArn: string(CHANNEL_ARN),
  ChannelFlowArn: string(CHANNEL_FLOW_ARN),
  Sender: string(arnOf('sender', 'user or bot')),
  Probes: listOf(structure({
    Expect: required(oneOf('DELIVERED', 'REPLACED', 'DENIED')),
    Content: required(CONTENT),
    Replacement: optional(CONTENT),
    EditOf: optional(CONTENT),
  }), 1, 1_000),
  TimeoutMilliseconds: wholeNumber(1, 900_000),
  Revision: optional(text(0, 10_000)),
};
