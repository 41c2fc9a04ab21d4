import TextMatcher from 'modern-ahocorasick/text';
import { inWords, view } from './view';
import type { Range } from '../masking';

/** Scripts that write without spaces, where a word has no border to ask for; some characters belong to both kana. */
const UNSPACED = /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tale}\p{sc=Talu}\p{sc=Lana}\p{sc=Tavt}\p{sc=Java}\p{sc=Bali}]/u;
const PART_OF_WORD = /[\p{L}\p{M}\p{N}]/u;

/**
 * Finds words and phrases, however many, in one pass: whole ones, whatever their case. Not Unicode's own word borders (UAX 29):
 * to them `can.you`, `it's` and `_this_` are one word each, and a filter would miss what stands in them.
 */
export class Words {
  private readonly matcher: TextMatcher;

  public constructor(words: readonly string[]) {
    const normalized = words.map(word => view(word, inWords).text.trim()).filter(word => word !== '');
    this.matcher = new TextMatcher([...new Set(normalized)], { normalization: 'NFKC', caseFold: true });
  }

  /** All that is found, overlapping or not. */
  public* find(content: string): Generator<Range> {
    const seen = view(content, inWords);
    for (const { start, end } of this.matcher.iterate(seen.text)) {
      if (isBorder(seen.text, start) && isBorder(seen.text, end)) yield seen.original({ start, end });
    }
  }
}

/** Whether a word may begin or end here: not between two letters, marks or digits of scripts that write spaces. */
function isBorder(text: string, position: number): boolean {
  return !(continues(lastCharacter(text.slice(0, position))) && continues(firstCharacter(text.slice(position))));
}

function continues(character: string): boolean {
  return PART_OF_WORD.test(character) && !UNSPACED.test(character);
}

function firstCharacter(text: string): string {
  const code = text.codePointAt(0);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function lastCharacter(text: string): string {
  return /.$/su.exec(text.slice(-2))?.[0] ?? '';
}
