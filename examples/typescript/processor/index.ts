import { allow, channelFlowProcessor, deny, replace } from 'cdk-chime-messaging/processor';

const CARD_NUMBER = /\b(?:\d[ -]?){12,18}\d\b/g;
const FORBIDDEN = /\bidiot\b/i;

/** Is given each message before it is delivered, and says what happens to it. */
export const handler = channelFlowProcessor(({ Content }) => {
  if (FORBIDDEN.test(Content)) return deny();
  const content = Content.replace(CARD_NUMBER, '[card number]');
  return content === Content ? allow() : replace({ content });
});
