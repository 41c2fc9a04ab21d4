import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

/** What to start and where its output goes. */
export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** File that standard output and error are appended to. */
  readonly log: string;
  /** `'pipe'` for a child that watches its standard input to notice that we are gone. */
  readonly stdin?: 'ignore' | 'pipe';
}

/** A running process and everything that it started. */
export interface Child {
  /** Resolves with the exit code; a signal counts as 128 and its number, as in a shell. */
  readonly exit: Promise<number>;
  /** Ends the process and everything that it started, at once. */
  kill(): Promise<void>;
}

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
const SIGKILL = 9;

const ORPHAN_POLL_MS = 1_000;

const running = new Set<ChildProcess>();
const starter = process.ppid;
let orphanWatch: NodeJS.Timeout | undefined;

/**
 * Starts a process in a process group of its own, which is killed when this process ends in whatever way it can see.
 */
export function startChild(options: ChildOptions): Child {
  const log = openSync(options.log, 'a');
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    // A group of its own: its children go with it, and Ctrl-C at the terminal comes to us alone.
    detached: true,
    stdio: [options.stdin ?? 'ignore', log, log],
  });
  closeSync(log);
  watch(child);
  const exit = waitForExit(child);
  return {
    exit,
    kill: async () => {
      killGroup(child);
      await exit.catch(() => {});
    },
  };
}

async function waitForExit(child: ChildProcess): Promise<number> {
  try {
    const [code, signal] = await once(child, 'exit');
    return code ?? 128 + (SIGNALS[signal as keyof typeof SIGNALS] ?? SIGKILL);
  } finally {
    // What the process left behind in its group goes too.
    killGroup(child);
    unwatch(child);
  }
}

function watch(child: ChildProcess): void {
  if (running.size === 0) {
    process.on('exit', killAll);
    Object.keys(SIGNALS).forEach(signal => process.on(signal, endOnSignal));
    orphanWatch = setInterval(endWhenOrphaned, ORPHAN_POLL_MS).unref();
  }
  running.add(child);
}

function unwatch(child: ChildProcess): void {
  running.delete(child);
  if (running.size === 0) {
    process.off('exit', killAll);
    Object.keys(SIGNALS).forEach(signal => process.off(signal, endOnSignal));
    clearInterval(orphanWatch);
  }
}

function endOnSignal(signal: keyof typeof SIGNALS): void {
  process.exit(128 + SIGNALS[signal]);
}

/** A shell between npm and us dies of npm's signal without passing it on. */
function endWhenOrphaned(): void {
  if (process.ppid !== starter) {
    console.error('ending, because the process that started this one is gone');
    process.exit(1);
  }
}

function killAll(): void {
  running.forEach(killGroup);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}
