import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AppInstanceAdmin,
  AppInstanceUser,
  Channel,
  ChannelFlow,
  ChannelFlowProcessor,
  ChannelFlowVerification,
  FallbackAction,
  Probe,
  TaggedAppInstance,
  WordFilter,
  WordFilterAction,
} from 'cdk-chime-messaging';
import type { Construct } from 'constructs';

/** A chat in which nobody reads certain words. */
export class ChatStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // For an example: without it the chat and its channels, with every message in them, outlive the stack.
    const removalPolicy = RemovalPolicy.DESTROY;

    const chat = new TaggedAppInstance(this, 'AppInstance', {
      appInstanceName: 'support',
      tags: { team: 'care', stage: 'trial' },
      removalPolicy,
    });
    const operator = new AppInstanceUser(this, 'Operator', { appInstance: chat, appInstanceUserId: 'operator' });
    const admin = new AppInstanceAdmin(this, 'Admin', { appInstance: chat, user: operator });

    const lobby = new Channel(this, 'Lobby', { appInstance: chat, channelName: 'lobby', bearer: admin, removalPolicy });
    const test = new Channel(this, 'Test', { appInstance: chat, channelName: 'test', bearer: admin, removalPolicy });

    const filter = new WordFilter(this, 'Filter', {
      words: ['fool', 'go away', '傻瓜'],
      patterns: ['\\d{3}-\\d{4}'],
      action: WordFilterAction.MASK,
    });
    const moderation = new ChannelFlow(this, 'Moderation', {
      appInstance: chat,
      channelFlowName: 'moderation',
      processors: [ChannelFlowProcessor.fromFunction(filter, {
        processorName: 'word-filter',
        fallbackAction: FallbackAction.ABORT,
      })],
      bearer: admin,
      tags: { purpose: 'moderation' },
    });
    moderation.associate('LobbyAssociation', lobby, { bearer: admin });
    moderation.associate('TestAssociation', test, { bearer: admin });

    // Messages that a deployment sends, through a channel that nobody reads. Unless each ends so, CloudFormation rolls
    // back.
    const probes = [
      Probe.delivered('Where is my parcel?'),
      Probe.replaced('Call 555-0100, you fool!', 'Call ***, you ***!'),
      Probe.replaced('Go away!', '***!').asEditOf('Good morning!'),
    ];
    const verification = new ChannelFlowVerification(this, 'Verification', {
      channelFlow: moderation,
      channel: test,
      sender: admin,
      probes,
      timeout: Duration.minutes(1),
    });

    new CfnOutput(this, 'AppInstanceArn', { value: chat.appInstanceArn });
    new CfnOutput(this, 'LobbyArn', { value: lobby.channelArn });
    new CfnOutput(this, 'ModerationArn', { value: moderation.channelFlowArn });
    new CfnOutput(this, 'AdminArn', { value: admin.bearerArn });
    new CfnOutput(this, 'Probes', { value: probes.map((probe) => verification.outcomeOf(probe)).join(', ') });
  }
}
