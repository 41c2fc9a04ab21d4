/** What CloudFormation is told about one event. */
export interface Answer {
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

/** The body to send; a Reason that is too long loses its middle, for the end says what to do. */
export function answerBody(answer: Answer): string {
  const body = JSON.stringify(answer);
  if (answer.Reason === undefined || Buffer.byteLength(body) <= MAX_BODY_BYTES) return body;

  // Code points, so that the cut leaves no half of a character.
  const reason = Array.from(answer.Reason);
  const shortened = (kept: number) => {
    const tail = Math.floor(kept / 4);
    return JSON.stringify({
      ...answer,
      Reason: [...reason.slice(0, kept - tail), '…', ...reason.slice(reason.length - tail)].join(''),
    });
  };
  let [fits, tooMany] = [0, Math.min(reason.length, MAX_BODY_BYTES)];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (Buffer.byteLength(shortened(middle)) <= MAX_BODY_BYTES) fits = middle;
    else tooMany = middle;
  }
  return shortened(fits);
}
