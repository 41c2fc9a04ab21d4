import { join } from 'node:path';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import {
  AppInstanceAdmin,
  AppInstanceUser,
  Channel,
  ChannelFlow,
  ChannelFlowAssociation,
  ChannelFlowProcessor,
  ChannelFlowVerification,
  FallbackAction,
  Probe,
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
    const billing = new Channel(
      this, 'Billing', { appInstance: chat, channelName: 'billing', bearer: admin, removalPolicy },
    );
    new Channel(this, 'Staff', { appInstance: chat, channelName: 'staff', bearer: admin, removalPolicy });

    // Looks at each message of the channels below before anybody else sees it.
    const moderate = new NodejsFunction(this, 'Moderate', {
      runtime: Runtime.NODEJS_24_X,
      entry: join(__dirname, '..', 'processor', 'index.ts'),
    });
    const moderation = new ChannelFlow(this, 'Moderation', {
      appInstance: chat,
      channelFlowName: 'moderation',
      processors: [ChannelFlowProcessor.fromFunction(
        moderate, { processorName: 'moderate', fallbackAction: FallbackAction.ABORT },
      )],
      tags: { purpose: 'moderation' },
    });

    new ChannelFlowAssociation(this, 'LobbyModeration', { channelFlow: moderation, channel: lobby, bearer: admin });
    new ChannelFlowAssociation(this, 'BillingModeration', { channelFlow: moderation, channel: billing, bearer: admin });

    // Messages that a deployment sends to see whether the moderation works. Unless each ends so, CloudFormation rolls
    // back.
    const probes = [
      Probe.delivered('Where is my parcel?'),
      Probe.replaced('My card is 4111 1111 1111 1111', 'My card is [card number]'),
      Probe.denied('You idiot!'),
      Probe.denied('You idiot!').asEditOf('You there!'),
    ];
    // They have a channel of their own, for its members would see them.
    const test = new Channel(this, 'Test', { appInstance: chat, channelName: 'test', bearer: admin, removalPolicy });
    new ChannelFlowAssociation(this, 'TestModeration', { channelFlow: moderation, channel: test, bearer: admin });
    const verification = new ChannelFlowVerification(this, 'Verification', {
      channelFlow: moderation,
      channel: test,
      sender: admin,
      probes,
      timeout: Duration.minutes(1),
    });

    new CfnOutput(this, 'ChatArn', { value: chat.appInstanceArn });
    new CfnOutput(this, 'LobbyArn', { value: lobby.channelArn });
    new CfnOutput(this, 'ModerationArn', { value: moderation.channelFlowArn });
    new CfnOutput(this, 'AdminArn', { value: admin.bearerArn });
    new CfnOutput(this, 'Probes', {
      value: probes.map(probe => `${verification.outcomeOf(probe)} in ${verification.millisecondsOf(probe)} ms`).join(
        ', ',
      ),
    });
  }
}
