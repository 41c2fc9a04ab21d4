import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { toEndpoint } from '../endpoint';
import { createEmulatorServer } from './http/server';
import { World } from './http/world';
import { eventBus } from './processors/event-bus';
import { Invocations } from './processors/invocations';
import { invoker } from './processors/invoker';
import { LocalProcessor, LocalProcessors } from './processors/local-processors';
import { TIME_LIMIT_MS } from './processors/processor-context';
import { RecordedCall } from './store/call-log';
import { RecordedEvent } from './store/event-log';
import { StateView, viewOf } from './store/state-view';
import { Behaviour } from './switches/behaviour';

/** Where the rest of AWS is, on this machine. */
export interface AwsEndpoints {
  /**
   * Where the Lambda API is, for processors that are not local.
   * @default - there is none: other processors can't be invoked
   */
  readonly lambdaEndpoint?: string;
  /**
   * Where the EventBridge API is, for events on processors that could not be invoked.
   * @default - there is none: the events are only listed
   */
  readonly eventsEndpoint?: string;
}

export interface EmulatorOptions extends AwsEndpoints {
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
   * Code that runs instead of Lambda functions, by the function's name or ARN: the path of a module that exports
   * `handler`, which gets a thread of its own with the SDK pointed at this emulator, or a function. A crash is not
   * retried, as Lambda would; see `processorDeliveries`.
   * @default - none
   */
  readonly processors?: Readonly<Record<string, LocalProcessor>>;
  /**
   * How long a processor may take for a message, in milliseconds, 1 to 900,000. A module that takes longer counts as
   * crashed, and its thread is ended.
   * @default 30000
   */
  readonly processorTimeoutMs?: number;
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
  /** What the service told clients, EventBridge and processors so far, as `GET /_local/events` answers. */
  events(): RecordedEvent[];
  behaviour(): Readonly<Behaviour>;
  /** Says where AWS is, if it has to know the emulator's address before it can have one of its own. */
  connect(endpoints: AwsEndpoints): void;
  /** Sets some switches and leaves the others. */
  setBehaviour(switches: Partial<Behaviour>): void;
  /** Forgets state and calls, and returns to the behaviour of the start. */
  reset(): void;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const now = options.now ?? Date.now;
  let url = '';
  const processors = new LocalProcessors(options.processors ?? {}, () => url, timeLimit(options.processorTimeoutMs));
  let aws = toEndpoints(options);
  const invoke = invoker(processors, () => aws.lambdaEndpoint);
  const invocations = new Invocations(invoke, eventBus(() => aws.eventsEndpoint), now, () => processors.stop());
  const world = new World(options.accountId ?? '000000000000', options.behaviour ?? {}, now, invocations);
  const server = createEmulatorServer(world);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  url = `http://${HOST}:${port}`;
  return {
    url,
    port,
    state: () => viewOf(world.state),
    calls: () => world.calls.all(),
    events: () => world.state.events.all(),
    connect: endpoints => { aws = toEndpoints(endpoints); },
    behaviour: () => world.behaviour,
    setBehaviour: switches => world.setBehaviour(switches),
    reset: () => world.reset(),
    close: async () => {
      await processors.stop();
      await stop(server);
    },
  };
}

/** What Lambda allows a function at most. */
const MAX_TIME_LIMIT_MS = 900_000;

function timeLimit(ms: number = TIME_LIMIT_MS): number {
  if (Number.isInteger(ms) && ms > 0 && ms <= MAX_TIME_LIMIT_MS) return ms;
  throw new Error(
    `processorTimeoutMs must be a whole number from 1 to ${MAX_TIME_LIMIT_MS}, got ${ms}: choose one in between`,
  );
}

function toEndpoints({ lambdaEndpoint, eventsEndpoint }: AwsEndpoints): AwsEndpoints {
  return {
    lambdaEndpoint: toEndpoint('lambdaEndpoint', lambdaEndpoint),
    eventsEndpoint: toEndpoint('eventsEndpoint', eventsEndpoint),
  };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(error => error ? reject(error) : resolve());
    server.closeAllConnections();
  });
}
