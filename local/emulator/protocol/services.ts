import {
  CreateAppInstance$, CreateAppInstanceAdmin$, CreateAppInstanceBot$, CreateAppInstanceUser$, DeleteAppInstance$,
  DeleteAppInstanceAdmin$,
  DeleteAppInstanceBot$, DeleteAppInstanceUser$, DeregisterAppInstanceUserEndpoint$, DescribeAppInstance$,
  DescribeAppInstanceAdmin$,
  DescribeAppInstanceBot$, DescribeAppInstanceUser$, DescribeAppInstanceUserEndpoint$, GetAppInstanceRetentionSettings$,
  ListAppInstanceAdmins$, ListAppInstanceBots$, ListAppInstances$, ListAppInstanceUserEndpoints$, ListAppInstanceUsers$,
  PutAppInstanceRetentionSettings$, PutAppInstanceUserExpirationSettings$, RegisterAppInstanceUserEndpoint$,
  UpdateAppInstance$,
  UpdateAppInstanceBot$, UpdateAppInstanceUser$, UpdateAppInstanceUserEndpoint$,
} from '@aws-sdk/client-chime-sdk-identity';
import {
  AssociateChannelFlow$, BatchCreateChannelMembership$, ChannelFlowCallback$, CreateChannel$, CreateChannelBan$,
  CreateChannelFlow$,
  CreateChannelMembership$, CreateChannelModerator$, DeleteChannel$, DeleteChannelBan$, DeleteChannelFlow$,
  DeleteChannelMembership$,
  DeleteChannelMessage$, DeleteChannelModerator$, DeleteMessagingStreamingConfigurations$, DescribeChannel$,
  DescribeChannelBan$,
  DescribeChannelFlow$, DescribeChannelMembership$, DescribeChannelMembershipForAppInstanceUser$,
  DescribeChannelModeratedByAppInstanceUser$, DescribeChannelModerator$, DisassociateChannelFlow$,
  GetChannelMembershipPreferences$,
  GetChannelMessage$, GetChannelMessageStatus$, GetMessagingSessionEndpoint$, GetMessagingStreamingConfigurations$,
  ListChannelBans$,
  ListChannelFlows$, ListChannelMemberships$, ListChannelMembershipsForAppInstanceUser$, ListChannelMessages$,
  ListChannelModerators$,
  ListChannels$, ListChannelsAssociatedWithChannelFlow$, ListChannelsModeratedByAppInstanceUser$, ListSubChannels$,
  ListTagsForResource$, PutChannelExpirationSettings$, PutChannelMembershipPreferences$,
  PutMessagingStreamingConfigurations$,
  RedactChannelMessage$, SearchChannels$, SendChannelMessage$, TagResource$, UntagResource$, UpdateChannel$,
  UpdateChannelFlow$,
  UpdateChannelMessage$, UpdateChannelReadMarker$,
} from '@aws-sdk/client-chime-sdk-messaging';

export type Service = 'messaging' | 'identity';

/**
 * The operations of both services, as the SDK's schemas define them; a test compares the lists with what the clients
 * export. Named one by one, so that a bundler leaves the clients themselves out.
 */
export const SERVICES = {
  // TagResource, UntagResource and ListTagsForResource are the same in both services: their routes stand here once.
  messaging: [
    AssociateChannelFlow$, BatchCreateChannelMembership$, ChannelFlowCallback$, CreateChannel$, CreateChannelBan$,
    CreateChannelFlow$,
    CreateChannelMembership$, CreateChannelModerator$, DeleteChannel$, DeleteChannelBan$, DeleteChannelFlow$,
    DeleteChannelMembership$,
    DeleteChannelMessage$, DeleteChannelModerator$, DeleteMessagingStreamingConfigurations$, DescribeChannel$,
    DescribeChannelBan$,
    DescribeChannelFlow$, DescribeChannelMembership$, DescribeChannelMembershipForAppInstanceUser$,
    DescribeChannelModeratedByAppInstanceUser$, DescribeChannelModerator$, DisassociateChannelFlow$,
    GetChannelMembershipPreferences$,
    GetChannelMessage$, GetChannelMessageStatus$, GetMessagingSessionEndpoint$, GetMessagingStreamingConfigurations$,
    ListChannelBans$,
    ListChannelFlows$, ListChannelMemberships$, ListChannelMembershipsForAppInstanceUser$, ListChannelMessages$,
    ListChannelModerators$,
    ListChannels$, ListChannelsAssociatedWithChannelFlow$, ListChannelsModeratedByAppInstanceUser$, ListSubChannels$,
    ListTagsForResource$, PutChannelExpirationSettings$, PutChannelMembershipPreferences$,
    PutMessagingStreamingConfigurations$,
    RedactChannelMessage$, SearchChannels$, SendChannelMessage$, TagResource$, UntagResource$, UpdateChannel$,
    UpdateChannelFlow$,
    UpdateChannelMessage$, UpdateChannelReadMarker$,
  ],
  identity: [
    CreateAppInstance$, CreateAppInstanceAdmin$, CreateAppInstanceBot$, CreateAppInstanceUser$, DeleteAppInstance$,
    DeleteAppInstanceAdmin$, DeleteAppInstanceBot$, DeleteAppInstanceUser$, DeregisterAppInstanceUserEndpoint$,
    DescribeAppInstance$,
    DescribeAppInstanceAdmin$, DescribeAppInstanceBot$, DescribeAppInstanceUser$, DescribeAppInstanceUserEndpoint$,
    GetAppInstanceRetentionSettings$, ListAppInstanceAdmins$, ListAppInstanceBots$, ListAppInstances$,
    ListAppInstanceUserEndpoints$,
    ListAppInstanceUsers$, PutAppInstanceRetentionSettings$, PutAppInstanceUserExpirationSettings$,
    RegisterAppInstanceUserEndpoint$,
    UpdateAppInstance$, UpdateAppInstanceBot$, UpdateAppInstanceUser$, UpdateAppInstanceUserEndpoint$,
  ],
};
