import { ENVIRONMENT } from './settings';
import type { ErrorDecision } from '../processor-runtime';

/** Anything but `allow` denies: a function that could not start would leave its messages pending. */
export function onErrorFrom(env: NodeJS.ProcessEnv): ErrorDecision {
  return env[ENVIRONMENT.ON_ERROR] === 'allow' ? 'allow' : 'deny';
}
