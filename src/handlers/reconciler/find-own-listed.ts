import type { Clock } from '../service/clock';
import { pollUntilListed } from '../service/eventual-consistency';
import { isForbidden, isNotFound } from '../service/service-error';

/**
 * The first of the listed that is this resource's own, as a list.
 *
 * @param clock looks again while what was created a moment ago need not be listed yet; without it, looks once
 */
export async function findOwnListed(
  clock: Clock | undefined, list: () => AsyncIterable<string> | Promise<Iterable<string>>,
  isOwn: (arn: string) => Promise<boolean>,
): Promise<string[]> {
  const others = new Set<string>();
  const find = async () => {
    for await (const arn of await list()) {
      if (others.has(arn)) continue;
      try {
        if (await isOwn(arn)) return arn;
        others.add(arn);
      } catch (error) {
        // Others come and go while this looks around.
        if (!isNotFound(error) && !isForbidden(error)) throw error;
      }
    }
    return undefined;
  };
  const found = await (clock === undefined ? find() : pollUntilListed(clock, find));
  return found === undefined ? [] : [found];
}
