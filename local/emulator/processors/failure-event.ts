import { parseArn } from '../store/arns';
import { PendingCallback } from '../store/state';

/** What the service tells EventBridge when it can't invoke a processor, whatever the fallback action is. */
export function failureEvent({ channelArn, messageId, processor }: PendingCallback, failureReason: string) {
  return {
    detailType: 'Chime ChannelFlow Processing Status',
    detail: {
      eventType: 'ProcessorInvocationFailure',
      appInstanceArn: parseArn(channelArn)!.appInstanceArn,
      channelArn,
      messageId,
      processorResourceArn: processor.Configuration.Lambda.ResourceArn,
      failureReason,
    },
  };
}
