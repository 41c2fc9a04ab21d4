/**
 * No text takes long, whoever wrote it. The figures are those of `npm run bench -- word-filter`; here texts are
 * compared in one run with what looking for each word by itself takes, so that a busy machine changes nothing.
 */
import { ENGLISH, hostileTexts, upTo4KB, wordList } from '../../../bench/word-filter/texts';
import { filterMessage, type SearchTerms } from '../../../src/processors/word-filter/filter';
import { Words } from '../../../src/processors/word-filter/words';

const LIST = wordList(10_000);
const MASK = { action: 'MASK', mask: '*' } as const;

function milliseconds(Content: string, wanted: SearchTerms, runs = 15): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    filterMessage({ Content, MessageId: 'm', ChannelArn: 'c' }, wanted, MASK);
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)];
}

/** What a plain search for one word after the other takes. */
function wordByWord(): number {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    LIST.filter(word => ENGLISH.includes(word));
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[2];
}

describe('ten thousand words', () => {
  const wanted: SearchTerms = { words: [new Words(LIST)], patterns: [] };

  test('and English take a tenth of what it takes to look for each word', () => {
    milliseconds(ENGLISH, wanted, 50);
    expect(milliseconds(ENGLISH, wanted)).toBeLessThan(wordByWord() / 10);
  });

  test.each(Object.entries(hostileTexts(LIST)))(
    'and %s take no longer than to look for each word in English',
    (_, text) => {
      milliseconds(text, wanted, 10);
      expect(milliseconds(text, wanted)).toBeLessThan(wordByWord());
    },
  );

  test('are ready sooner than a message is answered', () => {
    const started = performance.now();
    expect(new Words(LIST).isEmpty).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

test('words that are beginnings of each other find their end', () => {
  const words = new Words(Array.from({ length: 1_000 }, (_, index) => '傻'.repeat(index + 1)));
  expect(milliseconds(upTo4KB('傻'), { words: [words], patterns: [] }, 5)).toBeLessThan(100);
  const phrases = new Words(Array.from({ length: 1_000 }, (_, index) => `b${' a'.repeat(index + 1)}`));
  expect(milliseconds(upTo4KB('a '), { words: [phrases], patterns: [] }, 5)).toBeLessThan(100);
});
