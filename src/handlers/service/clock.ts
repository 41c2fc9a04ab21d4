/** Time, as a lifecycle sees it; tests bring their own. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Milliseconds until the invocation must end. */
  remaining(): number;
}

/** How the message of a lack of time ends. */
export const GO_ON = 'deploy or delete again: the work goes on from what is there';

/**
 * Thrown shortly before the function's end while work remains. The invocation then fails without an answer, Lambda
 * delivers the event again, and the work goes on from what is there. On the last delivery the protocol answers FAILED
 * with `message` instead. Whoever would undo something for a failure lets this pass: there is no time to, and the next
 * event goes on.
 */
export class Unfinished extends Error {
  /** The one that an error comes from, if it does. */
  public static in(error: unknown): Unfinished | undefined {
    let candidate = error;
    while (candidate instanceof Error && !(candidate instanceof Unfinished)) candidate = candidate.cause;
    return candidate instanceof Unfinished ? candidate : undefined;
  }

  public readonly name = 'Unfinished';
}
