/** The errors of the service model: HTTP status, and the `Code` that the service writes into the body. */
const MODELLED = {
  BadRequest: { status: 400, code: 'BadRequest' },
  ResourceLimitExceeded: { status: 400, code: 'ResourceLimitExceeded' },
  UnauthorizedClient: { status: 401, code: 'Unauthorized' },
  Forbidden: { status: 403, code: 'Forbidden' },
  NotFound: { status: 404, code: 'NotFound' },
  Conflict: { status: 409, code: 'Conflict' },
  ThrottledClient: { status: 429, code: 'Throttled' },
  ServiceFailure: { status: 500, code: 'ServiceFailure' },
  ServiceUnavailable: { status: 503, code: 'ServiceUnavailable' },
} as const;

export type ModelledError = keyof typeof MODELLED;

/** An answer other than success, as the caller gets it. */
export class ServiceError extends Error {
  /**
   * The error that a service model names `<name>Exception`.
   *
   * @param bySwitch whether a switch asked for it, so that the operation's model need not list it
   */
  static of(name: ModelledError, message: string, bySwitch = false): ServiceError {
    return new ServiceError(MODELLED[name].status, `${name}Exception`, MODELLED[name].code, message, bySwitch);
  }

  /**
   * @param status the HTTP status
   * @param type the value of the `x-amzn-errortype` header, from which SDKs choose the exception
   * @param code the `Code` in the body
   */
  constructor(
    readonly status: number, readonly type: string, readonly code: string, message: string, readonly bySwitch = true,
  ) {
    super(message);
    this.name = 'ServiceError';
  }
}

export const badRequest = (message: string) => ServiceError.of('BadRequest', message);
export const conflict = (message: string) => ServiceError.of('Conflict', message);
export const forbidden = (message: string) => ServiceError.of('Forbidden', message);
export const notFound = (message: string) => ServiceError.of('NotFound', message);
export const limitExceeded = (message: string) => ServiceError.of('ResourceLimitExceeded', message);

/** What IAM, in front of the service, answers: not a `ForbiddenException`, though a 403 as well. */
export function accessDenied(principal: string, action: string, resource: string): ServiceError {
  return new ServiceError(
    403,
    'AccessDeniedException',
    'AccessDenied',
    `User: ${principal} is not authorized to perform: ${action} on resource: ${resource}`,
  );
}

/** Something that is gone, answered as the switch for it says. */
export function missing(answer: 'not-found' | 'forbidden', what: string, arn: string): ServiceError {
  return answer === 'not-found'
    ? refused(answer, `${what} ${arn} does not exist`)
    : refused(answer, `not allowed to access ${what} ${arn}`);
}

const REFUSALS = {
  'conflict': 'Conflict', 'bad-request': 'BadRequest', 'not-found': 'NotFound', 'forbidden': 'Forbidden',
} as const;

/** A refusal, answered as the switch for it says. */
export function refused(answer: keyof typeof REFUSALS, message: string): ServiceError {
  return ServiceError.of(REFUSALS[answer], message, true);
}
