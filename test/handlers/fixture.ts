import { fakeClock, type FakeClock } from './fake-clock';
import { startEmulator } from '../../local/emulator';
import { clients, type Clients } from '../../src/handlers/clients';
import type { Lifecycle, LifecycleEvent, Outcome } from '../../src/handlers/protocol/lifecycle';

export * from './events';
export { fakeClock, type FakeClock } from './fake-clock';

export type Emulator = Awaited<ReturnType<typeof startEmulator>>;
export type Behaviour = NonNullable<Parameters<typeof startEmulator>[0]>['behaviour'];

/** The emulated service, and the lifecycles' own clients pointing at it. */
export interface Service {
  readonly emulator: Emulator;
  /** For arranging and looking around. */
  readonly clients: Clients;
  /** Plays one event as Lambda would: new clients, a new clock. */
  play<P>(lifecycle: Lifecycle<P, Clients>, event: LifecycleEvent<P>, clock?: FakeClock): Promise<Outcome>;
  /** Names of the operations called since the last `forgetCalls`. */
  operations(): string[];
  forgetCalls(): void;
  close(): Promise<void>;
}

/**
 * Starts the emulator on a free port. One a test file: the environment variables that point the SDK at it are the
 * process's. `reset()` of the emulator between tests is enough.
 */
export async function startService(behaviour?: Behaviour): Promise<Service> {
  const emulator = await startEmulator({ port: 0, behaviour });
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: emulator.url,
    AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY: emulator.url,
  });

  const made: Clients[] = [];
  const newClients = (clock: FakeClock) => {
    made.push(clients(clock));
    return made[made.length - 1];
  };
  let forgotten = 0;

  return {
    emulator,
    clients: newClients(fakeClock()),
    play: (lifecycle, event, clock = fakeClock()) => lifecycle(event, newClients(clock), clock),
    operations: () => emulator.calls().slice(forgotten).map(({ operation }) => operation),
    forgetCalls: () => { forgotten = emulator.calls().length; },
    close: async () => {
      for (const { messaging, identity } of made) {
        messaging.destroy();
        identity.destroy();
      }
      await emulator.close();
    },
  };
}
