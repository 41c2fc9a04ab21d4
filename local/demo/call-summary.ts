import type { RecordedCall } from '../emulator';

/** Calls by operation and status, such as `CreateChannelFlow 201`. */
export function summaryOf(calls: readonly RecordedCall[]): string[] {
  return calls.map(({ operation, status }) => `${operation} ${status}`);
}
