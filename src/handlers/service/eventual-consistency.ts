import { jittered } from './backoff';
import type { Clock } from './clock';

/** How long something that was just made may be missing from lists, and something that has just gone may be shown. */
const SETTLES_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 4_000;

/** Whether something is in a list no more; also lists that go on showing it for a while are waited for. */
export async function isAbsent(clock: Clock, isListed: () => Promise<boolean>): Promise<boolean> {
  return await pollUntilListed(clock, async () => await isListed() ? undefined : true) ?? false;
}

/**
 * What `find` finds in a list, which may lag behind: looks again until it would be there, had it been made just now.
 * For whoever must not take for absent what was made a moment ago, such as by a Create that lost its answer.
 */
export async function pollUntilListed<T>(clock: Clock, find: () => Promise<T | undefined>): Promise<T | undefined> {
  const until = clock.now() + Math.min(SETTLES_WITHIN_MS, clock.remaining());
  for (;;) {
    const found = await find();
    if (found !== undefined || clock.now() >= until) return found;
    await clock.sleep(Math.min(jittered(LOOK_AGAIN_MS), until - clock.now()));
  }
}
