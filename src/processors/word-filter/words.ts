import { Automaton } from './automaton';
import { FoldedText } from './folded-text';
import { Kind } from './folding';
import type { Range } from '../masking';

/**
 * A list of words that are beginnings of each other could make a text take long; beyond this, all of the text counts as
 * found.
 */
const MOST_STEPS = 500_000;

/**
 * Finds words and phrases, however many, in one pass: whole ones, whatever their case. Not Unicode's own word borders
 * (UAX 29): to them `can.you`, `it's` and `_this_` are one word each, and a filter would miss what stands in them.
 */
export class Words {
  /** Whether nothing can be found. */
  public readonly isEmpty: boolean;
  private readonly automaton: Automaton;
  /** For each word, folded, the kinds of its letters that count, in each way in which it is listed. */
  private readonly kinds: readonly (readonly Uint8Array[])[];

  public constructor(words: readonly string[]) {
    const listed = new Map<string, { readonly units: Int32Array; readonly kinds: Uint8Array[] }>();
    for (const word of words) {
      const folded = new FoldedText(word, true);
      if (folded.length === 0) continue;
      const units = folded.units.slice(0, folded.length);
      const key = units.join();
      const entry = listed.get(key) ?? { units, kinds: [] };
      entry.kinds.push(folded.kinds.slice(0, folded.length));
      listed.set(key, entry);
    }
    this.automaton = new Automaton([...listed.values()].map(({ units }) => units));
    this.kinds = [...listed.values()].map(({ kinds }) => kinds);
    this.isEmpty = listed.size === 0;
  }

  /** What is found: of words that end at the same place, the longest. */
  public find(text: string): Range[] {
    const found: Range[] = [];
    this.search(text, range => {
      found.push(range);
      return false;
    });
    return found;
  }

  /** Whether anything is found. */
  public holds(text: string): boolean {
    let holds = false;
    this.search(text, () => holds = true);
    return holds;
  }

  /** @param take called for each find; ends the search when it says so */
  private search(text: string, take: (range: Range) => boolean): void {
    if (this.isEmpty) return;
    const folded = new FoldedText(text, true);
    if (this.searchIn(folded, text, take)) return;
    if (folded.hasThinSpaces) this.searchIn(new FoldedText(text, false), text, take);
  }

  private searchIn(folded: FoldedText, text: string, take: (range: Range) => boolean): boolean {
    const { automaton } = this;
    const { units, length } = folded;
    let node = 0;
    let steps = 0;
    for (let at = 0; at < length; at++) {
      node = automaton.next(node, units[at]);
      let word = automaton.sequences[node] !== 0 ? node : automaton.shorter[node];
      if (word === 0 || !folded.isBorder(at + 1)) continue;
      for (; word !== 0; word = automaton.shorter[word]) {
        if (++steps > MOST_STEPS) return take({ start: 0, end: text.length });
        const start = at + 1 - automaton.depths[word];
        if (folded.isBorder(start) && this.fits(automaton.sequences[word] - 1, folded, start)) {
          if (take(folded.original(start, at + 1))) return true;
          break;
        }
      }
    }
    return false;
  }

  private fits(word: number, { kinds: found }: FoldedText, start: number): boolean {
    return this.kinds[word].some(kinds => kinds.every((kind, index) =>
      kind === Kind.EITHER || found[start + index] === Kind.EITHER || kind === found[start + index]));
  }
}
