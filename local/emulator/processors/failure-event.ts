import { appInstanceArnOf } from '../store/arns';
import { PendingCallback } from '../store/state';

/** What the service tells EventBridge when it can't invoke a processor, whatever the fallback action is. */
export function failureEvent({ ChannelArn, MessageId, processor }: PendingCallback, failureReason: string) {
  return {
    detailType: 'Chime ChannelFlow Processing Status',
    detail: {
      eventType: 'ProcessorInvocationFailure',
      appInstanceArn: appInstanceArnOf(ChannelArn),
      channelArn: ChannelArn,
      messageId: MessageId,
      processorResourceArn: processor.Configuration.Lambda.ResourceArn,
      failureReason,
    },
  };
}
