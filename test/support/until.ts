import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until it holds; fails after a while, in milliseconds. */
export async function until(condition: () => boolean | Promise<boolean>, within = 30_000): Promise<void> {
  const ends = Date.now() + within;
  while (!await condition()) {
    if (Date.now() > ends) throw new Error(`did not become true within ${within} ms: ${condition}`);
    await sleep(5);
  }
}
