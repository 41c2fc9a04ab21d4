import { randomUUID } from 'node:crypto';
import { ChimeSDKIdentity } from '@aws-sdk/client-chime-sdk-identity';
import { ChimeSDKMessaging, type SendChannelMessageCommandInput } from '@aws-sdk/client-chime-sdk-messaging';
import type { Emulator } from '../../local/emulator';
import { Chat, clientConfig } from '../support/chat';
import { processor } from '../support/processors';

/** A channel at the emulator whose messages go through a flow of one processor, the function `moderate`. */
export class EmulatedChat {
  public static async open({ url }: Emulator): Promise<EmulatedChat> {
    const config = clientConfig({ url });
    const [identity, messaging] = [new ChimeSDKIdentity(config), new ChimeSDKMessaging(config)];
    const chat = await Chat.open({ identity, messaging });
    const channel = await chat.channel('lobby');
    await chat.associate(channel, await chat.flow('moderation', processor()));
    return new EmulatedChat(messaging, channel, chat.admin);
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
