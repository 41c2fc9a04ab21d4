/* eslint-disable no-bitwise -- flags and hashes of typed arrays */
import { GRAPHEMES } from './characters';
import { EMOJI, fold, GREEK, Kind, MARK, PART_OF_WORD, SIGN } from './folding';
import type { Range } from '../masking';

const SPACE = 0x20;
const SMALL_I = 0x69;
const DOT_ABOVE = 0x307;
const BLACK_FLAG = 0x1F3F4;
const JOINER = 0x200D;
const FIRST_BEYOND_ASCII = 0x80;
const DIAERESIS = 0x308;
/** What a Greek letter loses or gets when it becomes a capital in a text of capitals. */
const GREEK_MARKS: ReadonlySet<number> = new Set([0x300, 0x301, 0x313, 0x314, 0x342, DIAERESIS]);

const ALONE = '(?![\\p{M}\\p{Lm}\\p{Extended_Pictographic}])'
  + '[\\n\\t\\x20-\\x7E\\p{sc=Latn}\\p{sc=Cyrl}\\p{sc=Grek}'
  + '\\p{sc=Hani}\\p{sc=Hira}\\p{sc=Kana}\\p{P}\\p{Sc}\\p{Sm}\\p{Zs}]';
/** Code points that may be in one grapheme with others, with the neighbours that this may join. */
const JOINING_RUNS = new RegExp(`(?:${ALONE})?(?:(?!${ALONE})[^](?:${ALONE})?)+`, 'gu');

/** Of each ASCII character: the letter that it is folded to (0 is nothing), its flags and its kind. */
const ASCII_UNITS = new Uint8Array(FIRST_BEYOND_ASCII);
const ASCII_FLAGS = new Uint8Array(FIRST_BEYOND_ASCII);
const ASCII_KINDS = new Uint8Array(FIRST_BEYOND_ASCII);
const ASCII_THIN = new Uint8Array(FIRST_BEYOND_ASCII);
for (let code = 0; code < FIRST_BEYOND_ASCII; code++) {
  const { form, units, flags, kinds } = fold(code);
  ASCII_UNITS[code] = form === 'TEXT' ? units[0] : form === 'NOTHING' ? 0 : SPACE;
  ASCII_FLAGS[code] = form === 'TEXT' ? flags[0] : 0;
  ASCII_KINDS[code] = kinds[0];
  ASCII_THIN[code] = form === 'THIN_SPACE' ? 1 : 0;
}

/**
 * A text with each code point folded (folding.ts), and the way back to the text as it was written. A unit is a code
 * point; all is kept in typed arrays, for one text may have tens of thousands.
 */
export class FoldedText {
  public units: Int32Array;
  public kinds: Uint8Array;
  public length = 0;
  /** Whether there were thin blanks, of which a reader may take no notice. */
  public hasThinSpaces = false;
  private flags: Uint8Array;
  private starts: Int32Array;
  private ends: Int32Array;
  private isAscii = true;
  /** The last unit that is not a mark. */
  private base = -1;
  private hasRunsOfMarks = false;
  private graphemes?: Int32Array;

  /** @param thinSpaces whether thin blanks are taken for spaces, or for nothing */
  public constructor(private readonly text: string, private readonly thinSpaces: boolean) {
    const capacity = text.length + 16;
    this.units = new Int32Array(capacity);
    this.kinds = new Uint8Array(capacity);
    this.flags = new Uint8Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.read();
    if (this.hasRunsOfMarks) this.orderMarks();
  }

  /** Whether a word may begin or end here: not between two letters, marks or digits of scripts that write spaces. */
  public isBorder(position: number): boolean {
    if (position === 0 || position === this.length) return true;
    const isWithinOneLetter = this.starts[position - 1] === this.starts[position];
    // Some letters share a grapheme with whatever is beside them, also with a space, and that is a border all the same.
    if (!isWithinOneLetter && (this.units[position - 1] === SPACE || this.units[position] === SPACE)) return true;
    const [before, after] = [this.flags[position - 1], this.flags[position]];
    if ((before & after & PART_OF_WORD) !== 0 && ((before ^ after) & SIGN) === 0) return false;
    return this.isAscii || this.graphemeAt(this.starts[position - 1]) !== this.graphemeAt(this.starts[position]);
  }

  /** The graphemes of the original that stand behind a part of the folded text. */
  public original(start: number, end: number): Range {
    const [first, last] = [this.starts[start], this.ends[end - 1]];
    if (this.isAscii) return { start: first, end: last };
    const [beginning, ending] = [this.graphemeAt(first), this.graphemeAt(last - 1)];
    return { start: beginning, end: this.endOfGrapheme(ending) };
  }

  private read(): void {
    const { text } = this;
    for (let index = 0; index < text.length;) {
      const code = text.charCodeAt(index);
      if (code < FIRST_BEYOND_ASCII) {
        const unit = ASCII_UNITS[code];
        if (ASCII_THIN[code] === 1) this.thinSpace(index, index + 1);
        else if (unit === SPACE) this.space(index, index + 1);
        else if (unit !== 0) this.push(unit, ASCII_FLAGS[code], ASCII_KINDS[code], index, index + 1);
        index++;
      } else {
        this.isAscii = false;
        const point = text.codePointAt(index)!;
        const end = index + (point > 0xFFFF ? 2 : 1);
        this.readBeyondAscii(point, index, end);
        index = end;
      }
    }
    if (this.length > 0 && this.units[this.length - 1] === SPACE) this.length--;
  }

