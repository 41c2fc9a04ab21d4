/**
 * What happens to a message that a ready-made processor cannot decide about.
 */
export enum OnError {
  /** The message is not sent. Its sender is told, and can send it again. */
  DENY = 'DENY',
  /** The message is sent as it is. */
  ALLOW = 'ALLOW',
}
