import { allow, deny, type ChannelMessage, type Decision } from '../../processor-runtime';
import { deliverMasked, type Range } from '../masking';
import { contentOf, notificationTexts } from '../message-texts';
import type { Pattern } from './patterns';
import { asRead, view } from './view';
import type { Words } from './words';

/** What is looked for. */
export interface Wanted {
  readonly words: readonly Words[];
  readonly patterns: readonly Pattern[];
}

/** What happens to a message in which something is found. */
export type Action = { readonly action: 'DENY' } | { readonly action: 'MASK'; readonly mask: string };

/**
 * | Found in               | DENY   | MASK                                              |
 * |------------------------|--------|---------------------------------------------------|
 * | nothing                | allow  | allow                                             |
 * | the content            | deny   | replace each; deny where the masks make it too long |
 * | the push notification  | deny   | deny: no decision can change it                   |
 */
export function filterMessage(message: ChannelMessage, wanted: Wanted, action: Action): Decision {
  const content = contentOf(message);
  if (notificationTexts(message).some(text => holds(text, wanted))) return deny();
  if (action.action === 'DENY') return holds(content, wanted) ? deny() : allow();
  return deliverMasked(content, [...find(content, wanted)].map(range => ({ ...range, mask: action.mask })));
}

function holds(text: string, wanted: Wanted): boolean {
  return !find(text, wanted).next().done;
}

function* find(text: string, { words, patterns }: Wanted): Generator<Range> {
  for (const list of words) yield* list.find(text);
  if (patterns.length === 0) return;
  const seen = view(text, asRead);
  for (const pattern of patterns) {
    for (const range of pattern.find(seen.text)) yield seen.original(range);
  }
}
