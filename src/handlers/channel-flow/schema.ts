import type { ChannelFlowProperties } from './properties';
import {
  APP_INSTANCE_ARN, BEARER, FUNCTION_ARN, listOf, NAME, oneOf, optional, required, string, structure, tags, wholeNumber,
  type Schema,
} from '../schema/rules';

export const CHANNEL_FLOW: Schema<ChannelFlowProperties> = {
  AppInstanceArn: string(APP_INSTANCE_ARN),
  Name: required(NAME),
  Processors: listOf(structure({
    Name: required(NAME),
    ExecutionOrder: wholeNumber(1, 3),
    FallbackAction: required(oneOf('ABORT', 'CONTINUE')),
    Configuration: structure({
      Lambda: structure({ ResourceArn: required(FUNCTION_ARN), InvocationType: required(oneOf('ASYNC')) }),
    }),
  }), 1, 3),
  Bearer: optional(BEARER),
  Tags: tags(1, { isOptional: true }),
};
