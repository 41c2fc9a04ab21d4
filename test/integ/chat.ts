import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { AppInstanceAdmin, AppInstanceUser, Channel, TaggedAppInstance } from '../../src';

/** A stack with an app instance and its admin, of which nothing is left when it is gone. */
export class Chat extends Stack {
  public readonly chat = new TaggedAppInstance(this, 'Chat', {
    appInstanceName: this.stackName, tags: { purpose: 'integration test' }, removalPolicy: RemovalPolicy.DESTROY,
  });

  public readonly operator = new AppInstanceUser(this, 'Operator', { appInstance: this.chat });

  public readonly admin = new AppInstanceAdmin(this, 'Admin', { appInstance: this.chat, user: this.operator });

  public constructor(scope: Construct, id: string) {
    super(scope, id, { stackName: id });
  }

  public channel(id: string): Channel {
    return new Channel(
      this, id, { appInstance: this.chat, channelName: id, bearer: this.admin, removalPolicy: RemovalPolicy.DESTROY },
    );
  }

  /** A processor that lets every message pass. */
  public processor(id: string): lambda.Function {
    return new lambda.Function(this, id, {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline(`
const { ChimeSDKMessaging } = require('@aws-sdk/client-chime-sdk-messaging');
exports.handler = ({ CallbackId, ChannelMessage: { ChannelArn, MessageId } }) =>
  new ChimeSDKMessaging().channelFlowCallback({ CallbackId, ChannelArn, ChannelMessage: { MessageId } });
`),
    });
  }
}
