import { Outcome, outcomeOf } from '../outcome';
import type { Workspace } from '../workspace';

/** How an operation on something that was just deleted is refused, once it is; the last success, if it never is. */
export async function refusal<O extends object>(workspace: Workspace, call: () => Promise<O>): Promise<Outcome<O>> {
  const { value } = await workspace.patience.until(() => outcomeOf(call()), ({ code }) => code !== 'success');
  return value;
}
