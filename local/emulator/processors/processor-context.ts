/** What of Lambda's context local processors get. */
export interface ProcessorContext {
  readonly functionName: string;
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** How long a local processor may run: what it is told; one with a thread of its own is ended then. */
export const TIME_LIMIT_MS = 30_000;

export function remainingTime(timeLimitMs: number): () => number {
  const end = Date.now() + timeLimitMs;
  return () => Math.max(0, end - Date.now());
}

/** What code that is not ours threw: it may be anything, and to look at it may throw as well. */
export function describeThrown(thrown: unknown): string {
  try {
    return String((thrown as Partial<Error> | null | undefined)?.stack ?? thrown);
  } catch {
    return 'the processor threw a value that cannot be shown';
  }
}
