import type { Range } from '../masking';
import { GRAPHEMES, withoutInvisible, withPlainBlanks, withPlainSigns } from './characters';

/** A text as patterns see it, and the way back to the text as it was written. */
export interface NormalizedText {
  readonly text: string;
  /** The graphemes of the original that stand behind a part of it. */
  original(part: Range): Range;
}

const PLAIN = /^[\t\n\r\x20-\x7E]*$/;
const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
const EMOJI_VARIATION = /[\uFE0E\uFE0F\p{Emoji_Modifier}]/gu;

/**
 * What a reader takes for the same is the same: full-width and other forms of compatibility (NFKC), letters with or
 * without characters that can't be seen between them, emoji in whatever skin tone, blanks, apostrophes, quotes and
 * dashes of whatever form.
 */
export function normalized(original: string): NormalizedText {
  if (PLAIN.test(original)) return { text: original, original: part => part };
  const starts: number[] = [];
  const ends: number[] = [];
  const graphemes: string[] = [];
  for (const { segment, index } of GRAPHEMES.segment(original)) {
    const value = normalizedGrapheme(segment);
    for (let unit = 0; unit < value.length; unit++) {
      starts.push(index);
      ends.push(index + segment.length);
    }
    graphemes.push(value);
  }
  return { text: graphemes.join(''), original: ({ start, end }) => ({ start: starts[start], end: ends[end - 1] }) };
}

function normalizedGrapheme(grapheme: string): string {
  if (PLAIN.test(grapheme)) return grapheme;
  if (EMOJI.test(grapheme)) return grapheme.replace(EMOJI_VARIATION, '');
  return withPlainBlanks(withPlainSigns(withPlainSigns(withoutInvisible(grapheme)).normalize('NFKC')));
}
