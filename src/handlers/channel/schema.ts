import type { ChannelProperties } from './properties';
import {
  APP_INSTANCE_ARN, BEARER, ID, METADATA, NAME, oneOf, optional, required, tags, type Schema,
} from '../schema/rules';

export const CHANNEL: Schema<ChannelProperties> = {
  AppInstanceArn: required(APP_INSTANCE_ARN),
  Name: required(NAME),
  Bearer: required(BEARER),
  ChannelId: optional(ID),
  Mode: optional(oneOf('UNRESTRICTED', 'RESTRICTED')),
  Privacy: optional(oneOf('PUBLIC', 'PRIVATE')),
  Metadata: optional(METADATA),
  Tags: tags(4, { isOptional: true }),
};