  private readBeyondAscii(code: number, start: number, end: number): void {
    const folded = fold(code);
    const isAfterEmoji = this.length > 0 && (this.flags[this.length - 1] & EMOJI) !== 0;
    switch (folded.form) {
      case 'NOTHING': return;
      case 'SPACE': return this.space(start, end);
      case 'THIN_SPACE': return this.thinSpace(start, end);
      case 'JOINER':
        // Between two emoji it makes a third; anywhere else it can't be seen.
        if (isAfterEmoji && this.isEmojiAt(end)) this.push(JOINER, 0, 0, start, end);
        return;
      case 'TAG':
        if (this.isFlagWithTags()) this.push(code, 0, 0, start, end);
        return;
      case 'SKIN_TONE':
        if (!isAfterEmoji) this.push(code, folded.flags[0], 0, start, end);
        return;
      default:
        for (let part = 0; part < folded.units.length; part++) {
          if (folded.units[part] === SPACE) this.space(start, end);
          else this.pushLetter(folded.units[part], folded.flags[part], folded.kinds[part], start, end);
        }
    }
  }

  private pushLetter(unit: number, flags: number, kind: number, start: number, end: number): void {
    if ((flags & MARK) === 0) return this.push(unit, flags, kind, start, end);
    if (this.base < 0) return this.push(unit, flags & ~PART_OF_WORD, kind, start, end);
    if (unit === DOT_ABOVE && this.units[this.base] === SMALL_I) {
      // İ is i; without a language, lower case makes of it an i with a dot above, which no i is.
      this.kinds[this.base] = Kind.PLAIN;
    } else if (GREEK_MARKS.has(unit) && (this.flags[this.base] & GREEK) !== 0) {
      // Capitals get a diaeresis where the letter before them loses its accent: ΓΑΪΔΑΡΟΣ is γάιδαρος.
      if (unit !== DIAERESIS || this.kinds[this.base] !== Kind.EITHER) this.kinds[this.base] = Kind.MARKED;
    } else {
      // A digit in a keycap or a circle is a sign.
      if ((flags & SIGN) !== 0) this.flags[this.base] |= SIGN;
      this.hasRunsOfMarks ||= this.base < this.length - 1;
      // On what belongs to no word, it hides none that comes after it.
      this.push(unit, flags & (this.flags[this.base] | ~PART_OF_WORD), kind, start, end);
    }
  }

  private space(start: number, end: number): void {
    if (this.length > 0 && this.units[this.length - 1] !== SPACE) this.push(SPACE, 0, 0, start, end);
    else if (this.length > 0) this.ends[this.length - 1] = end;
  }

  private thinSpace(start: number, end: number): void {
    this.hasThinSpaces = true;
    if (this.thinSpaces) this.space(start, end);
  }

  private push(unit: number, flags: number, kind: number, start: number, end: number): void {
    if (this.length === this.units.length) this.grow();
    const at = this.length++;
    this.units[at] = unit;
    this.flags[at] = flags;
    this.kinds[at] = kind;
    this.starts[at] = start;
    this.ends[at] = end;
    if ((flags & MARK) === 0) this.base = at;
  }

  private grow(): void {
    const larger = <T extends Int32Array | Uint8Array>(array: T): T => {
      const copy = new (array.constructor as new (length: number) => T)(array.length * 2);
      copy.set(array);
      return copy;
    };
    [this.units, this.starts, this.ends] = [larger(this.units), larger(this.starts), larger(this.ends)];
    [this.kinds, this.flags] = [larger(this.kinds), larger(this.flags)];
  }

  private isEmojiAt(index: number): boolean {
    const code = this.text.codePointAt(index);
    return code !== undefined && code >= FIRST_BEYOND_ASCII && (fold(code).flags[0] & EMOJI) !== 0;
  }

  /** England's flag is a black one with tags; after anything else nobody sees them. */
  private isFlagWithTags(): boolean {
    const last = this.units[this.length - 1];
    return this.length > 0 && (last === BLACK_FLAG || last >= 0xE0020 && last <= 0xE007F);
  }

  /** The canonical order of marks, which may be written in any. */
  private orderMarks(): void {
    for (let start = 0; start < this.length; start++) {
      if ((this.flags[start] & MARK) === 0) continue;
      let end = start + 1;
      while (end < this.length && (this.flags[end] & MARK) !== 0) end++;
      if (end - start > 1) {
        let run = '';
        for (let at = start; at < end; at++) run += String.fromCodePoint(this.units[at]);
        let at = start;
        for (const mark of run.normalize('NFD')) this.units[at++] = mark.codePointAt(0)!;
        this.starts.fill(this.starts[start], start, end);
        this.ends.fill(this.ends[end - 1], start, end);
      }
      start = end - 1;
    }
  }

  /**
   * Where the grapheme begins in which the original has this code unit. Graphemes are looked for only where something
   * was found.
   */
  private graphemeAt(index: number): number {
    return (this.graphemes ??= graphemeStarts(this.text))[index];
  }

  private endOfGrapheme(start: number): number {
    let end = start + 1;
    while (end < this.text.length && this.graphemes![end] === start) end++;
    return end;
  }
}

/**
 * Where the grapheme of each code unit begins. To segment is most of the work, so it is left to what may join its
 * neighbours: letters of the scripts named here, punctuation and signs are a grapheme each.
 */
function graphemeStarts(text: string): Int32Array {
  const starts = new Int32Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const isSecondHalf = (text.charCodeAt(index) & 0xFC00) === 0xDC00 && index > 0
      && (text.charCodeAt(index - 1) & 0xFC00) === 0xD800;
    starts[index] = isSecondHalf ? index - 1 : index;
  }
  for (const { 0: run, index: offset } of text.matchAll(JOINING_RUNS)) {
    for (const { segment, index } of GRAPHEMES.segment(run)) {
      starts.fill(offset + index, offset + index, offset + index + segment.length);
    }
  }
  return starts;
}
