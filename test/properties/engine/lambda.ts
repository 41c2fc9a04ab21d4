jest.mock('../../../src/handlers/protocol/send', () => ({
  ...jest.requireActual('../../../src/handlers/protocol/send'),
  connect: (url: URL) => ({ url, close: () => undefined }),
  send: ({ url }: { url: URL }, body: string) => receive(url, body),
}));

import { openMailbox, receive, type Sent } from './answers';
import type { Dice } from './dice';
import type { Disturbance } from './disturbance';
import type { ResourceType } from './resource-types';
import type { Service } from './service';
import type { VirtualTime } from './virtual-time';
import { lambdaEntry } from '../../../src/handlers/protocol/entry';

/** The provider's function. */
const TIMEOUT_MS = 900_000;

export type End =
  /** Lambda is done with the event. */
  | 'returned'
  /** Lambda delivers the event again, twice at most. */
  | 'threw' | 'killed';

export interface Invoked {
  readonly end: End;
  readonly operations: readonly string[];
}

export interface Surroundings {
  readonly service: Service;
  readonly time: VirtualTime;
  readonly dice: Dice;
  /**
   * How many functions run at once; further events wait in Lambda's queue.
   * @default - any number
   */
  readonly slots?: Slots;
}

/** The concurrency of an account. */
export class Slots {
  private readonly queue: (() => void)[] = [];

  public constructor(private free: number) {}

  public async take(): Promise<void> {
    if (this.free > 0) this.free--;
    else await new Promise<void>(resolve => this.queue.push(resolve));
  }

  public give(): void {
    const next = this.queue.shift();
    if (next === undefined) this.free++;
    else next();
  }
}

export interface Delivery {
  readonly event: object;
  /** When CloudFormation signed the ResponseURL. */
  readonly signed: number;
  readonly inbox: Sent[];
  readonly disturbance?: Disturbance;
}

/** Runs the real handlers with the real protocol and the real clients, for one delivery of an event. */
export async function invoke(
  { lifecycle, broken = handler => handler }: ResourceType,
  { event, signed, inbox, disturbance }: Delivery,
  { service, time, dice, slots }: Surroundings,
): Promise<Invoked> {
  await slots?.take();
  const line = service.line(dice, disturbance);
  const mailbox = openMailbox(signed, { isDead: () => line.isDead, disturbance: disturbance?.answer, inbox });
  const deadline = time.now() + TIMEOUT_MS;
  const timer = time.after(TIMEOUT_MS, () => line.kill());
  const handler = broken(lambdaEntry(lifecycle, clock => line.clients(clock)));
  const run = handler({ ...event, ResponseURL: mailbox.url }, { getRemainingTimeInMillis: () => deadline - time.now() })
    .then((): End => 'returned', (): End => 'threw');
  const end = await Promise.race([run, line.killed]);
  line.isDead = true;
  time.cancel(timer);
  mailbox.close();
  slots?.give();
  return { end, operations: line.operations };
}
