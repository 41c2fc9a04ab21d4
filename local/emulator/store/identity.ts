import type { Identity } from '@aws-sdk/client-chime-sdk-messaging';
import { State } from './state';

/** A user or bot as answers show them. */
export function identityOf(state: State, arn: string): Identity {
  return { Arn: arn, Name: (state.users.get(arn) ?? state.bots.get(arn))?.Name };
}
