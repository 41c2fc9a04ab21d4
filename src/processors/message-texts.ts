import type { ChannelMessage } from '../processor-runtime';
import { ProcessorError } from '../processor-runtime/processor-error';

/** The message has no content to look at. */
export class NoContent extends ProcessorError {
  public readonly name = 'NoContent';
}

export function contentOf({ Content }: ChannelMessage): string {
  if (typeof Content !== 'string') throw new NoContent('the message has no content: it can\'t be looked at');
  return Content;
}

/** What a push notification shows. No decision can change it, so a message whose notification must not pass is denied. */
export function notificationTexts({ PushNotification }: ChannelMessage): string[] {
  return [PushNotification?.Title, PushNotification?.Body].filter(text => typeof text === 'string' && text !== '') as string[];
}
