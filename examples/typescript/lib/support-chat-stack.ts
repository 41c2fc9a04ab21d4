import { join } from 'node:path';
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  AppInstanceAdmin,
  AppInstanceUser,
  Channel,
  ChannelFlow,
  ChannelFlowAssociation,
  ChannelFlowProcessor,
  FallbackAction,
  TaggedAppInstance,
} from 'cdk-chime-messaging';
import type { Construct } from 'constructs';

/** A chat for customers and support staff, in which card numbers never reach anybody. */
export class SupportChatStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // For an example: without it the chat and its channels, with every message in them, outlive the stack.
    const removalPolicy = RemovalPolicy.DESTROY;

    const chat = new TaggedAppInstance(this, 'Chat', {
      appInstanceName: 'support',
      tags: { team: 'care', stage: 'trial' },
      removalPolicy,
    });

    // Whoever makes and changes channels must be a user of the chat, and to give them a flow, an admin.
    const operator = new AppInstanceUser(this, 'Operator', { appInstance: chat, appInstanceUserId: 'operator' });
    const admin = new AppInstanceAdmin(this, 'Admin', { appInstance: chat, user: operator });

    const lobby = new Channel(this, 'Lobby', { appInstance: chat, channelName: 'lobby', bearer: admin, removalPolicy });
    const billing = new Channel(this, 'Billing', { appInstance: chat, channelName: 'billing', bearer: admin, removalPolicy });
    new Channel(this, 'Staff', { appInstance: chat, channelName: 'staff', bearer: admin, removalPolicy });

    // Looks at each message of the channels below before anybody else sees it.
    const moderate = new Function(this, 'Moderate', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromAsset(join(__dirname, '..', 'processor')),
    });
    const moderation = new ChannelFlow(this, 'Moderation', {
      appInstance: chat,
      channelFlowName: 'moderation',
      processors: [ChannelFlowProcessor.fromFunction(moderate, { processorName: 'moderate', fallbackAction: FallbackAction.ABORT })],
      tags: { purpose: 'moderation' },
    });

    new ChannelFlowAssociation(this, 'LobbyModeration', { channelFlow: moderation, channel: lobby, bearer: admin });
    new ChannelFlowAssociation(this, 'BillingModeration', { channelFlow: moderation, channel: billing, bearer: admin });

    new CfnOutput(this, 'ChatArn', { value: chat.appInstanceArn });
    new CfnOutput(this, 'LobbyArn', { value: lobby.channelArn });
    new CfnOutput(this, 'ModerationArn', { value: moderation.channelFlowArn });
    new CfnOutput(this, 'AdminArn', { value: admin.bearerArn });
  }
}
