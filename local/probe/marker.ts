import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

/** The tag of every app instance that a probe makes; its value says which run made it. */
export const PROBE_TAG = 'cdk-chime-messaging-probe';

/** How the names of app instances begin that a probe makes. */
export const PROBE_NAME_PREFIX = 'cdk-chime-messaging-probe-';

/** No run takes so long: what is older was left. */
const LONGEST_RUN_MS = 60 * 60_000;

/** Which run made an app instance: machine, process, and when it began. */
export function runMarker(pid = process.pid, began = Date.now()): string {
  return [machine(), pid, began].join('.');
}

/** Whether the run that made an app instance may still be at work with it. */
export function mayStillRun(marker: string, now = Date.now()): boolean {
  const [madeOn, pid, began] = marker.split('.');
  if (!(now - Number(began) < LONGEST_RUN_MS)) return false;
  return madeOn !== machine() || (Number(pid) !== process.pid && isAlive(Number(pid)));
}

/** A machine's name is nobody's business: tags are read by others. */
function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 12);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's process.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
