/**
 * Handlers that are right one at a time and wrong in a storm, each in one way: the storms must catch every one of them.
 */
import type { Clients } from '../../../src/handlers/service/clients';
import type { Clock } from '../../../src/handlers/service/clock';
import { isTransient } from '../../../src/lambda-environment/sdk-error';
import { TYPES, type ResourceType, type TypeName, type Types } from '../engine/resource-types';

export const SABOTEURS: Record<string, Types> = {
  // As the SDK does by itself.
  'gives up after eight attempts': withRetries(async (clock, attempt) => {
    for (let attempts = 1; ; attempts++) {
      try {
        return await attempt();
      } catch (error) {
        if (!isTransient(error) || attempts === 8) throw error;
        await clock.sleep(Math.random() * Math.min(100 * 2 ** attempts, 20_000));
      }
    }
  }),

  'waits without jitter': withRetries(async (clock, attempt) => {
    for (let attempts = 1; ; attempts++) {
      try {
        return await attempt();
      } catch (error) {
        if (!isTransient(error)) throw error;
        await clock.sleep(Math.min(100 * 2 ** attempts, 2_000));
      }
    }
  }),

  'answers twice after a redelivery': changed(type => {
    const deliveries = new Map<string, number>();
    return {
      ...type,
      broken: handler => async (event, context) => {
        const { RequestId } = event as { RequestId: string };
        deliveries.set(RequestId, (deliveries.get(RequestId) ?? 0) + 1);
        await handler(event, context);
        if (deliveries.get(RequestId)! > 1) await handler(event, context);
      },
    };
  }),
};

type RetryLoop = (clock: Clock, attempt: () => Promise<unknown>) => Promise<unknown>;

/** All types, with another way to attempt again than theirs. */
function withRetries(retry: RetryLoop): Types {
  return changed(type => ({
    ...type,
    lifecycle: (event, clients: Clients, clock) => type.lifecycle(event, {
      get messaging() { return retrying(clients.messaging, clock, retry); },
      get messagingOnce() { return clients.messagingOnce; },
      get identity() { return retrying(clients.identity, clock, retry); },
    }, clock),
  }));
}

/** The client below the library's own retries. */
function retrying<Client extends object>(client: Client, clock: Clock, retry: RetryLoop): Client {
  const sdk = Object.getPrototypeOf(client);
  return Object.create(sdk, { send: { value: (...call: unknown[]) => retry(clock, () => sdk.send(...call)) } });
}

function changed(change: (type: ResourceType) => ResourceType): Types {
  return Object.fromEntries(
    (Object.keys(TYPES) as TypeName[]).map(name => [name, change(TYPES[name])]),
  ) as unknown as Types;
}
