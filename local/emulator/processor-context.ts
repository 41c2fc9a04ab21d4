/** What of Lambda's context local processors get. */
export interface ProcessorContext {
  readonly functionName: string;
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** How long a local processor is told that it may run; nobody stops it afterwards. */
export const TIME_LIMIT_MS = 30_000;

export function remainingTime(): () => number {
  const end = Date.now() + TIME_LIMIT_MS;
  return () => Math.max(0, end - Date.now());
}
