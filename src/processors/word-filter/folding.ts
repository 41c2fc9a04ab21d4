/* eslint-disable no-bitwise -- flags and hashes of typed arrays */
/**
 * What a reader takes for the same is the same: each code point is folded to a form. All of it follows from properties
 * of Unicode:
 *
 * | In a text                                                  | Folded to                                           |
 * |------------------------------------------------------------|-----------------------------------------------------|
 * | characters without a glyph                                 | nothing                                             |
 * | white space                                                | one space                                           |
 * | blanks thinner than a space, and those without a glyph     | one space, and in a second look nothing             |
 * | compatible forms (NFKD), capitals (full case folding)      | the letters; a sign such as ² borders on other text |
 * | I, ı, and Greek capitals without their accents             | i and the small letter, of a kind: see `Kind`       |
 * | typographic apostrophes, quotes and dashes                 | ', " and -                                          |
 */
import { isBlank, withoutInvisible, withPlainSigns } from './characters';

/** Flags of a unit. */
export const PART_OF_WORD = 1;
export const SIGN = 2;
export const MARK = 4;
export const EMOJI = 8;
export const GREEK = 16;

/** What a code point is folded to. */
export interface Folded {
  readonly form: 'TEXT' | 'NOTHING' | 'SPACE' | 'THIN_SPACE' | 'JOINER' | 'TAG' | 'SKIN_TONE';
  readonly units: readonly number[];
  readonly flags: readonly number[];
  readonly kinds: readonly number[];
}

/**
 * Letters that are one when they are capital, and two when they are small: i and ı, Greek letters with and without
 * accent. A kind fits itself and `EITHER`.
 */
export const Kind = { EITHER: 0, PLAIN: 1, MARKED: 2 } as const;

const THIN = /[\u000B\u000C\u0085\u1680\u2000-\u200A\u2028\u2029\u205F\u2800]/u;
const TAG = /[\u{E0020}-\u{E007F}]/u;
const LETTER_MARK_OR_NUMBER = /[\p{L}\p{M}\p{N}]/u;
/** Scripts that write without spaces, where a word has no border to ask for; some characters belong to both kana. */
const UNSPACED = /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tale}\p{sc=Talu}\p{sc=Lana}\p{sc=Tavt}\p{sc=Java}\p{sc=Bali}]/u;
const PICTURE = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
/** Numbers in circles, brackets and above the line, Roman ones; the letters ª and º. */
const NUMBER_SIGN = /[\p{No}\p{Nl}\u00AA\u00BA]/u;
const SYMBOL = /[\p{S}\p{P}]/u;
const MODIFIER = /\p{Lm}/u;
const COMMON = /[\p{sc=Common}\p{sc=Inherited}]/u;
const GREEK_LETTER = /(?=\p{L})\p{sc=Grek}/u;
const JOINER = 0x200D;

/** Every code point of a long message, many times over; a sender who has them all would fill the memory otherwise. */
const CACHED = 20_000;
const cache = new Map<number, Folded>();

export function fold(code: number): Folded {
  let folded = cache.get(code);
  if (folded === undefined) {
    folded = compute(code);
    if (cache.size >= CACHED) cache.clear();
    cache.set(code, folded);
  }
  return folded;
}

function compute(code: number): Folded {
  const character = String.fromCodePoint(code);
  const units: number[] = [];
  const flags: number[] = [];
  const kinds: number[] = [];
  const isSign = isSignOf(character);
  for (const part of decomposed(character)) {
    const small = part.toLowerCase().toUpperCase().toLowerCase().normalize('NFKD');
    for (const letter of small) {
      units.push(letter.codePointAt(0)!);
      flags.push(flagsOf(letter) | (isSign ? SIGN : 0));
      kinds.push(kindOf(part, letter));
    }
  }
  return { form: formOf(code, character), units, flags, kinds };
}

function decomposed(character: string): string {
  const plain = withPlainSigns(character);
  if (plain !== character) return plain;
  // The brackets of ⒜ are as a circle.
  const parts = character.normalize('NFKD').replace(/^\((.+)\)$/u, '$1');
  // Accents that stand alone are a space with an accent, yet no space.
  return parts.length > 1 && parts.startsWith(' ') ? character : withPlainSigns(parts);
}

function formOf(code: number, character: string): Folded['form'] {
  if (code === JOINER) return 'JOINER';
  if (TAG.test(character)) return 'TAG';
  if (THIN.test(character)) return 'THIN_SPACE';
  if (isBlank(character)) return 'SPACE';
  if (withoutInvisible(character) === '') return 'NOTHING';
  return /\p{Emoji_Modifier}/u.test(character) ? 'SKIN_TONE' : 'TEXT';
}

/** Whether it stands for letters or digits, yet is none of a word: nobody reads `idiot²` as `idiot2`. */
function isSignOf(character: string): boolean {
  if (NUMBER_SIGN.test(character) || /\p{Me}/u.test(character)) return true;
  if (MODIFIER.test(character)) {
    return !UNSPACED.test(character)
    && (COMMON.test(character) || character.normalize('NFKD') !== character.normalize('NFD'));
  }
  return SYMBOL.test(character);
}

function flagsOf(letter: string): number {
  return (LETTER_MARK_OR_NUMBER.test(letter) && !UNSPACED.test(letter) ? PART_OF_WORD : 0)
    | (/\p{M}/u.test(letter) ? MARK : 0)
    | (PICTURE.test(letter) ? EMOJI : 0)
    | (GREEK_LETTER.test(letter) ? GREEK : 0);
}

function kindOf(part: string, letter: string): number {
  if (letter === 'i' && (part === 'i' || part === 'ı')) return part === 'i' ? Kind.PLAIN : Kind.MARKED;
  return GREEK_LETTER.test(letter) && part === part.toLowerCase() ? Kind.PLAIN : Kind.EITHER;
}
