import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { ReadParameter } from './words-parameter';
import { defaultProvider } from '../../handlers/environment-credentials';

/** Reads SSM parameters, encrypted ones too. Region and endpoint are the SDK's own affair. */
export function parameterStore(): ReadParameter {
  const client = new SSMClient({
    credentials: defaultProvider(),
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  return async (name, abortSignal) => {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }), { abortSignal });
    return Parameter?.Value ?? '';
  };
}
