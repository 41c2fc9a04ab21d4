import type { Range } from '../masking';

/** A text as the filter sees it, and the way back to the text as it was written. */
export interface View {
  readonly text: string;
  /** The graphemes of the original that stand behind a part of the view. */
  original(part: Range): Range;
}

/** Makes one grapheme of the view from one of the original; also knows the view so far. */
export type Seen = (grapheme: string, before: string) => string;

/** The segmentation is the same in all languages. */
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
const EMOJI_VARIATION = /[\uFE0E\uFE0F\p{Emoji_Modifier}]/gu;
/** Characters without a glyph: zero-width spaces and joiners, soft hyphens, direction marks. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const SPACE = /^\s+$/;

export function view(original: string, seen: Seen): View {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  for (const { segment, index } of GRAPHEMES.segment(original)) {
    const value = seen(segment, text);
    for (let unit = 0; unit < value.length; unit++) {
      starts.push(index);
      ends.push(index + segment.length);
    }
    text += value;
  }
  return { text, original: ({ start, end }) => ({ start: starts[start], end: ends[end - 1] }) };
}

/**
 * What a reader takes for the same is the same: full-width and other forms of compatibility (NFKC), letters with or without
 * characters that can't be seen between them, emoji in whatever skin tone.
 */
export function asRead(grapheme: string): string {
  return EMOJI.test(grapheme) ? grapheme.replace(EMOJI_VARIATION, '') : grapheme.replace(INVISIBLE, '').normalize('NFKC');
}

/**
 * As read, with one space for any white space, and İ as i: case folding makes it an i with a dot above, which no i is. The
 * Turkish ı is a letter of its own, yet its capital I is that of i.
 */
export function inWords(grapheme: string, before: string): string {
  const read = asRead(grapheme);
  if (SPACE.test(read)) return before === '' || before.endsWith(' ') ? '' : ' ';
  return read.replace(/\u0130|i\u0307/g, 'i');
}
