import { ChimeSDKIdentity } from '@aws-sdk/client-chime-sdk-identity';
import { ChimeSDKMessaging } from '@aws-sdk/client-chime-sdk-messaging';
import type { Credentials } from './credentials';

/** Where the service is, and who asks. */
export interface ServiceAddress {
  readonly region: string;
  readonly messagingEndpoint: string;
  readonly identityEndpoint: string;
  readonly credentials: Credentials | (() => Promise<Credentials>);
}

/** The service's two APIs. */
export interface Service {
  readonly region: string;
  readonly messaging: ChimeSDKMessaging;
  readonly identity: ChimeSDKIdentity;
}

/**
 * @param stop once aborted, no further call begins; one that is under way gets its answer, so that nothing made is lost
 * sight of
 */
export function connect(
  { region, messagingEndpoint, identityEndpoint, credentials }: ServiceAddress, stop?: AbortSignal,
): Service {
  const configuration = {
    region,
    credentials,
    retryMode: 'adaptive',
    maxAttempts: 6,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
  };
  return {
    region,
    messaging: watched(new ChimeSDKMessaging({ ...configuration, endpoint: messagingEndpoint }), stop),
    identity: watched(new ChimeSDKIdentity({ ...configuration, endpoint: identityEndpoint }), stop),
  };
}

const operations = new WeakMap<object, string>();

/** The operation that an answer, or the error of a call, is of. */
export function operationOf(answer: object): string {
  return operations.get(answer) ?? 'a call';
}

function watched<Client extends ChimeSDKMessaging | ChimeSDKIdentity>(client: Client, stop?: AbortSignal): Client {
  (client as ChimeSDKMessaging).middlewareStack.add(
    (next, context) => async args => {
      stop?.throwIfAborted();
      const operation = String(context.commandName).replace(/Command$/, '');
      try {
        const result = await next(args);
        operations.set(result.output, operation);
        return result;
      } catch (error) {
        operations.set(error as object, operation);
        throw error;
      }
    },
    { step: 'initialize', name: 'watched', priority: 'high' },
  );
  return client;
}
