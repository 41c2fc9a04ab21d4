import { createHmac } from 'node:crypto';

/** Characters of a seal: 132 bits. */
export const SEAL_LENGTH = 22;

/** What only those who know the secret can write about the parts. */
export function seal(secret: string, ...parts: readonly string[]): string {
  return createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url').slice(0, SEAL_LENGTH);
}
