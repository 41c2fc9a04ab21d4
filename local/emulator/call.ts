import { Behaviour } from './behaviour';
import { Invocations } from './invocations';
import { State } from './state';

/** A call that passed the validation, and all that its operation works with. */
export interface Call<I> {
  readonly operation: string;
  readonly input: I;
  readonly region: string;
  readonly accountId: string;
  readonly state: State;
  readonly behaviour: Readonly<Behaviour>;
  /** When the call is served, in milliseconds of the emulator's clock. */
  readonly now: number;
  readonly invocations: Invocations;
}
