/**
 * What a failed call of the service means, and how a failed event says it.
 *
 * A 403 is the trap here: an IAM denial, a bearer without rights and a thing that is gone look alike by status. Only the
 * message tells the first from the others, so nothing may be taken as gone before `isIamDenial` has said no.
 */

import { withoutSecrets } from './secrets';

interface ServiceError {
  readonly name: string;
  readonly message: string;
  readonly $metadata: { readonly httpStatusCode?: number; readonly attempts?: number };
}

interface Call {
  readonly operation: string;
  readonly input?: unknown;
}

const calls = new WeakMap<object, Call>();

/** Notes which call threw the error; the clients do this for every call (see clients.ts). */
export function rememberCall(error: unknown, operation: string, input?: unknown): void {
  if (typeof error === 'object' && error !== null) calls.set(error, { operation, input });
}

/** 403 by IAM: the role's policy, a boundary or a control policy. Never a sign that something is gone. */
export function isIamDenial(error: unknown): boolean {
  const found = serviceError(error);
  if (found === undefined) return false;
  if (/^AccessDenied/.test(found.name)) return true;
  return found.$metadata.httpStatusCode === 403 && /is not authorized to perform/.test(found.message);
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

export function isThrottled(error: unknown): boolean {
  return isNamed(error, 'ThrottledClientException', 'ThrottlingException', 'TooManyRequestsException')
    || serviceError(error)?.$metadata.httpStatusCode === 429;
}

/** The service or the way to it is ill for the moment; the call may or may not have had its effect. */
export function isPassing(error: unknown): boolean {
  if (isThrottled(error)) return true;
  const found = serviceError(error);
  const status = found?.$metadata.httpStatusCode;
  return found !== undefined && (status === undefined || status >= 500);
}

/**
 * Whether a Create that failed so may have made its thing all the same: refused as made before, or no answer came, be it to
 * an earlier attempt of the SDK.
 */
export function mayHaveActed(error: unknown): boolean {
  const found = serviceError(error);
  if (found === undefined) return false;
  const { httpStatusCode, attempts = 1 } = found.$metadata;
  return isConflict(error) || httpStatusCode === undefined || httpStatusCode >= 500 || attempts > 1;
}

/** The error with what to do about it, for the Reason of a failed event; the predicates see through it. */
export function explain(error: unknown, fix: string): Error {
  return new Error(`${describeCall(error)} — ${fix}`, { cause: error });
}

/** Where the error comes from, for the log. */
export function describeStack(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.stack === undefined) return undefined;
  const found = serviceError(error);
  return found === undefined ? error.stack : withoutSecrets(error.stack, calls.get(found)?.input);
}

/** The Reason of a failed event: operation, code, message and what to do. */
export function describeFailure(error: unknown): string {
  if (!isServiceError(error)) return error instanceof Error ? error.message : String(error);
  return `${describeCall(error)} — ${usualFix(error)}`;
}

function describeCall(error: unknown): string {
  const found = serviceError(error);
  if (found === undefined) return error instanceof Error ? error.message : String(error);
  const { operation = 'a call', input } = calls.get(found) ?? {};
  // The service may quote what it refuses.
  return `${operation} failed: ${found.name}: ${withoutSecrets(found.message, input)}`;
}

function usualFix(error: ServiceError): string {
  if (isIamDenial(error)) {
    return 'the role of this provider must be allowed this action: look for a permissions boundary or a service control policy that denies it';
  }
  if (isForbidden(error)) return 'check that the app instance and the bearer exist, and that the bearer is an app instance admin';
  if (isNotFound(error)) return 'check that what the properties name exists in this account and region';
  if (isConflict(error)) return 'what the properties ask for clashes with what the service holds: delete or rename one of the two';
  if (isBadRequest(error)) return 'correct the property that the service refuses';
  if (isLimitExceeded(error)) return 'delete what is not needed, or ask for a higher quota in Service Quotas';
  if (isThrottled(error)) return 'the service throttled every attempt: deploy again, with fewer changes at a time';
  if ((error.$metadata.httpStatusCode ?? 0) >= 500) return 'the service could not answer: deploy again later';
  if (error.$metadata.httpStatusCode === undefined) {
    return 'the service could not be reached: Amazon Chime SDK messaging is in us-east-1 and eu-central-1 only';
  }
  return 'deploy again, or ask AWS Support about this code';
}

function isNamed(error: unknown, ...names: string[]): boolean {
  const found = serviceError(error);
  return found !== undefined && names.includes(found.name);
}

/** The service's error in a chain of causes. */
function serviceError(error: unknown): ServiceError | undefined {
  let candidate = error;
  while (candidate instanceof Error && !isServiceError(candidate)) candidate = candidate.cause;
  return isServiceError(candidate) ? candidate : undefined;
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && typeof (error as Partial<ServiceError>).$metadata === 'object';
}
