import { operationOf } from './service';

/** How a call of the service ended: what the probe's answers rest on. */
export interface Outcome<O = unknown> {
  readonly operation: string;
  readonly status: number;
  /** `success`, or the exception without its ending, such as `Conflict`. */
  readonly code: string;
  readonly message?: string;
  readonly output?: O;
  /** What else is worth knowing of it. */
  readonly remark?: string;
}

/** A refusal by IAM looks like the service's own Forbidden, but says nothing of the service. */
export const DENIED_BY_IAM = 'AccessDenied';

/** Waits for a call. Rejects only if no answer came: that is not the service's behaviour. */
export async function outcomeOf<O extends object>(call: Promise<O>): Promise<Outcome<O>> {
  try {
    const output = await call;
    return { operation: operationOf(output), status: statusOf(output)!, code: 'success', output };
  } catch (error) {
    return refusalOf(error);
  }
}

/** The outcome of a call that threw this error; throws it again if no answer came. */
export function refusalOf(error: unknown): Outcome<never> {
  const status = statusOf(error);
  if (!(error instanceof Error) || status === undefined) throw error;
  const denied = /^AccessDenied/.test(error.name)
    || (status === 403 && /is not authorized to perform/.test(error.message));
  return {
    operation: operationOf(error),
    status,
    code: denied ? DENIED_BY_IAM : error.name.replace(/Exception$/, ''),
    message: error.message,
  };
}

export function remarked<O>(outcome: Outcome<O>, remark: string): Outcome<O> {
  return { ...outcome, remark };
}

/** One line of evidence: operation, status, error code. */
export function describeOutcome({ operation, status, code, remark }: Outcome): string {
  const error = code === 'success' ? '' : ` ${code}`;
  return `${operation} ${status}${error}${remark === undefined ? '' : ` (${remark})`}`;
}

function statusOf(answer: unknown): number | undefined {
  return (answer as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
