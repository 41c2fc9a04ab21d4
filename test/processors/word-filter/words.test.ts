import fc from 'fast-check';
import { Words } from '../../../src/processors/word-filter/words';

/** What is found, as it was written. */
function found(words: string | string[], content: string): string[] {
  return [...new Words([words].flat()).find(content)].map(({ start, end }) => content.slice(start, end));
}

describe('whole words', () => {
  test.each([
    ['alone', 'idiot', ['idiot']],
    ['in a sentence', 'you idiot!', ['idiot']],
    ['not in a longer word', 'idiotic nonidiot', []],
    ['not beside a digit', 'idiot2 2idiot', []],
    ['with an apostrophe', "idiot's", ['idiot']],
    ['with a hyphen', 'idiot-like', ['idiot']],
    ['without a space after a full stop', 'so.Idiot.you', ['Idiot']],
    ['in Markdown', '_idiot_ **idiot** `idiot`', ['idiot', 'idiot', 'idiot']],
    ['as a mention or tag', '@idiot #idiot', ['idiot', 'idiot']],
    ['beside letters of a script without spaces', 'お前はidiotだ', ['idiot']],
    ['beside an emoji', '🙂idiot🙂', ['idiot']],
    ['not beside letters of another script with spaces', 'яidiot', []],
  ])('%s', (_, content, expected) => expect(found('idiot', content)).toEqual(expected));
});

describe('letters beyond ASCII', () => {
  test.each<[string, string, string, string[]]>([
    ['Cyrillic', 'дурак', 'Ты ДУРАК, дураки', ['ДУРАК']],
    ['Greek, with its final sigma', 'ηλίθιος', 'ΗΛΊΘΙΟΣ ηλίθιοσ ηλίθιος', ['ΗΛΊΘΙΟΣ', 'ηλίθιοσ', 'ηλίθιος']],
    ['ß in the word', 'straße', 'STRASSE Straße strasse STRAẞE', ['STRASSE', 'Straße', 'strasse', 'STRAẞE']],
    ['ß in the text', 'masse', 'maße', ['maße']],
    ['no half of ß', 's', 'ß', []],
    ['accents make a difference', 'resume', 'résumé', []],
    ['an accent of its own is part of the letter', 'e', 'e\u0301 é', []],
    ['composed finds decomposed', 'café', 'CAFE\u0301', ['CAFE\u0301']],
    ['decomposed finds composed', 'cafe\u0301', 'CAFÉ', ['CAFÉ']],
    ['a mark that no letter takes in', 'x', 'x\u030C', []],
    ['not after a mark', 'idiot', 'x\u030Cidiot', []],
    ['full width', 'idiot', 'ｉｄｉｏｔ', ['ｉｄｉｏｔ']],
    ['mathematical letters', 'idiot', '𝐢𝐝𝐢𝐨𝐭', ['𝐢𝐝𝐢𝐨𝐭']],
    ['ligatures', 'offen', 'oﬀen', ['oﬀen']],
    ['Devanagari', 'मूर्ख', 'तुम मूर्ख हो मूर्खता', ['मूर्ख']],
    ['Arabic', 'غبي', 'أنت غبي!', ['غبي']],
    ['Hebrew', 'טיפש', 'אתה טיפש', ['טיפש']],
    ['Korean, whole words only', '바보', '바보! 바보야', ['바보']],
    ['Cherokee, whose small letters are younger', 'Ꭰꮃ', 'ꭰꮃ', ['ꭰꮃ']],
  ])('%s', (_, word, content, expected) => expect(found(word, content)).toEqual(expected));
});

describe('Turkish i', () => {
  test.each([
    ['i', 'sik', ['sik']],
    ['its capital in Turkish', 'SİK', ['SİK']],
    ['decomposed', 'SI\u0307K', ['SI\u0307K']],
    ['made small by a program that knows no Turkish', 'SİK'.toLowerCase(), ['si\u0307k']],
    ['its capital elsewhere, which in Turkish is that of ı', 'SIK', ['SIK']],
    ['ı is another letter', 'sık', []],
  ])('%s', (_, content, expected) => expect(found('sik', content)).toEqual(expected));

  test('in the word', () => expect(found('SİK', 'sik SİK sık')).toEqual(['sik', 'SİK']));
});

describe('scripts without spaces: anywhere', () => {
  test.each([
    ['Chinese', '傻瓜', '你是傻瓜吗', ['傻瓜']],
    ['Japanese', 'バカ', 'お前はバカだ', ['バカ']],
    ['Japanese, half width', 'バカ', 'お前はﾊﾞｶだ', ['ﾊﾞｶ']],
    ['Thai', 'โง่', 'คุณโง่มาก', ['โง่']],
    ['no half of a Thai syllable', 'โง', 'โง่', []],
    ['Khmer', 'ឆ្កួត', 'អ្នកឆ្កួតណាស់', ['ឆ្កួត']],
    ['Lao', 'ໂງ່', 'ເຈົ້າໂງ່ຫຼາຍ', ['ໂງ່']],
    ['Burmese', 'မိုက်', 'မင်းမိုက်တယ်', ['မိုက်']],
  ])('%s', (_, word, content, expected) => expect(found(word, content)).toEqual(expected));
});

