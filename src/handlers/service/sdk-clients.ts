import { ChimeSDKIdentityClient } from '@aws-sdk/client-chime-sdk-identity';
import { ChimeSDKMessagingClient } from '@aws-sdk/client-chime-sdk-messaging';
import { CallRetry, type Retry } from './call-retry';
import type { Clients } from './clients';
import type { Clock } from './clock';
import { rememberCall } from './service-error';
import { defaultProvider } from '../../lambda-environment/credentials';

/** The SDK's clients, with their open connections. */
export type SdkClients = Pick<Clients, 'messaging' | 'identity'>;

/** Each is made when a lifecycle first asks for it. */
export function sdkClients(): SdkClients {
  let messaging: ChimeSDKMessagingClient | undefined;
  let identity: ChimeSDKIdentityClient | undefined;
  return {
    get messaging() {
      return messaging ??= rememberingCalls(new ChimeSDKMessagingClient(configuration()));
    },
    get identity() {
      return identity ??= rememberingCalls(new ChimeSDKIdentityClient(configuration()));
    },
  };
}

/**
 * They live as long as the function's container: what an event needn't connect to, sign in to or set up is most of its
 * CPU time.
 */
const CONTAINER = sdkClients();

/** The clients for one event, whose calls share the event's time. */
export function clients(clock: Clock, sdk: SdkClients = CONTAINER): Clients {
  const retry = new CallRetry(clock);
  return {
    get messaging() { return retrying(sdk.messaging, retry.always); },
    get messagingOnce() { return retrying(sdk.messaging, retry.unlessThrottled); },
    get identity() { return retrying(sdk.identity, retry.always); },
  };
}

/** The endpoint is the SDK's own affair: it honours AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING and …_IDENTITY. */
function configuration() {
  return {
    region: process.env.AWS_REGION,
    credentials: defaultProvider(),
    // CallRetry attempts again: it knows how much time the event has.
    retryMode: 'standard',
    maxAttempts: 1,
    // Nobody changes what a client does once it is made.
    cacheMiddleware: true,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
  };
}

/** An error knows the call that threw it. */
function rememberingCalls<Client extends ChimeSDKMessagingClient | ChimeSDKIdentityClient>(client: Client): Client {
  (client as ChimeSDKMessagingClient).middlewareStack.add(
    (next, context) => async args => {
      try {
        return await next(args);
      } catch (error) {
        rememberCall(error, String(context.commandName).replace(/Command$/, ''), args.input);
        throw error;
      }
    },
    { step: 'initialize', name: 'rememberingCalls', priority: 'high' },
  );
  return client;
}

/** The client, for this event: the same in all but that it attempts again. Paginators want an instance of its class. */
function retrying<Client extends ChimeSDKMessagingClient | ChimeSDKIdentityClient>(
  client: Client, retry: Retry,
): Client {
  const { send } = client as { send: (...call: unknown[]) => Promise<unknown> };
  return Object.create(client, { send: { value: (...call: unknown[]) => retry(() => send.apply(client, call)) } });
}
