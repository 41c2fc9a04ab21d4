/** The operations of messaging. TagResource, UntagResource and ListTagsForResource are the same in both services. */
export {
  AssociateChannelFlow$, BatchCreateChannelMembership$, ChannelFlowCallback$, CreateChannel$, CreateChannelBan$,
  CreateChannelFlow$, CreateChannelMembership$, CreateChannelModerator$, DeleteChannel$, DeleteChannelBan$,
  DeleteChannelFlow$, DeleteChannelMembership$, DeleteChannelMessage$, DeleteChannelModerator$,
  DeleteMessagingStreamingConfigurations$, DescribeChannel$, DescribeChannelBan$, DescribeChannelFlow$,
  DescribeChannelMembership$, DescribeChannelMembershipForAppInstanceUser$, DescribeChannelModeratedByAppInstanceUser$,
  DescribeChannelModerator$, DisassociateChannelFlow$, GetChannelMembershipPreferences$, GetChannelMessage$,
  GetChannelMessageStatus$, GetMessagingSessionEndpoint$, GetMessagingStreamingConfigurations$, ListChannelBans$,
  ListChannelFlows$, ListChannelMemberships$, ListChannelMembershipsForAppInstanceUser$, ListChannelMessages$,
  ListChannelModerators$, ListChannels$, ListChannelsAssociatedWithChannelFlow$,
  ListChannelsModeratedByAppInstanceUser$, ListSubChannels$, ListTagsForResource$, PutChannelExpirationSettings$,
  PutChannelMembershipPreferences$, PutMessagingStreamingConfigurations$, RedactChannelMessage$, SearchChannels$,
  SendChannelMessage$, TagResource$, UntagResource$, UpdateChannel$, UpdateChannelFlow$, UpdateChannelMessage$,
  UpdateChannelReadMarker$,
} from '@aws-sdk/client-chime-sdk-messaging';
