import { sendToAws } from './aws-request';
import { parseFunctionArn } from './function-arn';
import { PutEvent } from './invocations';

/** Puts events on the default bus of the processor's account, through the EventBridge API. */
export function eventBus(eventsEndpoint: () => string | undefined): PutEvent {
  return async ({ detailType, detail, time, functionArn }) => {
    const endpoint = eventsEndpoint();
    if (endpoint === undefined) {
      throw new Error('there is no event bus: name one by eventsEndpoint (--events-endpoint)');
    }
    const answer = await sendToAws(parseFunctionArn(functionArn), {
      service: 'events',
      url: endpoint,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' },
      body: JSON.stringify({
        Entries: [{
          Source: 'aws.chime', DetailType: detailType, Detail: JSON.stringify(detail), Time: time / 1000, Resources: [],
        }],
      }),
    });
    const { FailedEntryCount, Entries } = JSON.parse(answer);
    if (FailedEntryCount > 0) throw new Error(`${Entries[0].ErrorCode}: ${Entries[0].ErrorMessage}`);
  };
}
