import { ChimeSDKMessagingClient } from '@aws-sdk/client-chime-sdk-messaging';
import { defaultProvider } from '../lambda-environment/credentials';

let client: ChimeSDKMessagingClient | undefined;

/**
 * The container's one client, which keeps its connection. It makes one attempt a call: how often and how fast to try
 * again follows from the invocation's time, which the SDK does not know. Region and endpoint are the SDK's own affair:
 * it honours AWS_REGION and AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING.
 */
export function messagingClient(): ChimeSDKMessagingClient {
  return client ??= new ChimeSDKMessagingClient({
    credentials: defaultProvider(),
    retryMode: 'standard',
    maxAttempts: 1,
  });
}
