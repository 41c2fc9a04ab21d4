/**
 * Characters without a glyph: controls, format characters, zero-width spaces, noncharacters, and what only makes a line
 * longer (the Arabic tatweel) or stands for nothing (a null notehead, a filler). White space has a width.
 */
const INVISIBLE = /(?!\p{White_Space})[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u0640\u{1D159}\u{16FE4}]/gu;
/** Blanks, of which one in Braille is not white space. */
const BLANK = /[\p{White_Space}\u2800]/gu;
const APOSTROPHE = /[\u0060\u00B4\u02B9\u02BB-\u02BD\u2018\u2019\u201B\u2032\u2035\u055A\uA78B\uA78C\uFF07]/gu;
const QUOTE = /[\u201C-\u201F\u2033\u2036\uFF02]/gu;
const DASH = /[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/gu;

/** Graphemes are the same in all languages. */
export const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '');
}

export function isBlank(character: string): boolean {
  return character.replace(BLANK, '') === '';
}

/** Apostrophes, quotes and dashes as a keyboard has them. */
export function withPlainSigns(text: string): string {
  return text.replace(APOSTROPHE, '\'').replace(QUOTE, '"').replace(DASH, '-');
}

/** Blanks beyond ASCII as spaces. */
export function withPlainBlanks(text: string): string {
  return text.replace(BLANK, blank => '\t\n\r '.includes(blank) ? blank : ' ');
}
