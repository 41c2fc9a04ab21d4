/** The properties of every resource type, and what they may be: all that its handler acts on. */
import type { AppInstanceProperties } from './app-instance/properties';
import type { AppInstanceAdminProperties } from './app-instance-admin/properties';
import type { AppInstanceTagsProperties } from './app-instance-tags/properties';
import type { AppInstanceUserProperties } from './app-instance-user/properties';
import type { ChannelProperties } from './channel/properties';
import type { ChannelFlowProperties } from './channel-flow/properties';
import type { ChannelFlowAssociationProperties } from './channel-flow-association/properties';
import type { ChannelFlowVerificationProperties } from './channel-flow-verification/properties';
import {
  arnOf, bytes, FUNCTION_ARN, ID, listOf, METADATA, NAME, oneOf, optional, required, string, structure, tags, text, USER_NAME, wholeNumber,
  type Schema,
} from './protocol/property-check';

const APP_INSTANCE_ARN = arnOf('appInstance', 'app instance', 'an app instance');
const CHANNEL_ARN = arnOf('channel', 'channel', 'a channel');
const CHANNEL_FLOW_ARN = arnOf('channelFlow', 'channel flow', 'a channel flow');
const BEARER = arnOf('bearer', 'app instance user or bot', 'an app instance admin');

export const APP_INSTANCE: Schema<AppInstanceProperties> = {
  Name: required(NAME),
  Metadata: optional(METADATA),
  Tags: tags(1, { isOptional: true }),
};

export const APP_INSTANCE_ADMIN: Schema<AppInstanceAdminProperties> = {
  AppInstanceArn: string(APP_INSTANCE_ARN),
  AppInstanceAdminArn: string(arnOf('user', 'app instance user or bot', 'one')),
};

export const APP_INSTANCE_TAGS: Schema<AppInstanceTagsProperties> = {
  AppInstanceArn: string(APP_INSTANCE_ARN),
  Tags: tags(1, { isOptional: false }),
};

export const APP_INSTANCE_USER: Schema<AppInstanceUserProperties> = {
  AppInstanceArn: required(APP_INSTANCE_ARN),
  AppInstanceUserId: required(ID),
  Name: required(USER_NAME),
  Metadata: optional(METADATA),
  Tags: tags(2, { isOptional: true }),
};

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

export const CHANNEL_FLOW_ASSOCIATION: Schema<ChannelFlowAssociationProperties> = {
  ChannelArn: string(CHANNEL_ARN),
  ChannelFlowArn: string(CHANNEL_FLOW_ARN),
  Bearer: string(BEARER),
  OnExisting: string(oneOf('FAIL', 'REPLACE')),
};

/** A message of the service. */
const CONTENT = bytes(1, 4096);

export const CHANNEL_FLOW_VERIFICATION: Schema<ChannelFlowVerificationProperties> = {
  ChannelArn: string(CHANNEL_ARN),
  ChannelFlowArn: string(CHANNEL_FLOW_ARN),
  Sender: string(arnOf('sender', 'app instance user or bot', 'a member of the channel')),
  Probes: listOf(structure({
    Expect: required(oneOf('DELIVERED', 'REPLACED', 'DENIED')),
    Content: required(CONTENT),
    Replacement: optional(CONTENT),
    EditOf: optional(CONTENT),
  }), 1, 1_000),
  TimeoutMilliseconds: wholeNumber(1, 900_000),
  Revision: optional(text(0, 10_000)),
};
