import { types } from 'node:util';
import { Script, runInThisContext } from 'node:vm';
import { ProcessorError } from './processor-error';

/** The author's function took longer than there was time. */
export class OutOfTime extends ProcessorError {
  public readonly name = 'OutOfTime';

  public constructor(ms: number) {
    super(`the function made no decision within ${Math.round(ms)} ms: make it faster, or raise the Lambda function's `
      + 'timeout');
  }
}

/**
 * What the function returns or resolves to, unless that takes longer. Also ends a function that never gives the thread
 * back before its first `await`, as a pattern that backtracks without end does: a sender could choose the text for
 * that.
 */
export async function withinTime(ms: number, run: () => unknown): Promise<unknown> {
  const ends = performance.now() + ms;
  // A promise at once: what looks like one is asked for its `then` here, which may never return either.
  const returned = interruptible(ms, () => {
    const made = run();
    listenTo(made);
    return Promise.resolve(made);
  });
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

/** A rejection that nobody listens to ends the process, and the message would get no answer. */
export function listenTo(value: unknown): void {
  if (types.isPromise(value)) void Promise.prototype.then.call(value, undefined, () => undefined);
}

/** How the script, which sees globals only, gets at the function: an object that both know. */
const KEY = 'globalThis[Symbol.for("cdk-chime-messaging:processor")]';
let shared: { run?: () => void } | undefined;
let script: Script | undefined;

/**
 * What the function returns, or throws as it is: members of what an author throws may be code, so nothing is asked of
 * it here. Only an end that comes from outside escapes the function's own `try`.
 */
export function interruptible<T>(ms: number, run: () => T): T {
  shared ??= runInThisContext(`${KEY} ??= {}`) as { run?: () => void };
  script ??= new Script(`${KEY}.run()`);
  const outer = shared.run;
  let outcome: { readonly returned: T } | { readonly thrown: unknown } | undefined;
  shared.run = () => {
    try {
      outcome = { returned: run() };
    } catch (error) {
      outcome = { thrown: error };
    }
  };
  try {
    script.runInThisContext({ timeout: Math.max(1, Math.ceil(ms)), displayErrors: false });
  } catch {
    throw new OutOfTime(ms);
  } finally {
    shared.run = outer;
  }
  return resultOf(outcome!);
}

function resultOf<T>(outcome: { readonly returned: T } | { readonly thrown: unknown }): T {
  if ('thrown' in outcome) throw outcome.thrown;
  return outcome.returned;
}
