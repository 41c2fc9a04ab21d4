/** What a processor decides about a message; made by `allow`, `deny` and `replace`. */
export type Decision = Allow | Deny | Replace;

/** Deliver the message as it is. */
export interface Allow {
  readonly decision: 'allow';
}

/** Do not deliver the message: nobody but its sender learns of it, and it is not stored. */
export interface Deny {
  readonly decision: 'deny';
}

/** Deliver the message with another content, other metadata, or both. */
export interface Replace extends Replacement {
  readonly decision: 'replace';
}

/** What a message gets instead of its own; all that is not named stays as it came. */
export interface Replacement {
  /** 1 byte to 4 KB (4,096 bytes of UTF-8). */
  readonly content?: string;
  /** At most 1,024 characters; an empty string takes the metadata away. */
  readonly metadata?: string;
}

/** Deliver the message as it is. */
export function allow(): Allow {
  return { decision: 'allow' };
}

/** Do not deliver the message. Its sender is told; it is not stored, and nobody else learns of it. */
export function deny(): Deny {
  return { decision: 'deny' };
}

/**
 * Deliver the message with another content, other metadata, or both. What is not named stays as it came, as do content
 * type, attributes, sub channel and push notification.
 */
export function replace(replacement: Replacement): Replace {
  return { ...replacement, decision: 'replace' };
}
