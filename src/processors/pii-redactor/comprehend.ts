import { ComprehendClient, DetectPiiEntitiesCommand, type LanguageCode } from '@aws-sdk/client-comprehend';
import { entitiesIn, UnfitAnswer } from './entity';
import type { DetectPii } from './redaction';
import { defaultProvider } from '../../lambda-environment/credentials';
import { callbackError } from '../../processor-runtime/callback-error';
import { ProcessorError } from '../../processor-runtime/processor-error';

/** Comprehend gave no answer. */
export class DetectionFailed extends ProcessorError {
  public readonly name = 'DetectionFailed';
}

/** Asks Amazon Comprehend. Region and endpoint are the SDK's own affair: it honours AWS_ENDPOINT_URL_COMPREHEND. */
export function comprehend(): DetectPii {
  const client = new ComprehendClient({
    credentials: defaultProvider(),
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  return async (text, language, abortSignal) => {
    try {
      return entitiesIn(await client.send(
        new DetectPiiEntitiesCommand({ Text: text, LanguageCode: language as LanguageCode }), { abortSignal },
      ));
    } catch (error) {
      throw error instanceof UnfitAnswer ? error : failed(error);
    }
  };
}

/** By name and status: the service's message may quote the text. */
function failed(error: unknown): DetectionFailed {
  const { name, status } = callbackError(error);
  const fix = /AccessDenied|NotAuthorized/.test(name)
    ? 'allow the function\'s role comprehend:DetectPiiEntities'
    : /Throttling|TooManyRequests/.test(name)
      ? 'ask AWS for a higher rate of DetectPiiEntities'
      : 'see the health of Amazon Comprehend in this region';
  return new DetectionFailed(
    `Amazon Comprehend gave no answer: ${name}${status === undefined ? '' : ` (${status})`} — ${fix}`,
  );
}
