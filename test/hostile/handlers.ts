import {
  appInstance, appInstanceAdmin, appInstanceTags, appInstanceUser, channel, channelFlow, channelFlowAssociation,
  channelFlowVerification,
} from '../../src/handlers';
import type { LambdaHandler } from '../../src/handlers/protocol/entry';

interface Handler {
  /** What Lambda calls. */
  readonly handler: LambdaHandler;
  /** Properties that come right; things of the world stand in braces. */
  readonly valid: Record<string, unknown>;
  /** Physical ids that may come. */
  readonly ids: readonly string[];
}

const Tags = [{ Key: 'team', Value: 'care' }];
const INVENTED = 'chat-Resource-1X2Y3Z4A5B6C7';

/** The functions of all resource types. */
export const HANDLERS = {
  'app-instance': {
    handler: appInstance,
    valid: { Name: 'chat', Metadata: 'm', Tags },
    ids: ['{spare}', INVENTED],
  },
  'app-instance-admin': {
    handler: appInstanceAdmin,
    valid: { AppInstanceArn: '{appInstance}', AppInstanceAdminArn: '{user}' },
    ids: ['{user}#abcdefghijklmnop', INVENTED],
  },
  'app-instance-tags': {
    handler: appInstanceTags,
    valid: { AppInstanceArn: '{appInstance}', Tags },
    ids: ['{appInstance}#abcdefghijklmnop', INVENTED],
  },
  'app-instance-user': {
    handler: appInstanceUser,
    valid: { AppInstanceArn: '{appInstance}', AppInstanceUserId: 'ann', Name: 'Ann', Metadata: 'm', Tags },
    ids: ['{appInstance}/user/ann', INVENTED],
  },
  'channel': {
    handler: channel,
    valid: {
      AppInstanceArn: '{appInstance}',
      Name: 'lobby',
      Bearer: '{admin}',
      ChannelId: 'lobby',
      Mode: 'RESTRICTED',
      Privacy: 'PUBLIC',
      Metadata: 'm',
      Tags,
    },
    ids: ['{appInstance}/channel/lobby', INVENTED],
  },
  'channel-flow': {
    handler: channelFlow,
    valid: {
      AppInstanceArn: '{appInstance}',
      Name: 'moderation',
      Bearer: '{admin}',
      Processors: [{
        Name: 'moderate',
        ExecutionOrder: '1',
        FallbackAction: 'ABORT',
        Configuration: {
          Lambda: { ResourceArn: 'arn:aws:lambda:us-east-1:000000000000:function:moderate', InvocationType: 'ASYNC' },
        },
      }],
      Tags,
    },
    ids: ['{flow}', INVENTED],
  },
  'channel-flow-association': {
    handler: channelFlowAssociation,
    valid: { ChannelArn: '{channel}', ChannelFlowArn: '{flow}', Bearer: '{admin}', OnExisting: 'REPLACE' },
    ids: ['{channel}#abcdefghijklmnop', INVENTED],
  },
  'channel-flow-verification': {
    handler: channelFlowVerification,
    valid: {
      ChannelArn: '{channel}',
      ChannelFlowArn: '{flow}',
      Sender: '{admin}',
      Probes: [{ Expect: 'DELIVERED', Content: 'hello', EditOf: 'hi' }],
      TimeoutMilliseconds: '50',
      Revision: '1',
    },
    ids: ['verification:a', INVENTED],
  },
} satisfies Record<string, Handler>;

export type Entry = keyof typeof HANDLERS;
