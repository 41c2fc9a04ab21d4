import { Call } from './access/call';
import { OperationName } from '../protocol/services';

/**
 * One operation of the API. The input has passed the schema and the constraint table already.
 *
 * @typeParam I the input, as the SDK types it
 * @typeParam F what the check found
 * @typeParam O the output
 */
export interface Operation<I, F, O> {
  /** Finds what the call is about, and throws if the call is to be refused. Changes nothing. */
  check(call: Call<I>): F;
  /** Does it, and returns the output. */
  act(call: Call<I>, found: F): O;
}

/** Operations of any kind, by name. */
export type Operations = Readonly<Partial<Record<OperationName, Operation<any, any, any>>>>;
