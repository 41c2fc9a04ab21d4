import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { ReadParameter } from './words-parameter';
import { defaultProvider } from '../../lambda-environment/credentials';
import { ProcessorError } from '../../processor-runtime/processor-error';

/** Parameter Store answered with something else than a parameter. */
export class UnfitParameter extends ProcessorError {
  public readonly name = 'UnfitParameter';
}

/** Reads SSM parameters, encrypted ones too. Region and endpoint are the SDK's own affair. */
export function parameterStore(): ReadParameter {
  const client = new SSMClient({
    credentials: defaultProvider(),
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  return async (name, abortSignal) => {
    return valueIn(await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }), { abortSignal }));
  };
}

/**
 * The value in an answer. The SDK passes on whatever it gets, and no parameter is without a value: taken for one, it
 * would allow everything.
 */
export function valueIn(answer: unknown): string {
  const value = (answer as { Parameter?: { Value?: unknown } } | undefined)?.Parameter?.Value;
  if (typeof value === 'string' && value !== '') return value;
  const received = value === ''
    ? 'an empty one'
    : value === undefined || value === null ? 'none' : `a value of type ${typeof value}`;
  throw new UnfitParameter(
    `Parameter Store answered without the text of the parameter, got ${received}: look at what answers in its place`,
  );
}
