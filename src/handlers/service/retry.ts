import { jittered } from './backoff';
import type { Clock } from './clock';

/** Where a wait begins and where doubling ends. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;

/**
 * Attempts until it succeeds, fails for another reason, or `forMs` have passed since the first attempt (less, when the
 * invocation ends before). The error of the last attempt is thrown as it is.
 */
export async function retryWhile<T>(
  isPassing: (error: unknown) => boolean,
  forMs: number,
  clock: Clock,
  attempt: () => Promise<T>,
): Promise<T> {
  const deadline = clock.now() + Math.min(forMs, clock.remaining());
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await attempt();
    } catch (error) {
      const left = deadline - clock.now();
      if (!isPassing(error) || left <= 0) throw error;
      await clock.sleep(Math.min(jittered(wait), left));
    }
  }
}
