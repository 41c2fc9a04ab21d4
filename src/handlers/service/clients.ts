import type { ChimeSDKIdentityClient } from '@aws-sdk/client-chime-sdk-identity';
import type { ChimeSDKMessagingClient } from '@aws-sdk/client-chime-sdk-messaging';

/** The service, as a lifecycle sees it during one event. */
export interface Clients {
  readonly messaging: ChimeSDKMessagingClient;
  /** Throws at once when it is throttled: for who sets the pace of many calls and must see each ThrottledClient. */
  readonly messagingOnce: ChimeSDKMessagingClient;
  readonly identity: ChimeSDKIdentityClient;
}
