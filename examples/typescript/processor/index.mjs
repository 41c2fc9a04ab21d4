import { ChannelFlowCallbackCommand, ChimeSDKMessagingClient } from '@aws-sdk/client-chime-sdk-messaging';

const messaging = new ChimeSDKMessagingClient();

const CARD_NUMBER = /\b(?:\d[ -]?){12,18}\d\b/g;
const FORBIDDEN = /\bidiot\b/i;

/** Is given each message before it is delivered, and says what becomes of it. */
export const handler = async ({ CallbackId, ChannelMessage: { ChannelArn, MessageId, Content } }) => {
  const denied = FORBIDDEN.test(Content);
  await messaging.send(new ChannelFlowCallbackCommand({
    CallbackId,
    ChannelArn,
    DeleteResource: denied,
    ChannelMessage: { MessageId, Content: denied ? undefined : Content.replace(CARD_NUMBER, '[card number]') },
  }));
};
