/**
 * What becomes of a message about which a ready-made processor can't decide.
 */
export enum OnError {
  /** The message is not sent. Its sender is told, and can send it again. */
  DENY = 'DENY',
  /** The message is sent as it is. */
  ALLOW = 'ALLOW',
}
