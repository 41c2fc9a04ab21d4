import { createHash } from 'node:crypto';
import { accessDenied, ModelledError, ServiceError } from '../protocol/errors';

/** What a faulty call gets. */
export type FaultError =
  | Extract<ModelledError,
    'ThrottledClient' | 'ServiceFailure' | 'ServiceUnavailable' | 'Conflict' | 'NotFound' | 'Forbidden' | 'BadRequest'>
  /** What IAM answers to a principal without permission. */
  | 'AccessDenied'
  /** Nothing is done, and the connection is reset. */
  | 'connection-reset'
  /** Nothing is done, and no answer comes. */
  | 'time-out'
  /** It is done, but the connection is reset before the answer. */
  | 'lost-answer';

export const FAULT_ERRORS: readonly FaultError[] = [
  'ThrottledClient', 'ServiceFailure', 'ServiceUnavailable', 'Conflict', 'NotFound', 'Forbidden', 'BadRequest',
  'AccessDenied',
  'connection-reset', 'time-out', 'lost-answer',
];

export interface Fault {
  /** The operation that fails, or `*` for all. */
  readonly operation: string;
  /**
   * The first call that fails, counted since the fault was set.
   * @default 1
   */
  readonly call?: number;
  /**
   * How many calls fail in a row.
   * @default 1
   */
  readonly times?: number;
  /**
   * The share of the calls that fail at random, more than 0 and at most 1, instead of those named by `call` and
   * `times`.
   * @default - the calls that `call` and `times` name
   */
  readonly share?: number;
  /**
   * Decides which calls a `share` meets: the same seed meets the same ones in each run.
   * @default 1
   */
  readonly seed?: number;
  readonly error: FaultError;
}

/** Counts calls, and says which ones fail. */
export class FaultPlan {
  private readonly counted: { fault: Fault; calls: number }[];

  constructor(faults: readonly Fault[]) {
    this.counted = faults.map(fault => ({ fault, calls: 0 }));
  }

  /** Counts a call of this operation, and says how it fails, if it does. */
  next(operation: string): FaultError | undefined {
    const concerned = this.counted.filter(({ fault }) => fault.operation === operation || fault.operation === '*');
    concerned.forEach(entry => entry.calls++);
    return concerned.find(({ fault: { call: first = 1, times = 1, share, seed = 1 }, calls }, place) =>
      share === undefined ? calls >= first && calls < first + times : draw(seed, place, calls) < share)?.fault.error;
  }
}

/** From 0 to 1, as if at random, but the same for the same fault and call in each run. */
function draw(seed: number, place: number, call: number): number {
  return createHash('sha256').update([seed, place, call].join(':')).digest().readUInt32BE() / 2 ** 32;
}

/** What happens to a connection that gets no answer. */
export type DroppedConnection = 'reset' | 'hang';

/** What a fault does to a call. */
export interface FaultEffect {
  /** Whether the operation is performed all the same. */
  readonly acts: boolean;
  /** What the caller gets instead of an answer. */
  readonly dropped?: DroppedConnection;
}

const DROPPING: Partial<Record<FaultError, FaultEffect>> = {
  'connection-reset': { acts: false, dropped: 'reset' },
  'time-out': { acts: false, dropped: 'hang' },
  'lost-answer': { acts: true, dropped: 'reset' },
};

export function effectOf(error: FaultError | undefined): FaultEffect {
  return error === undefined ? { acts: true } : DROPPING[error] ?? { acts: false };
}

/** What is known of the call that fails. */
export interface FaultyCall {
  readonly operation: string;
  readonly accountId: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The answer of a fault that has one. */
export function faultAnswer(error: FaultError, call: FaultyCall): ServiceError {
  if (error === 'AccessDenied') {
    const principal = `arn:aws:sts::${call.accountId}:assumed-role/emulated-role/emulated-session`;
    const resource = Object.entries(call.input).find(([name]) => /arn$/i.test(name))?.[1] ?? '*';
    return accessDenied(principal, `chime:${call.operation}`, String(resource));
  }
  return ServiceError.of(error as ModelledError, `this ${call.operation} fails because a fault is set`, true);
}
