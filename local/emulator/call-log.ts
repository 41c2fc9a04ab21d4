import { Service } from './services';

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

/** An emulator that runs for days must not fill its memory. */
const KEPT = 100_000;

export class CallLog {
  private calls: RecordedCall[] = [];

  add(call: RecordedCall): void {
    this.calls.push(call);
    if (this.calls.length > KEPT) {
      this.calls = this.calls.slice(-KEPT / 2);
    }
  }

  all(): RecordedCall[] {
    return [...this.calls];
  }
}
