import { Script, runInThisContext } from 'node:vm';
import { ProcessorError } from './processor-error';

/** The author's function took longer than there was time. */
export class OutOfTime extends ProcessorError {
  public readonly name = 'OutOfTime';

  public constructor(ms: number) {
    super(`the function made no decision within ${Math.round(ms)} ms: make it faster, or raise the Lambda function's timeout`);
  }
}

/**
 * What the function returns or resolves to, unless that takes longer. Also ends a function that never gives the thread
 * back before its first `await`, as a pattern that backtracks without end does: a sender could choose the text for that.
 */
export async function withinTime(ms: number, run: () => unknown): Promise<unknown> {
  const ends = performance.now() + ms;
  const returned = interruptible(ms, run);
  let timer: NodeJS.Timeout | undefined;
  const timeOver = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new OutOfTime(ms)), Math.max(0, ends - performance.now()));
  });
  try {
    // The race listens to what it leaves behind as well: a late rejection does not end the process.
    return await Promise.race([returned, timeOver]);
  } finally {
    clearTimeout(timer);
  }
}

/** How the script, which sees globals only, gets at the function: an object that both know. */
const KEY = 'globalThis[Symbol.for("cdk-chime-messaging:processor")]';
let shared: { run?: () => unknown } | undefined;
let script: Script | undefined;

function interruptible(ms: number, run: () => unknown): unknown {
  shared ??= runInThisContext(`${KEY} ??= {}`) as { run?: () => unknown };
  script ??= new Script(`${KEY}.run()`);
  shared.run = run;
  try {
    return script.runInThisContext({ timeout: Math.max(1, Math.ceil(ms)), displayErrors: false });
  } catch (error) {
    throw isInterruption(error) ? new OutOfTime(ms) : error;
  } finally {
    shared.run = undefined;
  }
}

function isInterruption(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
