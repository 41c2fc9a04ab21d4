import {
  DeleteChannelMessageCommand, DescribeChannelCommand, GetChannelMessageCommand, GetChannelMessageStatusCommand,
  SendChannelMessageCommand, UpdateChannelMessageCommand, paginateListChannelMessages, type ChannelMessageSummary, type
  SendChannelMessageCommandInput,
} from '@aws-sdk/client-chime-sdk-messaging';
import type { ChannelFlowVerificationProperties } from './properties';
import { log } from '../../lambda-environment/log';
import { shortHash } from '../claims/owner';
import { appInstanceArnOf } from '../service/arn';
import { Bearers } from '../service/bearers';
import type { Clients } from '../service/clients';
import { Unfinished, type Clock } from '../service/clock';
import { failureMessage, explain, isForbidden, isNotFound } from '../service/service-error';

/**
 * How a message ended, or that it has not; `UNPROVEN` when its sender can't see it, and nothing proves that it was
 * denied.
 */
export interface Settled {
  readonly status: 'SENT' | 'DENIED' | 'FAILED' | 'PENDING' | 'UNPROVEN';
  readonly content?: string;
  readonly detail?: string;
  /** When it was first seen so. */
  readonly at: number;
}

/**
 * Marks probe messages in their metadata: a processor may look at it, and a later run finds what an earlier one left.
 */
const MARK = 'cdk-chime-messaging:probe';
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 1_000;
/**
 * A message that can't be found may also be too new for that: it counts as denied when it can't be found after this,
 * either.
 */
const DENIAL_CONFIRMED_MS = 2_000;
/** By how much the service's clock may be behind. */
const SKEW_MS = 60_000;
/** How far back messages that a crashed run left are looked for. */
const LEFT_WITHIN_MS = 86_400_000;

/** What the sender is shown of a message. */
type Shown = Omit<Settled, 'at'>;

/** A message that no flow processes: whoever is shown it would be shown those that were sent before it, too. */
interface Witness {
  readonly place: number;
  readonly id: Promise<string>;
}

/** The probe messages of one verification, in one channel, by one sender. */
export class ProbeMessages {
  private readonly sender: Bearers;
  /** Deleting a message is for admins. */
  private readonly remover: Bearers;
  private readonly sent: string[] = [];
  /** When each message was sent or edited last, in the order of all that was sent. */
  private readonly places = new Map<string, number>();
  private place = 0;
  private readonly mark: string;
  private readonly witnessContent: string;
  private readonly begun: number;
  private witness?: Witness;
  /** Whether the sender was ever told a status. */
  private isToldStatuses = false;

  public constructor(
    private readonly properties: ChannelFlowVerificationProperties,
    logicalId: string,
    private readonly clients: Clients,
    private readonly clock: Clock,
  ) {
    const appInstance = appInstanceArnOf(properties.ChannelArn)!;
    this.mark = `${MARK}:${logicalId}`;
    // A control message has 30 bytes at most, and no metadata.
    this.witnessContent = `${MARK}:${shortHash(logicalId).slice(0, 4)}`;
    this.begun = clock.now();
    this.sender = new Bearers(appInstance, { named: [properties.Sender], orAnyAdmin: false }, clients, clock);
    this.remover = new Bearers(appInstance, { named: [properties.Sender], orAnyAdmin: true }, clients, clock);
  }

  /** A channel without the flow would let every probe pass by it. */
  public async requireFlow(): Promise<void> {
    const { ChannelArn, ChannelFlowArn } = this.properties;
    const { Channel } = await this.sender.read(ChimeBearer =>
      this.clients.messaging.send(new DescribeChannelCommand({ ChannelArn, ChimeBearer })));
    if (Channel?.ChannelFlowArn !== ChannelFlowArn) {
      throw new Error(`${ChannelArn} carries ${Channel?.ChannelFlowArn ?? 'no flow'}, not ${ChannelFlowArn} — `
        + 'associate it with the flow to verify');
    }
  }

  public send(content: string): Promise<string> {
    return this.sendOne({ Content: content, Type: 'STANDARD', Metadata: this.mark });
  }

  public async edit(MessageId: string, content: string): Promise<void> {
    await this.sender.write(ChimeBearer => this.clients.messaging.send(new UpdateChannelMessageCommand({
      ChannelArn: this.properties.ChannelArn, MessageId, Content: content, Metadata: this.mark, ChimeBearer,
    })));
    this.places.set(MessageId, this.place++);
  }

