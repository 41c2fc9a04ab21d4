import {
  DeleteChannelMessageCommand, DescribeChannelCommand, GetChannelMessageCommand, GetChannelMessageStatusCommand, SendChannelMessageCommand,
  UpdateChannelMessageCommand, paginateListChannelMessages,
} from '@aws-sdk/client-chime-sdk-messaging';
import type { ChannelFlowVerificationProperties } from './properties';
import type { Clients } from '../clients';
import type { Clock } from '../protocol/lifecycle';
import { log } from '../protocol/log';
import { appInstanceArnOf } from '../service/arn';
import { Bearers } from '../service/bearers';
import { describeFailure, explain, isForbidden, isNotFound } from '../service/service-error';

/** How a message ended, or that it has not. */
export interface Settled {
  readonly status: 'SENT' | 'DENIED' | 'FAILED' | 'PENDING';
  readonly content?: string;
  readonly detail?: string;
  /** When it was first seen so. */
  readonly at: number;
}

/** Marks probe messages in their metadata: a processor may look at it, and a later run finds what an earlier one left. */
const MARK = 'cdk-chime-messaging:probe';
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 1_000;
/** A message that can't be found may also be too new for that: it counts as denied when it can't be found after this either. */
const DENIAL_CONFIRMED_MS = 2_000;
/** How far back messages that a crashed run left are looked for. */
const LEFT_WITHIN_MS = 86_400_000;

/** The probe messages of one verification, in one channel, by one sender. */
export class ProbeMessages {
  private readonly sender: Bearers;
  /** Deleting a message is for admins. */
  private readonly remover: Bearers;
  private readonly sent: string[] = [];
  private readonly mark: string;

  public constructor(
    private readonly properties: ChannelFlowVerificationProperties,
    logicalId: string,
    private readonly clients: Clients,
    private readonly clock: Clock,
  ) {
    const appInstance = appInstanceArnOf(properties.ChannelArn)!;
    this.mark = `${MARK}:${logicalId}`;
    this.sender = new Bearers(appInstance, { named: [properties.Sender], orAnyAdmin: false }, clients, clock);
    this.remover = new Bearers(appInstance, { named: [properties.Sender], orAnyAdmin: true }, clients, clock);
  }

  /** A channel without the flow would let every probe pass by it. */
  public async requireFlow(): Promise<void> {
    const { ChannelArn, ChannelFlowArn } = this.properties;
    const { Channel } = await this.sender.read(ChimeBearer =>
      this.clients.messaging.send(new DescribeChannelCommand({ ChannelArn, ChimeBearer })));
    if (Channel?.ChannelFlowArn !== ChannelFlowArn) {
      throw new Error(`${ChannelArn} carries ${Channel?.ChannelFlowArn ?? 'no flow'}, not ${ChannelFlowArn} — associate it with the flow to verify`);
    }
  }

  public async send(content: string): Promise<string> {
    try {
      const { MessageId } = await this.sender.write(ChimeBearer => this.clients.messaging.send(new SendChannelMessageCommand({
        ChannelArn: this.properties.ChannelArn, Content: content, Type: 'STANDARD', Persistence: 'PERSISTENT', Metadata: this.mark, ChimeBearer,
      })));
      this.sent.push(MessageId!);
      return MessageId!;
    } catch (error) {
      if (!isForbidden(error)) throw error;
      throw explain(error, `the sender ${this.properties.Sender} may not send to the channel: make it a member, as admins must be too`);
    }
  }

  public async edit(MessageId: string, content: string): Promise<void> {
    await this.sender.write(ChimeBearer => this.clients.messaging.send(new UpdateChannelMessageCommand({
      ChannelArn: this.properties.ChannelArn, MessageId, Content: content, Metadata: this.mark, ChimeBearer,
    })));
  }

  /** Waits until the message has ended, or the time is over. */
  public async settled(messageId: string, ends: number): Promise<Settled> {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      const settled = await this.look(messageId);
      if (settled.status === 'DENIED') {
        await this.clock.sleep(DENIAL_CONFIRMED_MS);
        if ((await this.look(messageId)).status === 'DENIED') return settled;
      } else if (settled.status !== 'PENDING' || this.clock.now() + wait > ends) {
        return settled;
      } else {
        await this.clock.sleep(wait);
      }
    }
  }

  /** Removes all that was sent. A message that stays is no reason to fail: it is marked, and the next run looks for it. */
  public async remove(): Promise<void> {
    await Promise.all(this.sent.splice(0).map(id => this.removeOne(id)));
  }

  /** What a run left that was ended before its end. */
  public async removeLeftOvers(): Promise<void> {
    const { ChannelArn } = this.properties;
    const left = await this.sender.read(async ChimeBearer => {
      const found: string[] = [];
      const pages = paginateListChannelMessages(
        { client: this.clients.messaging }, { ChannelArn, ChimeBearer, NotBefore: new Date(this.clock.now() - LEFT_WITHIN_MS), MaxResults: 50 },
      );
      for await (const { ChannelMessages = [] } of pages) {
        found.push(...ChannelMessages.filter(({ Metadata }) => Metadata === this.mark).flatMap(({ MessageId }) => MessageId ?? []));
      }
      return found;
    });
    await Promise.all(left.map(id => this.removeOne(id)));
  }

  private async look(MessageId: string): Promise<Settled> {
    const { ChannelArn } = this.properties;
    try {
      const { Status } = await this.sender.read(ChimeBearer =>
        this.clients.messaging.send(new GetChannelMessageStatusCommand({ ChannelArn, MessageId, ChimeBearer })));
      if (Status?.Value !== 'SENT') return { status: Status?.Value ?? 'PENDING', detail: Status?.Detail, at: this.clock.now() };
      const { ChannelMessage } = await this.sender.read(ChimeBearer =>
        this.clients.messaging.send(new GetChannelMessageCommand({ ChannelArn, MessageId, ChimeBearer })));
      return { status: 'SENT', content: ChannelMessage?.Content, at: this.clock.now() };
    } catch (error) {
      // A message that was denied is not stored: there is nothing to get a status of.
      if (isNotFound(error) || isForbidden(error)) return { status: 'DENIED', at: this.clock.now() };
      throw error;
    }
  }

  private async removeOne(MessageId: string): Promise<void> {
    try {
      await this.remover.write(ChimeBearer =>
        this.clients.messaging.send(new DeleteChannelMessageCommand({ ChannelArn: this.properties.ChannelArn, MessageId, ChimeBearer })));
    } catch (error) {
      if (isNotFound(error) || isForbidden(error)) return;
      log({ level: 'WARN', message: 'a probe message could not be removed', messageId: MessageId, reason: describeFailure(error) });
    }
  }
}
