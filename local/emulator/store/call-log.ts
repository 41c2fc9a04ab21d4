import { BoundedList } from './bounded-list';
import { Service } from '../protocol/services';

/** One call of the API, as it was answered. */
export interface RecordedCall {
  /** When it came, ISO 8601. */
  readonly time: string;
  readonly service: Service;
  readonly operation: string;
  /** The members of the input as the caller sent them; of a refused one without those that are long. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly bearer?: string;
  /** The role of the function that called, in the local deployment. */
  readonly role?: string;
  /** The HTTP status, or nothing where the connection was reset. */
  readonly status?: number;
  /** The exception that the caller gets, such as `ConflictException`, or the fault that took the answer. */
  readonly errorCode?: string;
}

const KEPT = 10_000;

export class CallLog extends BoundedList<RecordedCall> {
  constructor() {
    super(KEPT);
  }
}
