import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** State of a listening socket in the kernel's tables. */
const LISTEN = '0A';

/** Local addresses, as the kernel writes them, at which a process and all that it started listen. Linux only. */
export function listeningAddresses(pid = process.pid): string[] {
  const own = new Set(withDescendants(pid).flatMap(socketsOf));
  return ['tcp', 'tcp6'].flatMap(table => readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1))
    .map(line => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === LISTEN && own.has(inode))
    .map(([, address]) => address.split(':')[0]);
}

/** 127.0.0.1 and ::1, in the order of this machine's bytes. */
export const LOOPBACK = ['0100007F', '00000000000000000000000001000000'];

function withDescendants(pid: number): number[] {
  const parents = readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(
    name => [Number(name), parentOf(name)] as const,
  );
  const family = [pid];
  for (const member of family) {
    family.push(
      ...parents.filter(([, parent]) => parent === member).map(([child]) => child),
    );
  }
  return family;
}

/** Nothing for a process that has just ended. */
function parentOf(pid: string): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap(fd => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
