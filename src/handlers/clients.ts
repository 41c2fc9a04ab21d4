import { ChimeSDKIdentityClient } from '@aws-sdk/client-chime-sdk-identity';
import { ChimeSDKMessagingClient } from '@aws-sdk/client-chime-sdk-messaging';
import { defaultProvider } from './environment-credentials';
import type { Clock } from './protocol/lifecycle';
import { retryIamDenial } from './service/fresh-role';
import { rememberCall } from './service/service-error';

/** The service, as a lifecycle sees it. */
export interface Clients {
  readonly messaging: ChimeSDKMessagingClient;
  /** Makes one attempt a call: for who sets the pace of many calls and must see each ThrottledClient. */
  readonly messagingOnce: ChimeSDKMessagingClient;
  readonly identity: ChimeSDKIdentityClient;
}

/** Clients for one event; each is made when a lifecycle first asks for it. */
export function clients(clock: Clock): Clients {
  let messaging: ChimeSDKMessagingClient | undefined;
  let messagingOnce: ChimeSDKMessagingClient | undefined;
  let identity: ChimeSDKIdentityClient | undefined;
  return {
    get messaging() {
      return messaging ??= watched(new ChimeSDKMessagingClient(configuration()), clock);
    },
    get messagingOnce() {
      return messagingOnce ??= watched(new ChimeSDKMessagingClient({ ...configuration(), retryMode: 'standard', maxAttempts: 1 }), clock);
    },
    get identity() {
      return identity ??= watched(new ChimeSDKIdentityClient(configuration()), clock);
    },
  };
}

/** The endpoint is the SDK's own affair: it honours AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING and …_IDENTITY. */
function configuration() {
  return {
    region: process.env.AWS_REGION,
    credentials: defaultProvider(),
    retryMode: 'adaptive',
    maxAttempts: 8,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
  };
}

/** Every call waits for a fresh role's permissions, and its error knows the operation that threw it. */
function watched<Client extends ChimeSDKMessagingClient | ChimeSDKIdentityClient>(client: Client, clock: Clock): Client {
  (client as ChimeSDKMessagingClient).middlewareStack.add(
    (next, context) => async args => {
      try {
        return await retryIamDenial(clock, () => next(args));
      } catch (error) {
        rememberCall(error, String(context.commandName).replace(/Command$/, ''), args.input);
        throw error;
      }
    },
    { step: 'initialize', name: 'watched', priority: 'high' },
  );
  return client;
}
