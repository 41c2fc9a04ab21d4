import { createUnknownId } from './create-failed';
import { FailedWithPhysicalId, type LifecycleEvent, type Outcome } from './lifecycle';

/** What CloudFormation is told about one event. */
export interface Response {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Record<string, string>;
}

/** CloudFormation ignores a longer body, and the stack then waits for its time-out. */
const MAX_BODY_BYTES = 4096;
/** CloudFormation refuses a longer physical id. */
const MAX_PHYSICAL_ID_BYTES = 1024;

/**
 * The body to send, never longer than CloudFormation takes. What is too long is shortened in this order, and no more
 * than needed:
 *
 * 1. the Reason loses its middle, for its end says what to do;
 * 2. Data loses its last attributes (what a lifecycle answers fits: see the tests of each type);
 * 3. names that CloudFormation never sends at such a length lose their end, the longest first.
 */
export function responseBody(answer: Response): string {
  if (fits(answer)) return JSON.stringify(answer);
  const shortened = withFewerAttributes(withShorterReason(answer));
  return JSON.stringify(withShorterNames(shortened));
}

/**
 * The outcome, unless CloudFormation would refuse its physical id. A Create then fails with an id whose Delete looks
 * for what was made.
 */
export function withinIdLimit({ RequestType, RequestId }: LifecycleEvent<unknown>, outcome: Outcome): Outcome {
  const bytes = Buffer.byteLength(outcome.physicalId);
  if (RequestType === 'Delete' || bytes <= MAX_PHYSICAL_ID_BYTES) return outcome;
  const message = `the physical id must have at most ${MAX_PHYSICAL_ID_BYTES} bytes, got ${bytes}: choose shorter ids `
    + 'for what the properties name';
  throw RequestType === 'Create' ? new FailedWithPhysicalId(message, createUnknownId(RequestId)) : new Error(message);
}

function fits(answer: Response): boolean {
  return Buffer.byteLength(JSON.stringify(answer)) <= MAX_BODY_BYTES;
}

function withShorterReason(answer: Response): Response {
  if (answer.Reason === undefined) return answer;
  // Code points, so that the cut leaves no half of a character.
  const reason = Array.from(answer.Reason);
  return most(Math.min(reason.length, MAX_BODY_BYTES), kept => {
    const tail = Math.floor(kept / 4);
    return {
      ...answer, Reason: [...reason.slice(0, kept - tail), '…', ...reason.slice(reason.length - tail)].join(''),
    };
  });
}

function withFewerAttributes(answer: Response): Response {
  const attributes = Object.entries(answer.Data ?? {});
  return fits(answer)
    ? answer
    : most(attributes.length, kept => ({ ...answer, Data: Object.fromEntries(attributes.slice(0, kept)) }));
}

function withShorterNames(answer: Response): Response {
  if (fits(answer)) return answer;
  const names = ['LogicalResourceId', 'RequestId', 'StackId', 'PhysicalResourceId'] as const;
  const [longest] = [...names].sort((a, b) => answer[b].length - answer[a].length);
  return withShorterNames({ ...answer, [longest]: answer[longest].slice(0, answer[longest].length / 2) });
}

/** The longest of the answers that fits, of those with 0 to `length` parts; the one with none where none does. */
function most(length: number, withParts: (kept: number) => Response): Response {
  let [fitting, tooMany] = [0, length];
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    if (fits(withParts(middle))) fitting = middle;
    else tooMany = middle;
  }
  return withParts(fitting);
}
