import { FunctionArn } from './function-arn';

/** No engine on this machine takes longer; one that does not answer must not hold a message for ever. */
const TIME_LIMIT_MS = 10_000;

export interface AwsRequest {
  /** As it stands in signatures. */
  readonly service: 'lambda' | 'events';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A request to AWS on this machine. It verifies no signature: it only reads which account, region and service are
 * meant, which the function tells. Rejects with the service's own words if it refuses.
 */
export async function sendToAws(
  { accountId, region }: FunctionArn, { service, url, headers, body }: AwsRequest,
): Promise<string> {
  const scope = `${accountId}/20260101/${region}/${service}/aws4_request`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` },
    body,
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  }).catch((error: Error) => {
    // fetch says only that it failed; why stands in the cause.
    throw new Error(`${url} does not answer: ${(error.cause as Error | undefined)?.message ?? error.message}`);
  });
  const text = await response.text();
  if (!response.ok) throw new Error(messageIn(text) ?? `${url} answered with status ${response.status}`);
  return text;
}

function messageIn(body: string): string | undefined {
  try {
    const { Message, message } = JSON.parse(body);
    return Message ?? message;
  } catch {
    return undefined;
  }
}
