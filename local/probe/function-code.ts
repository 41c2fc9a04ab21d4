/**
 * The function whose ARN `--lambda-arn` takes: it denies what says `deny`, and answers everything else with the id of
 * its callback, which nobody but a processor ever learns.
 */
export const FUNCTION_CODE = `// index.mjs, Node.js 20 or newer. The function needs the permission
// chime:ChannelFlowCallback, and a resource policy that lets messaging.chime.amazonaws.com invoke it.
import { ChimeSDKMessaging } from '@aws-sdk/client-chime-sdk-messaging';

const messaging = new ChimeSDKMessaging({});

export async function handler({ CallbackId, ChannelMessage: { ChannelArn, MessageId, Content } }) {
  const denied = Content === 'deny';
  await messaging.channelFlowCallback({
    CallbackId,
    ChannelArn,
    DeleteResource: denied,
    ChannelMessage: { MessageId, Content: denied ? Content : CallbackId },
  });
}
`;
