/** What may happen to one call of the service. */
export const CALL_DISTURBANCES = [
  /** The function is killed before the call. */
  'die-before',
  /** The call takes effect, and the function is killed before it learns of it. */
  'die-after',
  'ThrottledClient',
  'ServiceFailure',
  'ServiceUnavailable',
  'connection-reset',
  'time-out',
  'lost-answer',
  'AccessDenied',
  'Forbidden',
  'NotFound',
  'Conflict',
  'BadRequest',
  /** A list is read as it was a while ago. */
  'stale-list',
] as const;
export type CallDisturbance = typeof CALL_DISTURBANCES[number];

/** What may happen to the answer that the function sends to CloudFormation. */
export const ANSWER_DISTURBANCES = [
  /** It never leaves: the function knows, and Lambda delivers the event again. */
  'unsent',
  /** It leaves and never arrives: nobody knows, and CloudFormation waits its hour. */
  'vanishes',
  /** It arrives, and the function does not learn of it. */
  'unacknowledged',
] as const;
export type AnswerDisturbance = typeof ANSWER_DISTURBANCES[number];

/** What happens to one delivery of an event. */
export interface Disturbance {
  /** The call of the service that is concerned, counted from 1, with the SDK's own repetitions. */
  readonly call?: number;
  /** Counts the calls of this operation only. */
  readonly operation?: string;
  readonly does?: CallDisturbance;
  /** Whether every later call of the same operation in this delivery is concerned as well. */
  readonly isLasting?: boolean;
  readonly answer?: AnswerDisturbance;
}
