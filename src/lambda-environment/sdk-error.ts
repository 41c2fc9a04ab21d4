/** What a failed call of an AWS SDK means, whichever the service. */

export interface SdkError {
  readonly name: string;
  readonly message: string;
  /** Of the network: Node's name for what went wrong. */
  readonly code?: string;
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** 403 by IAM: the role's policy, a boundary or a control policy. Never a sign that something is gone. */
export function isIamDenial(error: unknown): boolean {
  const found = sdkError(error);
  if (found === undefined) return false;
  if (/^AccessDenied/.test(found.name)) return true;
  // From its first word on: what the service quotes may say the same.
  return found.$metadata.httpStatusCode === 403 && /^User: \S+ is not authorized to perform: \S/.test(found.message);
}


export function isThrottled(error: unknown): boolean {
  return isNamed(error, 'ThrottledClientException', 'ThrottlingException', 'TooManyRequestsException')
    || sdkError(error)?.$metadata.httpStatusCode === 429;
}

/** The service or the way to it is unavailable for the moment; the call may or may not have had its effect. */
export function isTransient(error: unknown): boolean {
  if (isThrottled(error)) return true;
  const found = sdkError(error);
  const status = found?.$metadata.httpStatusCode;
  return found !== undefined && (status === undefined || status >= 500);
}

export function isNamed(error: unknown, ...names: string[]): boolean {
  const found = sdkError(error);
  return found !== undefined && names.includes(found.name);
}

/** The SDK's error in a chain of causes. */
export function sdkError(error: unknown): SdkError | undefined {
  let candidate = error;
  while (candidate instanceof Error && !isSdkError(candidate)) candidate = candidate.cause;
  return isSdkError(candidate) ? candidate : undefined;
}

export function isSdkError(error: unknown): error is SdkError {
  return error instanceof Error && typeof (error as Partial<SdkError>).$metadata === 'object';
}
