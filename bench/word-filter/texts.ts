/** What a filter is measured by: lists of words, and 4 KB of text, what a message holds at most. */

const LETTERS = 'etaoinshrdlucmfwypvbgkjqxz';
const PROSE = 'The quick brown fox jumps over the lazy dog, and then it rests under a tree for a while; nobody knows '
  + 'why it did so. ';

/** So many words of four to nine letters, the same in each run. */
export function wordList(count: number): string[] {
  let seed = 1;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) % 0x80000000;
    return Math.abs(seed >> 8) % below; // eslint-disable-line no-bitwise -- its lower bits repeat soon
  };
  const letter = () => LETTERS[Math.min(random(LETTERS.length), random(LETTERS.length))];
  const words = new Set<string>();
  while (words.size < count) words.add(`${Array.from({ length: 4 + random(6) }, letter).join('')}x`);
  return [...words];
}

/** The text again and again, as long as it fits. */
export function upTo4KB(text: string): string {
  return text.repeat(Math.floor(4_096 / Buffer.byteLength(text)));
}

export const ENGLISH = upTo4KB(PROSE);

/** People write in more than one script, and with emoji. */
export const MIXED = upTo4KB('Hello 😀 — привет, как дела? Ça va très bien 👍🏽 你好吗，今天天气很好。 مرحبا ');

/** What takes long where something is done more than once a character. */
export function hostileTexts(words: readonly string[]): Record<string, string> {
  return {
    'a letter of eighteen (U+FDFA)': upTo4KB('\uFDFA'),
    'zero-width joiners': upTo4KB('\u200D'),
    'joined emoji': upTo4KB('👨\u200D'),
    'combining marks': `e${upTo4KB('\u0301').slice(1)}`,
    'combining marks in the wrong order': upTo4KB('e\u0301\u0323'),
    'invisible characters': upTo4KB('\u00AD'),
    'controls': upTo4KB('\u0001'),
    'thin spaces': upTo4KB('i\u2009d'),
    'flags': upTo4KB('🇩🇪'),
    'syllables of Hangul': upTo4KB('\u1100\u1161\u11A8'),
    'letters that all differ': Array.from({ length: 1_365 }, (_, index) => String.fromCodePoint(0x4E00 + index * 7))
      .join(''),
    'one letter': upTo4KB('a'),
    'words of the list': upTo4KB(`${words.slice(0, 50).join(' ')} `),
    'one word of the list': upTo4KB(`${words[0]} `),
    'words of the list between other letters': upTo4KB(`${words.slice(0, 50).join(' é')} `),
    'words of the list beside marks': upTo4KB(`${words.slice(0, 50).join(' e\u0301 ')} `),
    'words of the list beside emoji': upTo4KB(`${words.slice(0, 50).join('👨\u200D👩')} `),
  };
}
