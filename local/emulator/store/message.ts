import type { ChannelMessage, ChannelMessageStatusStructure, Target } from '@aws-sdk/client-chime-sdk-messaging';

/** What a message says. */
export type Revision =
  Readonly<Pick<ChannelMessage, 'Content' | 'Metadata' | 'ContentType' | 'MessageAttributes' | 'SubChannelId'>>;

/** A revision on its way through the channel's flow, or one that failed there. */
export interface PendingRevision {
  readonly revision: Revision;
  readonly status: 'PENDING' | 'FAILED';
  readonly detail?: string;
}

export interface Message {
  readonly MessageId: string;
  readonly ChannelArn: string;
  readonly Sender: string;
  readonly Type: NonNullable<ChannelMessage['Type']>;
  readonly Persistence: NonNullable<ChannelMessage['Persistence']>;
  /** Who sees it beside the sender; nothing means everybody. */
  readonly Target?: Target[];
  /** What the channel reads; nothing until a revision was sent. */
  readonly sent?: Revision;
  /** What only the sender sees. */
  readonly attempt?: PendingRevision;
  readonly Redacted: boolean;
  readonly CreatedTimestamp: Date;
  readonly LastUpdatedTimestamp: Date;
  readonly LastEditedTimestamp?: Date;
}

/** A message as one reader sees it. */
export interface Reading {
  readonly revision: Revision;
  readonly status: MessageStatus;
}

export type MessageStatus = ChannelMessageStatusStructure & { readonly Value: string };

export function statusOf({ attempt }: Message): MessageStatus {
  return attempt
    ? { Value: attempt.status, ...attempt.detail !== undefined ? { Detail: attempt.detail } : {} }
    : { Value: 'SENT' };
}

/** What this reader sees of a message; nothing if it is not for them, or not for them yet. */
export function readingOf(message: Message, reader: string): Reading | undefined {
  if (reader === message.Sender && message.attempt) {
    return { revision: message.attempt.revision, status: statusOf(message) };
  }
  const { Target, Sender } = message;
  const addressed = !Target || Target.some(({ MemberArn }) => MemberArn === reader) || reader === Sender;
  return message.sent && addressed ? { revision: message.sent, status: { Value: 'SENT' } } : undefined;
}

/** Whether a message has been sent and nothing of it is under way. */
export function isSettled({ sent, attempt }: Message): boolean {
  return sent !== undefined && attempt?.status !== 'PENDING';
}