  /** Waits until the message has ended, or the time is over. */
  public async settled(messageId: string, ends: number): Promise<Settled> {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      const shown = await this.look(messageId);
      const at = this.clock.now();
      if (shown === undefined) {
        await this.clock.sleep(DENIAL_CONFIRMED_MS);
        const confirmed = await this.whyNotShown(messageId, ends);
        if (confirmed.status !== 'PENDING' || this.clock.now() > ends) return { ...confirmed, at };
      } else if (shown.status !== 'PENDING' || at + wait > ends) {
        return { ...shown, at };
      } else {
        await this.clock.sleep(wait);
      }
    }
  }

  /**
   * Removes all that was sent. A message that stays is not a reason to fail: it is marked, and the next run looks for
   * it.
   */
  public async remove(): Promise<void> {
    await Promise.all(this.sent.splice(0).map(id => this.removeOne(id)));
  }

  /** What a run left that was ended before its end. */
  public async removeLeftOvers(): Promise<void> {
    const left = await this.list(LEFT_WITHIN_MS);
    const marked = left.filter(message => this.isOwn(message)).flatMap(({ MessageId }) => MessageId ?? []);
    await Promise.all(marked.map(id => this.removeOne(id)));
  }

  /** What the sender sees in the channel. */
  private async list(sinceMs: number): Promise<ChannelMessageSummary[]> {
    const { ChannelArn } = this.properties;
    return this.sender.read(async ChimeBearer => {
      const found: ChannelMessageSummary[] = [];
      const pages = paginateListChannelMessages(
        { client: this.clients.messaging },
        { ChannelArn, ChimeBearer, NotBefore: new Date(this.clock.now() - sinceMs), MaxResults: 50 },
      );
      for await (const { ChannelMessages = [] } of pages) found.push(...ChannelMessages);
      return found;
    });
  }

  private isOwn({ Metadata, Type, Content }: ChannelMessageSummary): boolean {
    return Metadata === this.mark || (Type === 'CONTROL' && Content === this.witnessContent);
  }

  private async sendOne(
    message: Pick<SendChannelMessageCommandInput, 'Content' | 'Type' | 'Metadata'>,
  ): Promise<string> {
    const { ChannelArn, Sender } = this.properties;
    try {
      const { MessageId } = await this.sender.write(ChimeBearer =>
        this.clients.messaging.send(
          new SendChannelMessageCommand({ ...message, ChannelArn, Persistence: 'PERSISTENT', ChimeBearer }),
        ));
      this.sent.push(MessageId!);
      this.places.set(MessageId!, this.place++);
      return MessageId!;
    } catch (error) {
      if (!isForbidden(error)) throw error;
      throw explain(error, `the sender ${Sender} may not send to the channel: make it a member, as admins must be too`);
    }
  }

  /** What the sender is shown; nothing where the service has no status to tell, or doesn't tell it to them. */
  private async look(MessageId: string): Promise<Shown | undefined> {
    const status = await this.statusOf(MessageId);
    if (status?.status !== 'SENT') return status;
    try {
      const { ChannelMessage } = await this.sender.read(ChimeBearer =>
        this.clients.messaging.send(
          new GetChannelMessageCommand({ ChannelArn: this.properties.ChannelArn, MessageId, ChimeBearer }),
        ));
      return { ...status, content: ChannelMessage?.Content };
    } catch (error) {
      if (!isHidden(error)) throw error;
      return { status: 'UNPROVEN', detail: failureMessage(error) };
    }
  }

  private async statusOf(MessageId: string): Promise<Shown | undefined> {
    try {
      const { Status } = await this.sender.read(ChimeBearer => this.clients.messaging.send(
        new GetChannelMessageStatusCommand({ ChannelArn: this.properties.ChannelArn, MessageId, ChimeBearer })));
      this.isToldStatuses = true;
      return Status?.Value && { status: Status.Value, detail: Status.Detail };
    } catch (error) {
      // A message that was denied is not stored: there is nothing to get a status of.
      if (isHidden(error)) return undefined;
      throw error;
    }
  }

  /**
   * The service says the same of a message that was denied and of one that its sender may not see. It was denied when
   * the sender is shown a later message that no flow processes, and neither this one nor its status.
   */
  private async whyNotShown(messageId: string, ends: number): Promise<Shown> {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      const { listed, witness } = await this.listWithWitness(messageId);
      const hasStatus = await this.statusOf(witness) !== undefined;
      const itself = listed.find(({ MessageId }) => MessageId === messageId);
      const shown: Shown | undefined = itself
        ? { status: itself.Status?.Value ?? 'SENT', detail: itself.Status?.Detail, content: itself.Content }
        : await this.look(messageId);
      if (shown !== undefined) return shown;
      const isListed = listed.some(({ MessageId }) => MessageId === witness);
      if (this.isToldStatuses && (hasStatus || isListed)) return { status: 'DENIED' };
      if (this.clock.now() + wait > ends) {
        const why = this.isToldStatuses
          ? 'the sender is not shown its other messages, either'
          : 'the sender is told no status of any message';
        return { status: 'UNPROVEN', detail: why };
      }
      await this.clock.sleep(wait);
    }
  }

  private async listWithWitness(
    messageId: string,
  ): Promise<{ readonly listed: ChannelMessageSummary[]; readonly witness: string }> {
    try {
      const witness = await this.witnessAfter(messageId);
      return { witness, listed: await this.list(this.clock.now() - this.begun + SKEW_MS) };
    } catch (error) {
      if (!isHidden(error)) throw error;
      throw explain(error, `the sender ${this.properties.Sender} may not read the channel, so nothing proves that a `
        + 'message was denied: make it a member');
    }
  }

  /** Many messages that end at the same time need one witness only. */
  private witnessAfter(messageId: string): Promise<string> {
    if (this.witness === undefined || this.witness.place <= this.places.get(messageId)!) {
      this.witness = { place: this.place, id: this.sendOne({ Content: this.witnessContent, Type: 'CONTROL' }) };
    }
    return this.witness.id;
  }

  private async removeOne(MessageId: string): Promise<void> {
    try {
      await this.remover.write(ChimeBearer =>
        this.clients.messaging.send(
          new DeleteChannelMessageCommand({ ChannelArn: this.properties.ChannelArn, MessageId, ChimeBearer }),
        ));
    } catch (error) {
      // One that the time is over for is found by the next run.
      if (isHidden(error) || Unfinished.in(error)) return;
      log({
        level: 'WARN',
        message: 'a probe message could not be removed',
        messageId: MessageId,
        reason: failureMessage(error),
      });
    }
  }
}

/**
 * Whether what was asked for is not there, or not for who asks. An IAM denial says nothing of either, and is no answer.
 */
function isHidden(error: unknown): boolean {
  return isNotFound(error) || isForbidden(error);
}
