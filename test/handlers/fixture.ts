import { fakeClock, FakeTime, type FakeClock } from './fake-clock';
import {
  startEmulator, type Behaviour as EmulatorBehaviour, type Emulator, type EmulatorOptions,
} from '../../local/emulator';
import type { Lifecycle, LifecycleEvent, Outcome } from '../../src/handlers/protocol/lifecycle';
import { type Clients } from '../../src/handlers/service/clients';
import { clients, sdkClients } from '../../src/handlers/service/sdk-clients';

export * from './events';
export { fakeClock, FakeTime, type FakeClock } from './fake-clock';

/** The emulator's switches that differ from their defaults. */
export type Behaviour = Partial<EmulatorBehaviour>;

/** The emulated service, and the lifecycles' own clients pointing at it. */
export interface Service {
  readonly emulator: Emulator;
  /** The emulator's time, which passes when a clock of this service sleeps. */
  readonly time: FakeTime;
  /** For arranging and looking around. */
  readonly clients: Clients;
  clock(remaining?: number): FakeClock;
  /** Plays one event as Lambda would: with clients and a clock of its own. */
  play<P>(lifecycle: Lifecycle<P, Clients>, event: LifecycleEvent<P>, clock?: FakeClock): Promise<Outcome>;
  /** Names of the operations called since the last `forgetCalls` or reset, in order. */
  operations(): string[];
  forgetCalls(): void;
  close(): Promise<void>;
}

/**
 * Starts the emulator on a free port. One a test file: the environment variables that point the SDK at it are the
 * process's. `emulator.reset()` between tests is enough.
 */
export async function startService(
  behaviour?: Behaviour, options: Partial<Pick<EmulatorOptions, 'processors'>> = {},
): Promise<Service> {
  const time = new FakeTime();
  const emulator = await startEmulator({ ...options, port: 0, behaviour, now: time.now });
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: emulator.url,
    AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY: emulator.url,
  });

  const clock = (remaining?: number) => fakeClock(remaining, time);
  let forgotten = 0;
  const sdk = sdkClients();
  const newClients = (forClock: FakeClock) => clients(forClock, sdk);

  return {
    emulator,
    time,
    // They arrange, whatever time the events of a test have taken.
    clients: newClients(clock(Infinity)),
    clock,
    play: (lifecycle, event, forClock = clock()) => lifecycle(event, newClients(forClock), forClock),
    operations: () => {
      const calls = emulator.calls();
      return calls.slice(calls.length < forgotten ? 0 : forgotten).map(({ operation }) => operation);
    },
    forgetCalls: () => { forgotten = emulator.calls().length; },
    close: async () => {
      [sdk.messaging, sdk.identity].forEach(client => client.destroy());
      await emulator.close();
    },
  };
}
