import { badRequest } from '../protocol/errors';

/** How many bytes of content a message of each type holds. */
const LARGEST: Readonly<Record<string, number>> = { STANDARD: 4096, CONTROL: 30 };

export function checkSize(type: string, content: string | undefined): void {
  const size = Buffer.byteLength(content ?? '');
  if (size > LARGEST[type]) {
    throw badRequest(
      `Content of a ${type} message must be at most ${LARGEST[type]} bytes of UTF-8, got ${size}: shorten it`,
    );
  }
}
