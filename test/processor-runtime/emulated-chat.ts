import { randomUUID } from 'node:crypto';
import { ChimeSDKIdentity } from '@aws-sdk/client-chime-sdk-identity';
import { ChimeSDKMessaging, type SendChannelMessageCommandInput } from '@aws-sdk/client-chime-sdk-messaging';
import type { Emulator } from '../../local/emulator';

/** A channel at the emulator whose messages go through a flow of one processor, the function `moderate`. */
export class EmulatedChat {
  public static async open({ url }: Emulator): Promise<EmulatedChat> {
    const config = { endpoint: url, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' } };
    const [identity, messaging] = [new ChimeSDKIdentity(config), new ChimeSDKMessaging(config)];
    const { AppInstanceArn } = await identity.createAppInstance({ Name: 'chat', ClientRequestToken: randomUUID() });
    const { AppInstanceUserArn } = await identity.createAppInstanceUser({
      AppInstanceArn, AppInstanceUserId: 'ann', Name: 'Ann', ClientRequestToken: randomUUID(),
    });
    await identity.createAppInstanceAdmin({ AppInstanceArn, AppInstanceAdminArn: AppInstanceUserArn });
    const { ChannelArn } = await messaging.createChannel({
      AppInstanceArn, Name: 'lobby', ChimeBearer: AppInstanceUserArn,
    });
    const ResourceArn = 'arn:aws:lambda:us-east-1:000000000000:function:moderate';
    const { ChannelFlowArn } = await messaging.createChannelFlow({
      AppInstanceArn,
      Name: 'moderation',
      Processors: [{
        Name: 'moderate',
        ExecutionOrder: 1,
        FallbackAction: 'ABORT',
        Configuration: {
          Lambda: { ResourceArn, InvocationType: 'ASYNC' },
        },
      }],
    });
    await messaging.associateChannelFlow({ ChannelArn, ChannelFlowArn, ChimeBearer: AppInstanceUserArn });
    return new EmulatedChat(messaging, ChannelArn!, AppInstanceUserArn!);
  }

  private constructor(
    private readonly messaging: ChimeSDKMessaging, public readonly channelArn: string, private readonly sender: string,
  ) {}

  /** Sends a message, and says its id. */
  public async send(input: Partial<SendChannelMessageCommandInput> = {}): Promise<string> {
    const { MessageId } = await this.messaging.sendChannelMessage({
      ChannelArn: this.channelArn,
      Content: 'hello',
      Type: 'STANDARD',
      Persistence: 'PERSISTENT',
      ClientRequestToken: randomUUID(),
      ChimeBearer: this.sender,
      ...input,
    });
    return MessageId!;
  }

  public async read(MessageId: string) {
    return (await this.messaging.getChannelMessage({
      ChannelArn: this.channelArn, MessageId, ChimeBearer: this.sender,
    })).ChannelMessage!;
  }

  public async status(MessageId: string) {
    return (await this.messaging.getChannelMessageStatus({
      ChannelArn: this.channelArn, MessageId, ChimeBearer: this.sender,
    })).Status?.Value;
  }
}
