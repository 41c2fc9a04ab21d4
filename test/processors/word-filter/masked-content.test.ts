/**
 * What was masked is clean: whatever the list, the mask and the text, nothing is found in it any more, and the rest is
 * as it was.
 */
import fc from 'fast-check';
import type { ChannelMessage } from '../../../src/processor-runtime';
import { filterMessage, type SearchTerms } from '../../../src/processors/word-filter/filter';
import { Pattern } from '../../../src/processors/word-filter/patterns';
import { Words } from '../../../src/processors/word-filter/words';

const wantedOf = (words: readonly string[], patterns: readonly string[] = []): SearchTerms =>
  ({ words: [new Words(words)], patterns: patterns.map(source => new Pattern(source)) });
const message = (Content: string, more: object = {}) =>
  ({ MessageId: 'm', ChannelArn: 'c', Content, ...more }) as ChannelMessage;
const masking = (content: string, wanted: SearchTerms, mask = '***') =>
  filterMessage(message(content), wanted, { action: 'MASK', mask });
const isClean = (content: string, wanted: SearchTerms) =>
  filterMessage(message(content), wanted, { action: 'DENY' }).decision === 'allow';

describe('a mask that makes a word of its neighbour', () => {
  test.each<[string, string[], string[], string]>([
    ['idiot555-0100', ['idiot'], ['\\d{3}-\\d{4}'], '******'],
    ['555-0100idiot', ['idiot'], ['\\d{3}-\\d{4}'], '******'],
    ['foolidiot555-0100', ['idiot', 'fool'], ['\\d{3}-\\d{4}'], 'foolidiot***'],
    ['an 7idiot7 and 8', ['idiot'], ['\\d'], 'an ********* and ***'],
  ])('%s', (content, words, patterns, expected) => {
    const wanted = wantedOf(words, patterns);
    expect(masking(content, wanted)).toEqual({ decision: 'replace', content: expected });
    expect(isClean(expected, wanted)).toBe(true);
  });
});

test.each<[string, string, string[], string[]]>([
  ['that a word of the parameter finds', '***', ['***'], []],
  ['that a pattern finds', '###', [], ['#+']],
  ['that becomes a word with what stands beside it', 'x', ['ax', 'b', 'axx', 'axxx'], ['b']],
])('a mask %s ends in a denial, or clean', (_, mask, words, patterns) => {
  const wanted = wantedOf(words, patterns);
  for (const content of ['*** and ###', 'ab', 'abb', 'a b']) {
    const decision = masking(content, wanted, mask);
    if (decision.decision === 'replace') expect(isClean(decision.content!, wanted)).toBe(true);
    if (decision.decision === 'allow') expect(isClean(content, wanted)).toBe(true);
  }
  expect(masking('*** ###', wantedOf(['***'], ['#+']), mask).decision).toMatch(/deny|replace/);
});

test('a mask that is found for ever is no mask: the message is denied', () => {
  expect(masking('a ***', wantedOf(['***']))).toEqual({ decision: 'deny' });
});

describe('properties', () => {
  const unit = fc.constantFrom(
    ...'abc1 -.*\'',
    'é',
    'e\u0301',
    'ß',
    '²',
    '①',
    'İ',
    'ı',
    'I',
    '\u200B',
    '\u0001',
    '\u2009',
    '😀',
    '\u200D',
    '傻',
    'Σ',
    'ς',
    '\uFDFA',
    'ﬁ',
  );
  const words = fc.array(
    fc.string({ unit: fc.constantFrom(...'abc1', 'é', 'ss', 'ı', '傻', 'σ', ' '), minLength: 1, maxLength: 4 }),
    { minLength: 1, maxLength: 5 },
  );
  const patterns = fc.array(
    fc.constantFrom('\\d', 'a+', '\\d{2}', 'b.c', '[ab]c', '1(.*c)?', '\\w\\*'), { maxLength: 2 },
  );
  const masks = fc.constantFrom('***', '*', '[removed]', '###', 'a', '…', '-');

  test('masked text never matches again, fits into a message, and what is outside of all finds stays', () => {
    fc.assert(fc.property(
      words,
      patterns,
      fc.string({ unit, minLength: 1, maxLength: 60 }),
      masks,
      (list, sources, content, mask) => {
        const wanted = wantedOf(list, sources);
        const decision = masking(content, wanted, mask);
        if (decision.decision === 'allow') return expect(isClean(content, wanted)).toBe(true);
        if (decision.decision === 'deny') return;
        expect(isClean(decision.content!, wanted)).toBe(true);
        expect(Buffer.byteLength(decision.content!)).toBeLessThanOrEqual(4_096);
        if ([...mask].some(character => content.includes(character))) return;
        // What was kept stands between masks, in its order; a mask may have been masked in part.
        let from = 0;
        for (const kept of decision.content!.split(new RegExp(`[${mask.replace(/[\]\\^-]/g, '\\$&')}]+`, 'u')).filter(
          part => part !== '',
        )) {
          const at = content.indexOf(kept, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + kept.length;
        }
      },
    ), { numRuns: 5_000 });
  });

  test('without anything found, not a character changes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1 }), content => {
      expect(masking(content, wantedOf(['canary bird'], ['canary\\d+canary']))).toEqual({ decision: 'allow' });
    }));
  });

  test('long texts end too', () => {
    fc.assert(fc.property(words, fc.string({ unit, minLength: 1, maxLength: 20 }), masks, (list, part, mask) => {
      const content = part.repeat(Math.max(1, Math.floor(4_000 / Buffer.byteLength(part))));
      const decision = masking(content, wantedOf(list), mask);
      if (decision.decision === 'replace') expect(Buffer.byteLength(decision.content!)).toBeLessThanOrEqual(4_096);
    }), { numRuns: 200 });
  });
});
