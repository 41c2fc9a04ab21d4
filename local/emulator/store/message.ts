/** What a message says. */
export interface Revision {
  readonly content?: string;
  readonly metadata?: string;
  readonly contentType?: string;
  readonly attributes?: Readonly<Record<string, { readonly StringValues?: string[] }>>;
  readonly subChannelId?: string;
}

/** A revision on its way through the channel's flow, or one that failed there. */
export interface PendingRevision {
  readonly revision: Revision;
  readonly status: 'PENDING' | 'FAILED';
  readonly detail?: string;
}

export interface Message {
  readonly id: string;
  readonly channelArn: string;
  readonly sender: string;
  readonly type: string;
  readonly persistence: string;
  /** Who sees it beside the sender; nothing means everybody. */
  readonly target?: readonly string[];
  /** What the channel reads; nothing until a revision was sent. */
  readonly sent?: Revision;
  /** What only the sender sees. */
  readonly attempt?: PendingRevision;
  readonly redacted: boolean;
  readonly created: number;
  readonly updated: number;
  readonly edited?: number;
}

/** A message as one reader sees it. */
export interface Reading {
  readonly revision: Revision;
  readonly status: MessageStatus;
}

export interface MessageStatus {
  readonly Value: 'SENT' | 'PENDING' | 'FAILED' | 'DENIED';
  readonly Detail?: string;
}

export function statusOf({ attempt }: Message): MessageStatus {
  return attempt
    ? { Value: attempt.status, ...attempt.detail !== undefined ? { Detail: attempt.detail } : {} }
    : { Value: 'SENT' };
}

/** What this reader sees of a message; nothing if it is not for them, or not for them yet. */
export function readingOf(message: Message, reader: string): Reading | undefined {
  if (reader === message.sender && message.attempt) {
    return { revision: message.attempt.revision, status: statusOf(message) };
  }
  const addressed = !message.target || message.target.includes(reader) || reader === message.sender;
  return message.sent && addressed ? { revision: message.sent, status: { Value: 'SENT' } } : undefined;
}

/** Whether a message has been sent and nothing of it is under way. */
export function isSettled({ sent, attempt }: Message): boolean {
  return sent !== undefined && attempt?.status !== 'PENDING';
}
