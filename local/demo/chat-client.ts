import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AssociateChannelFlowCommand,
  ChimeSDKMessagingClient,
  CreateChannelCommand,
  ListChannelMessagesCommand,
  SendChannelMessageCommand,
} from '@aws-sdk/client-chime-sdk-messaging';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../deployment/environment';

const PROCESSING_TIMEOUT_MS = 30_000;
const POLL_MS = 100;

/** What a user of the chat does with the SDK; the stack hears of none of it. */
export class ChatClient {
  private readonly messaging: ChimeSDKMessagingClient;

  /** @param userArn who acts */
  public constructor(chimeEndpoint: string, private readonly userArn: string) {
    this.messaging = new ChimeSDKMessagingClient({
      endpoint: chimeEndpoint,
      region: LOCAL_REGION,
      credentials: { accessKeyId: LOCAL_ACCOUNT, secretAccessKey: 'local' },
    });
  }

  public async makeChannel(appInstanceArn: string, name: string, channelFlowArn: string): Promise<void> {
    const { ChannelArn } = await this.messaging.send(new CreateChannelCommand({
      AppInstanceArn: appInstanceArn,
      Name: name,
      ClientRequestToken: randomUUID(),
      ChimeBearer: this.userArn,
    }));
    await this.messaging.send(new AssociateChannelFlowCommand({
      ChannelArn,
      ChannelFlowArn: channelFlowArn,
      ChimeBearer: this.userArn,
    }));
  }

  public async send(channelArn: string, content: string): Promise<void> {
    await this.messaging.send(new SendChannelMessageCommand({
      ChannelArn: channelArn,
      Content: content,
      Type: 'STANDARD',
      Persistence: 'PERSISTENT',
      ClientRequestToken: randomUUID(),
      ChimeBearer: this.userArn,
    }));
  }

  /** The channel's messages, oldest first, when none is being processed any more. */
  public async readProcessed(channelArn: string): Promise<string[]> {
    const deadline = Date.now() + PROCESSING_TIMEOUT_MS;
    for (;;) {
      const { ChannelMessages = [] } = await this.messaging.send(new ListChannelMessagesCommand({
        ChannelArn: channelArn,
        SortOrder: 'ASCENDING',
        ChimeBearer: this.userArn,
      }));
      if (!ChannelMessages.some(({ Status }) => Status?.Value === 'PENDING')) {
        return ChannelMessages.map(({ Content }) => Content ?? '');
      }
      if (Date.now() > deadline) {
        throw new Error(`messages of ${channelArn} were still pending after ${PROCESSING_TIMEOUT_MS / 1000} s: the processor did not answer`);
      }
      await sleep(POLL_MS);
    }
  }
}
