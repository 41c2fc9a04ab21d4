import { sendToAws } from './aws-request';
import { parseFunctionArn } from './function-arn';
import { Invoke } from './invocations';

/** Invokes functions as the service does: asynchronously, through the Lambda API. */
export function lambdaApi(endpoint: string): Invoke {
  return async (functionArn, event) => {
    await sendToAws(parseFunctionArn(functionArn), {
      service: 'lambda',
      url: `${endpoint}/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`,
      headers: { 'x-amz-invocation-type': 'Event', 'content-type': 'application/json' },
      body: JSON.stringify(event),
    });
  };
}
