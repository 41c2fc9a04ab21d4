import { allow, deny, type ChannelMessage, type Decision } from '../../processor-runtime';
import { deliver, isTooLong, masked, type Range } from '../masking';
import { contentParts, fixedTexts } from '../message-parts';
import { normalized } from './normalized-text';
import type { Pattern } from './patterns';
import type { Words } from './words';

/** What is looked for. */
export interface SearchTerms {
  readonly words: readonly Words[];
  readonly patterns: readonly Pattern[];
}

/** What happens to a message in which something is found. */
export type Action = { readonly action: 'DENY' } | { readonly action: 'MASK'; readonly mask: string };

/** How often a text is masked, since what is masked may make what stands beside it a word. */
const MOST_ROUNDS = 8;

/**
 * | Found in                                             | DENY   | MASK                                                          |
 * |------------------------------------------------------|--------|---------------------------------------------------------------|
 * | nothing                                              | allow  | allow                                                         |
 * | the content                                          | deny   | replace each, until nothing is found                          |
 * | the content, and masks make it too long              |        | deny                                                          |
 * | the content, still after eight rounds                |        | deny: the last resort, whatever `onError` says, for a sender could choose the content for that |
 * | what can't be changed: the push notification, attributes, names in JSON | deny | deny                                         |
 */
export function filterMessage(
  message: ChannelMessage, terms: SearchTerms, action: Action, withAttributes = false,
): Decision {
  const content = contentParts(message);
  if ([...content.fixed, ...fixedTexts(message, withAttributes)].some(text => holds(text, terms))) return deny();
  if (action.action === 'DENY') return content.texts.some(text => holds(text, terms)) ? deny() : allow();

  const texts: string[] = [];
  for (const text of content.texts) {
    const clean = withoutFinds(text, terms, action.mask);
    if (clean === undefined) return deny();
    texts.push(clean);
  }
  return deliver(content, texts);
}

/** The text masked until nothing is found in it, unless it gets too long or there is no end of it. */
function withoutFinds(text: string, terms: SearchTerms, mask: string): string | undefined {
  let result = text;
  for (let round = 0; round <= MOST_ROUNDS; round++) {
    if (isTooLong(result)) return undefined;
    const found = find(result, terms);
    if (found.length === 0) return result;
    result = masked(result, found.map(range => ({ ...range, mask })));
  }
  return undefined;
}

function holds(text: string, { words, patterns }: SearchTerms): boolean {
  if (words.some(list => list.holds(text))) return true;
  if (patterns.length === 0) return false;
  const searched = normalized(text);
  return patterns.some(pattern => pattern.matches(searched.text));
}

function find(text: string, { words, patterns }: SearchTerms): Range[] {
  const found = words.flatMap(list => list.find(text));
  if (patterns.length === 0) return found;
  const searched = normalized(text);
  return [...found, ...patterns.flatMap(pattern => pattern.find(searched.text)).map(range => searched.original(range))];
}