test.each(['\u0D4E', 'a\u0D4E', '\u{110BD}a\u{111C2}', '\u{11A3A}', '\u0E33', '\uFF9Ea'])(
  'a word with a letter that shares a grapheme with the space beside it (%s) is found',
  word => expect(new Words([word]).find(`so ${word} x`)).toHaveLength(1),
);

describe('what can\'t be seen', () => {
  test.each([
    ['soft hyphen', 'id\u00ADiot'],
    ['zero-width space', 'i\u200Bd\u200Bi\u200Bo\u200Bt'],
    ['joiners', 'id\u200Diot id\u200Ciot'.slice(0, 6)],
    ['direction marks', '\u202Eid\u2066iot'.slice(1)],
    ['variation selectors', 'i\uFE0Fdiot'],
    ['tags', 'id\u{E0069}iot'],
  ])('%s', (_, content) => expect(found('idiot', `you ${content}!`)).toEqual([content]));

  test('only in the word of the list', () => expect(found('id\u200Biot', 'idiot')).toEqual(['idiot']));

  test('stays outside of what is found', () => expect(found('idiot', '\u200Bidiot\u200B')).toEqual(['idiot']));
});

describe('emoji', () => {
  test.each<[string, string, string, string[]]>([
    ['alone', '🖕', 'hey 🖕', ['🖕']],
    ['between letters', '🖕', 'a🖕b', ['🖕']],
    ['in any skin tone', '🖕', '🖕🏽🖕🏿', ['🖕🏽', '🖕🏿']],
    ['with a skin tone in the list', '🖕🏽', '🖕', ['🖕']],
    ['as text or picture', '❤', '❤\uFE0F ❤', ['❤\uFE0F', '❤']],
    ['not as a part of another', '👨', '👨‍👩‍👧', []],
    ['joined ones as a whole', '👨‍👩‍👧', '👨‍👩‍👧', ['👨‍👩‍👧']],
    ['not as a part of a flag', '🏴', '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}', []],
    ['no half of two flags', '🇪🇺', '🇩🇪🇺🇸', []],
  ])('%s', (_, word, content, expected) => expect(found(word, content)).toEqual(expected));
});

describe('phrases', () => {
  test.each([
    ['as they are', 'go away', 'Go away!', ['Go away']],
    ['over more white space', 'go away', 'go \t\n  away', ['go \t\n  away']],
    ['over other spaces', 'go away', 'go\u00A0\u3000away', ['go\u00A0\u3000away']],
    ['with white space around them in the list', '  go   away ', 'go away', ['go away']],
    ['not without the space', 'go away', 'goaway', []],
    ['with punctuation', 'f*ck', 'F*CK you', ['F*CK']],
  ])('%s', (_, word, content, expected) => expect(found(word, content)).toEqual(expected));
});

test('overlapping finds are all found', () => {
  expect(found(['bad ass', 'ass hat'], 'bad ass hat')).toEqual(['bad ass', 'ass hat']);
});

test('no words find nothing', () => {
  expect(found([], 'anything')).toEqual([]);
  expect(found(['', ' ', '\u200B'], 'anything at all')).toEqual([]);
});

test('thousands of words and the longest message take milliseconds', () => {
  const words = new Words(Array.from({ length: 5_000 }, (_, index) => `word${index}`));
  const content = 'hello there '.repeat(341);
  for (let warm = 0; warm < 3; warm++) [...words.find(content)];
  const started = performance.now();
  [...words.find(content)];
  expect(performance.now() - started).toBeLessThan(500);
});

describe('properties', () => {
  const letters = fc.stringMatching(/^\p{L}{1,8}$/u);
  const text = fc.string({ unit: 'binary', maxLength: 40 });

  test('a word is found between spaces, whatever its case', () => {
    fc.assert(fc.property(letters, text, text, (word, before, after) => {
      for (const written of [word, word.normalize('NFD'), word.normalize('NFC')]) {
        const content = `${before} ${written} ${after}`;
        const ranges = [...new Words([word]).find(content)];
        expect(ranges.some(({ start, end }) => start <= before.length + 1 && end >= before.length + 1 + written.length))
          .toBe(true);
      }
    }));
  });

  test('case makes no difference to letters of ASCII, Greek, Cyrillic and Armenian', () => {
    const cased = fc.stringMatching(/^[a-zα-ωа-яա-ֆ]{1,8}$/);
    fc.assert(fc.property(cased, word => found(word, word.toUpperCase()).length > 0));
  });

  test('what is found lies in the text, on borders of graphemes', () => {
    fc.assert(fc.property(
      fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }), { maxLength: 5 }),
      text,
      (words, content) => {
        const borders = new Set([
          0, content.length, ...[...new Intl.Segmenter().segment(content)].map(({ index }) => index),
        ]);
        for (const { start, end } of new Words(words).find(content)) {
          expect(start).toBeLessThan(end);
          expect([borders.has(start), borders.has(end)]).toEqual([true, true]);
        }
      },
    ));
  });

  test('a word inside a longer one of the same script is not found', () => {
    fc.assert(fc.property(
      fc.stringMatching(/^[a-z]{2,6}$/),
      fc.stringMatching(/^[a-z]{1,3}$/),
      (word, more) => found(word, `${more}${word}`).length === 0,
    ));
  });
});
