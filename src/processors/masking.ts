import { allow, deny, replace, type Decision } from '../processor-runtime';
import type { Content } from './message-parts';

/** A part of a text, in UTF-16 code units; the end is exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What stands in the place of a part. */
export interface MaskedRange extends Range {
  readonly mask: string;
}

/** What the service takes as the content of a message. */
const MAX_CONTENT_BYTES = 4096;

/** The text with each part replaced; parts that overlap are replaced as one, by the mask of the first. */
export function masked(text: string, parts: readonly MaskedRange[]): string {
  let result = '';
  let end = 0;
  for (const part of merged(parts)) {
    result += text.slice(end, part.start) + part.mask;
    end = part.end;
  }
  return result + text.slice(end);
}

function merged(parts: readonly MaskedRange[]): MaskedRange[] {
  const result: MaskedRange[] = [];
  for (const part of [...parts].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last !== undefined && part.start < last.end) {
      result[result.length - 1] = { ...last, end: Math.max(last.end, part.end) };
    } else {
      result.push(part);
    }
  }
  return result;
}

/**
 * Delivers the content with these texts in place of its own. Masks that make it too long for a message deny it,
 * whatever `onError` says: a sender could choose the content for that.
 */
export function deliver(content: Content, texts: readonly string[]): Decision {
  if (texts.every((text, index) => text === content.texts[index])) return allow();
  const changed = content.with(texts);
  return changed === '' || isTooLong(changed) ? deny() : replace({ content: changed });
}

/** Whether it is more than the content of a message may have. */
export function isTooLong(content: string): boolean {
  return Buffer.byteLength(content) > MAX_CONTENT_BYTES;
}
