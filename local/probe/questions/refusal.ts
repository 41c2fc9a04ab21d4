import type { Bench } from '../bench';
import { Outcome, outcomeOf } from '../outcome';

/** How an operation on something that was just deleted is refused, once it is; the last success, if it never is. */
export async function refusal<O extends object>(bench: Bench, call: () => Promise<O>): Promise<Outcome<O>> {
  const { value } = await bench.patience.until(() => outcomeOf(call()), ({ code }) => code !== 'success');
  return value;
}
