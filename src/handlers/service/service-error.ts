/**
 * What a failed call of the service means, and how a failed event says it.
 *
 * A 403 is the trap here: an IAM denial, a bearer without rights and a thing that is gone look alike by status. Only
 * the message tells the first from the others, so nothing may be taken as gone before `isIamDenial` has said no.
 */

import { isIamDenial, isNamed, isSdkError, sdkError, type SdkError } from '../../lambda-environment/sdk-error';

interface Call {
  readonly operation: string;
  /** The members of the call's input. */
  readonly members: readonly string[];
}

const calls = new WeakMap<object, Call>();
const withoutAnswer = new WeakSet<object>();

/** Notes which call threw the error; the clients do this for every call (see clients.ts). */
export function rememberCall(error: unknown, operation: string, input?: unknown): void {
  if (typeof error !== 'object' || error === null) return;
  calls.set(error, { operation, members: typeof input === 'object' && input !== null ? Object.keys(input) : [] });
}

/** Notes that an earlier attempt of the call got no answer, or none that says whether it had its effect. */
export function rememberNoAnswer(error: unknown): void {
  const found = sdkError(error);
  if (found !== undefined) withoutAnswer.add(found);
}

/** The call that threw the error. */
export function callOf(error: unknown): Call {
  return calls.get(sdkError(error) ?? {}) ?? { operation: 'a call', members: [] };
}

/** 403 by the service itself: the bearer has no rights, or the thing (or the bearer) is gone. */
export function isForbidden(error: unknown): boolean {
  return isNamed(error, 'ForbiddenException') && !isIamDenial(error);
}

export function isNotFound(error: unknown): boolean {
  return isNamed(error, 'NotFoundException');
}

export function isConflict(error: unknown): boolean {
  return isNamed(error, 'ConflictException');
}

export function isBadRequest(error: unknown): boolean {
  return isNamed(error, 'BadRequestException');
}

export function isLimitExceeded(error: unknown): boolean {
  return isNamed(error, 'ResourceLimitExceededException');
}

/**
 * Whether a Create that failed so may have made its thing all the same: refused as made before, or no answer came, be
 * it to an earlier attempt.
 */
export function mayHaveSucceeded(error: unknown): boolean {
  const found = sdkError(error);
  if (found === undefined) return false;
  const { httpStatusCode } = found.$metadata;
  return isConflict(error) || httpStatusCode === undefined || httpStatusCode >= 500 || withoutAnswer.has(found);
}

/** The error with what to do about it, for the Reason of a failed event; the predicates see through it. */
export function explain(error: unknown, fix: string): Error {
  return new Error(`${describeCall(error)} — ${fix}`, { cause: error });
}

/** Where the error comes from, for the log: what follows the message, which is told elsewhere, as far as it may be. */
export function describeStack(error: unknown): string | undefined {
  if (!(error instanceof Error) || typeof error.stack !== 'string' || typeof error.message !== 'string') {
    return undefined;
  }
  const { stack, message } = error;
  const heading = [`${error.name}: ${message}`, `${error.constructor.name}: ${message}`, `Error: ${message}`].find(
    text => stack.startsWith(`${text}\n`),
  );
  return heading === undefined ? undefined : stack.slice(heading.length + 1);
}

/** The Reason of a failed event: operation, code, what of the message may be told, and what to do. */
export function failureMessage(error: unknown): string {
  if (!isSdkError(error)) return describeOwn(error);
  return `${describeCall(error)} — ${usualFix(error)}`;
}

function describeCall(error: unknown): string {
  const found = sdkError(error);
  if (found === undefined) return describeOwn(error);
  const { operation, members = [] } = callOf(found);
  return `${operation} failed: ${/^\w{1,64}$/.test(found.name) ? found.name : 'an error'}: `
    + `${detailsOf(found, members)}`;
}

/** What this code, or the runtime, threw. The runtime's own errors may quote what they stumbled over. */
function describeOwn(error: unknown): string {
  if (typeof error === 'object' && error !== null && calls.has(error)) {
    return `${calls.get(error)!.operation} failed before it was answered`;
  }
  if (!(error instanceof Error)) return String(error);
  return NATIVE.some(Native => error instanceof Native)
    ? `${error.name} in the provider's code: its log says where`
    : error.message;
}

const NATIVE = [TypeError, SyntaxError, RangeError, ReferenceError, EvalError, URIError];

/**
 * What is told of an error of the service: how it can be found again, and of its message only what is ours or IAM's.
 * The service quotes what it refuses, whole, cut or written otherwise, and what it refuses may be content.
 */
function detailsOf(
  { message, code, $metadata: { httpStatusCode, requestId } }: SdkError, members: readonly string[],
): string {
  const denial = IAM_DENIAL.exec(message)?.[0];
  const mentioned = members.filter(name => new RegExp(`(?<![A-Za-z])${name}(?![A-Za-z])`, 'i').test(message));
  return [
    ...denial === undefined ? [] : [denial],
    httpStatusCode === undefined
      ? `no answer${/^[A-Z][A-Z0-9_]{1,40}$/.test(code ?? '') ? ` (${code})` : ''}`
      : `status ${httpStatusCode}`,
    ...requestId !== undefined && /^[\w-]{1,64}$/.test(requestId) ? [`request ${requestId}`] : [],
    ...denial === undefined && mentioned.length > 0 ? [`about ${mentioned.join(', ')}`] : [],
  ].join(', ');
}

/**
 * IAM's own sentence: who, which action, on what, and which policy says so. It holds nothing that was sent but ARNs.
 */
const IAM_DENIAL = new RegExp([
  '^User: arn:aws[a-z-]*:[a-z]+:[a-z0-9-]*:\\d*:[\\w+=,.@/-]+ is not authorized to perform: [a-z0-9-]+:[A-Za-z]+ on '
    + 'resource: ',
  '(?:\\*|arn:aws[a-z-]*:chime:[a-z0-9-]*:\\d*:[A-Za-z0-9/:_.@*-]+)',
  '(?: with an explicit deny in an? [a-z -]{1,40} policy(?=$|[^a-z])',
  '| because no [a-z -]{1,40} policy allows the [a-z0-9-]+:[A-Za-z]+ action)?',
].join(''));

function usualFix(error: SdkError): string {
  if (isIamDenial(error)) {
    return 'the role of this provider must be allowed this action: look for a permissions boundary or a service '
      + 'control policy that denies it';
  }
  if (isForbidden(error)) {
    return 'check that the app instance and the bearer exist, and that the bearer is an app instance admin';
  }
  if (isNotFound(error)) return 'check that what the properties name exists in this account and region';
  if (isConflict(error)) {
    return 'what the properties ask for clashes with what the service holds: delete or rename one of the two';
  }
  if (isBadRequest(error)) return 'correct the property that the service refuses';
  if (isLimitExceeded(error)) return 'delete what is not needed, or ask for a higher quota in Service Quotas';
  if ((error.$metadata.httpStatusCode ?? 0) >= 500) return 'the service could not answer: deploy again later';
  if (error.$metadata.httpStatusCode === undefined) {
    return 'the service could not be reached: Amazon Chime SDK messaging is in us-east-1 and eu-central-1 only';
  }
  return 'deploy again, or ask AWS Support about this code';
}
