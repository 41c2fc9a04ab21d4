import { AddressInfo } from 'node:net';
import { Behaviour } from './behaviour';
import { RecordedCall } from './call-log';
import { createEmulatorServer } from './server';
import { StateView, viewOf } from './state-view';
import { World } from './world';

export interface EmulatorOptions {
  /**
   * The port to listen on.
   * @default 0, which picks a free one
   */
  readonly port?: number;
  /**
   * The account in ARNs.
   * @default '000000000000'
   */
  readonly accountId?: string;
  /**
   * Switches that differ from their defaults, from the start and after each reset.
   * @default - the defaults
   */
  readonly behaviour?: Partial<Behaviour>;
  /**
   * The clock, in milliseconds.
   * @default Date.now
   */
  readonly now?: () => number;
}

export interface Emulator {
  readonly url: string;
  readonly port: number;
  /** What there is, as `GET /_local/state` answers. */
  state(): StateView;
  /** The calls so far, as `GET /_local/calls` answers. */
  calls(): RecordedCall[];
  behaviour(): Readonly<Behaviour>;
  /** Sets some switches and leaves the others. */
  setBehaviour(switches: Partial<Behaviour>): void;
  /** Forgets state and calls, and returns to the behaviour of the start. */
  reset(): void;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const world = new World(options.accountId ?? '000000000000', options.behaviour ?? {}, options.now ?? Date.now);
  const server = createEmulatorServer(world);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${port}`,
    port,
    state: () => viewOf(world.state),
    calls: () => world.calls.all(),
    behaviour: () => world.behaviour,
    setBehaviour: switches => world.setBehaviour(switches),
    reset: () => world.reset(),
    close: () => new Promise<void>((resolve, reject) => {
      server.close(error => error ? reject(error) : resolve());
      server.closeAllConnections();
    }),
  };
}
