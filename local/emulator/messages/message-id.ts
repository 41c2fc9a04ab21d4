import { randomBytes } from 'node:crypto';

/** 64 hexadecimal digits, as the service's are. */
export function newMessageId(): string {
  return randomBytes(32).toString('hex');
}
