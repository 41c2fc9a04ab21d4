import { isIamDenial, isTransient } from '../lambda-environment/sdk-error';

/**
 * What a failed callback means.
 *
 * | Verdict  | The service                                                                       |
 * |----------|-----------------------------------------------------------------------------------|
 * | PASSING  | throttles, is unavailable, or did not answer: the same callback again             |
 * | DENIED   | does not let the function's role do this, yet: again for a while                  |
 * | REFUSED  | does not take this callback (400): a second answer, or what it says can't be sent |
 * | ANSWERED | has an answer already, or waits for none any more (403, 404, 409)                 |
 * | UNKNOWN  | anything else: trying again would not help                                        |
 */
export type CallbackVerdict = 'PASSING' | 'DENIED' | 'REFUSED' | 'ANSWERED' | 'UNKNOWN';

/** Codes with which AWS refuses a signature or a role, before the service has looked at the callback. */
const OF_THE_CALLER = /AccessDenied|Signature|Token|Credential|UnrecognizedClient|UnauthorizedClient|OptInRequired|Skewed/;

export function callbackVerdict(error: unknown): CallbackVerdict {
  const { name, status } = callbackError(error);
  if (name === 'AbortError' || isTransient(error)) return 'PASSING';
  if (isIamDenial(error) || OF_THE_CALLER.test(name)) return 'DENIED';
  if (status === 400) return 'REFUSED';
  return status === 403 || status === 404 || status === 409 ? 'ANSWERED' : 'UNKNOWN';
}

/**
 * What may be said about a failed call of a service: its messages quote what they refuse, and its codes are its own
 * words only where they look so.
 */
export function callbackError(error: unknown): { readonly name: string; readonly status?: number } {
  if (typeof error !== 'object' || error === null) return { name: typeof error };
  const { name, code, $metadata } = error as {
    name?: unknown;
    code?: unknown;
    $metadata?: { httpStatusCode?: unknown };
  };
  const status = $metadata?.httpStatusCode;
  // Node's name for every broken connection is Error; its code says which.
  const said = typeof code === 'string' && /^E[A-Z]+$/.test(code) ? code : name;
  return {
    name: typeof said === 'string' && /^[A-Za-z]\w{0,63}$/.test(said) ? said : 'Error',
    ...typeof status === 'number' && { status },
  };
}
