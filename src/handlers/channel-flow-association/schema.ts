import type { ChannelFlowAssociationProperties } from './properties';
import { BEARER, CHANNEL_ARN, CHANNEL_FLOW_ARN, oneOf, string, type Schema } from '../schema/rules';

export const CHANNEL_FLOW_ASSOCIATION: Schema<ChannelFlowAssociationProperties> = {
  ChannelArn: string(CHANNEL_ARN),
  ChannelFlowArn: string(CHANNEL_FLOW_ARN),
  Bearer: string(BEARER),
  OnExisting: string(oneOf('FAIL', 'REPLACE')),
};
