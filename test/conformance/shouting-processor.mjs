import { ChimeSDKMessaging } from '@aws-sdk/client-chime-sdk-messaging';

const client = new ChimeSDKMessaging({});

/** Puts a message into capitals. */
export async function handler({ CallbackId, ChannelMessage: { MessageId, ChannelArn, Content } }) {
  await client.channelFlowCallback({ CallbackId, ChannelArn, ChannelMessage: { MessageId, Content: Content.toUpperCase() } });
}
