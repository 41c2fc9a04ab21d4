import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AssociateChannelFlowCommand,
  ChimeSDKMessagingClient,
  CreateChannelCommand,
  GetChannelMessageStatusCommand,
  ListChannelMessagesCommand,
  NotFoundException,
  SendChannelMessageCommand,
} from '@aws-sdk/client-chime-sdk-messaging';
import { localClientConfig } from '../deployment/environment';

const PROCESSING_TIMEOUT_MS = 30_000;
/** Short, for what is measured is never shorter than it. */
const POLL_MS = 5;

/** What has become of a message. */
export interface SentMessage {
  readonly messageId: string;
  readonly sent: string;
  /** As GetChannelMessageStatus tells its sender, or `NotFoundException`: one that was denied is not stored. */
  readonly status: string;
  /** From sending it until the service said so. */
  readonly milliseconds: number;
  /** What the channel's members get to read, if they get anything. */
  readonly read?: string;
}

/** What a user of the chat does with the SDK; the stack hears of none of it. */
export class ChatClient {
  private readonly messaging: ChimeSDKMessagingClient;

  /** @param userArn who acts */
  public constructor(chimeEndpoint: string, private readonly userArn: string) {
    this.messaging = new ChimeSDKMessagingClient(localClientConfig(chimeEndpoint));
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

  /** Sends a message, and follows it until the channel's flow has decided about it. */
  public async send(channelArn: string, content: string): Promise<SentMessage> {
    const begun = performance.now();
    const { MessageId } = await this.messaging.send(new SendChannelMessageCommand({
      ChannelArn: channelArn,
      Content: content,
      Type: 'STANDARD',
      Persistence: 'PERSISTENT',
      ClientRequestToken: randomUUID(),
      ChimeBearer: this.userArn,
    }));
    const status = await this.finalStatus(channelArn, MessageId!);
    const milliseconds = Math.round(performance.now() - begun);
    // Its sender would also see one that failed.
    const read = status === 'SENT' ? await this.read(channelArn, MessageId!) : undefined;
    return { messageId: MessageId!, sent: content, status, milliseconds, read };
  }

  private async finalStatus(channelArn: string, messageId: string): Promise<string> {
    const deadline = Date.now() + PROCESSING_TIMEOUT_MS;
    for (;;) {
      const status = await this.status(channelArn, messageId);
      if (status !== 'PENDING') return status;
      if (Date.now() > deadline) {
        throw new Error(`message ${messageId} was still pending after ${PROCESSING_TIMEOUT_MS / 1000} s: the processor `
          + 'did not answer');
      }
      await sleep(POLL_MS);
    }
  }

  private async status(channelArn: string, messageId: string): Promise<string> {
    try {
      const { Status } = await this.messaging.send(new GetChannelMessageStatusCommand({
        ChannelArn: channelArn,
        MessageId: messageId,
        ChimeBearer: this.userArn,
      }));
      return Status?.Value ?? 'none';
    } catch (error) {
      if (error instanceof NotFoundException) return error.name;
      throw error;
    }
  }

  private async read(channelArn: string, messageId: string): Promise<string | undefined> {
    const { ChannelMessages = [] } = await this.messaging.send(new ListChannelMessagesCommand({
      ChannelArn: channelArn,
      ChimeBearer: this.userArn,
    }));
    return ChannelMessages.find(({ MessageId }) => MessageId === messageId)?.Content;
  }
}
