import { Stage } from '../../messages/stage';

/** A call that passed the validation, and all that its operation works with; `now` is when it is served. */
export interface Call<I> extends Stage {
  readonly operation: string;
  readonly input: I;
  readonly region: string;
  readonly accountId: string;
}
