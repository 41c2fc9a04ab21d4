import { BoundedList } from './bounded-list';
import { MessageStatus } from './message';

/** What connected clients would have received. */
export interface SessionEvent {
  readonly kind: 'session';
  /** As the service names it, such as `DENIED_CREATE_CHANNEL_MESSAGE`. */
  readonly type: string;
  readonly channelArn: string;
  readonly messageId: string;
  readonly status?: MessageStatus;
  /** ARNs of users and bots. */
  readonly recipients: readonly string[];
}

/** What EventBridge was given. */
export interface BusEvent {
  readonly kind: 'bus';
  readonly detailType: string;
  readonly detail: Readonly<Record<string, string>>;
  /** Why the bus did not take it. */
  readonly problem?: string;
}

/** What went wrong in a processor that was invoked. */
export interface ProcessorCrash {
  readonly kind: 'processor-crash';
  readonly processorResourceArn: string;
  readonly messageId: string;
  readonly problem: string;
}

/** An event, and when it was, ISO 8601. */
export type RecordedEvent = { readonly time: string } & (SessionEvent | BusEvent | ProcessorCrash);

const KEPT = 10_000;

/** What the service told others of its own accord. */
export class EventLog {
  private readonly events = new BoundedList<RecordedEvent>(KEPT);

  add(time: number, event: SessionEvent | BusEvent | ProcessorCrash): void {
    this.events.add({ time: new Date(time).toISOString(), ...event });
  }

  all(): RecordedEvent[] {
    return this.events.all();
  }
}
