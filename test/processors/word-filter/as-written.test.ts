/** The same word in many writings, by kind: what a reader takes for the word is found, what is another word is not. */
import { normalized } from '../../../src/processors/word-filter/normalized-text';
import { Pattern } from '../../../src/processors/word-filter/patterns';
import { Words } from '../../../src/processors/word-filter/words';

type Inputs = readonly (readonly [word: string, content: string])[];

const around = (word: string, ...contents: string[]): Inputs => contents.map(content => [word, content]);
const inside = (...codes: number[]): Inputs => codes.flatMap(code => {
  const character = String.fromCodePoint(code);
  return [['idiot', `you id${character}iot!`], [`id${character}iot`, 'you idiot!']] as const;
});

const FOUND: Record<string, Inputs> = {
  'controls (Cc)': inside(0x00, 0x01, 0x02, 0x08, 0x0E, 0x1B, 0x1C, 0x1F, 0x7F, 0x80, 0x84, 0x86, 0x9F),
  'format characters (Cf)': inside(
    0xAD,
    0x600,
    0x61C,
    0x6DD,
    0x70F,
    0x8E2,
    0x180E,
    0x200B,
    0x200C,
    0x200D,
    0x200E,
    0x202E,
    0x2060,
    0x2066,
    0xFEFF,
    0xFFF9,
    0xFFFB,
    0x110BD,
    0x13430,
    0x1BCA0,
    0x1D173,
  ),
  'default ignorables': inside(0x34F, 0x115F, 0x17B4, 0x2065, 0x3164, 0xFFA0, 0xE0000, 0xE0001),
  'variation selectors': inside(0x180B, 0xFE00, 0xFE0E, 0xFE0F, 0xE0100, 0xE01EF),
  'noncharacters': inside(0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF),
  'a tatweel, a null notehead, a filler': [...inside(0x1D159, 0x16FE4), ['أحمق', 'أحـــمق'], ['أحـمق', 'أحمق']],
  'tag characters': inside(0xE0020, 0xE0061, 0xE007F),
  'blanks thinner than a space or without a glyph (Z)': [
    0x0B, 0x0C, 0x85, 0x1680, 0x2000, 0x2006, 0x2009, 0x200A, 0x2028, 0x2029, 0x205F, 0x2800,
  ]
    .flatMap(code =>
      [['idiot', `id${String.fromCodePoint(code)}iot`], ['go away', `go${String.fromCodePoint(code)}away`]] as const),
  'many of them': around(
    'idiot',
    'i\u0001\u200B\u0002d\u00ADi\uFE0Fo\u{E0061}t',
    '\u0001idiot\u0001',
    '\u2009idiot\u2009',
    'idiot\u200D',
    '\u202Eidiot',
  ),
  'superscripts and subscripts': around(
    'idiot',
    'idiot²',
    'idiot¹⁰',
    '³idiot',
    'idiot₂',
    'idiotⁿ',
    'idiotª',
    'idiotº',
    'ʰidiot',
    'idiotᵃ',
    'idiot™',
    '℠idiot',
    'idiot²!',
  ),
  'numbers in circles and brackets': around(
    'idiot', '①idiot', 'idiot①', '⑴idiot', '⒈idiot', 'idiot❶', '➀idiot', 'idiot⓿', 'idiot㊿', '㉑idiot', 'idiot🄂',
  ),
  'letters in circles and brackets': around(
    'idiot', 'ⓘⓓⓘⓞⓣ', 'ⒾⒹⒾⓄⓉ', '⒤⒟⒤⒪⒯', 'ⓐidiot', 'idiotⓇ', 'idiot⒜', '🄰idiot',
  ),
  'other compatibility signs': around(
    'idiot', 'idiot½', 'idiotⅣ', 'ⅷidiot', 'idiot℃', '№idiot', 'idiot㎏', 'idiot2\uFE0F\u20E3',
  ),
  'modifier letters': around('idiot', 'idiotʼs', 'idiotˈ', 'idiotː', 'ˌidiot', 'idiotˠ', 'idiotꞈ'),
  'full width, mathematical letters and ligatures': [
    ...around('idiot', 'ｉｄｉｏｔ', 'ＩＤＩＯＴ', '𝐢𝐝𝐢𝐨𝐭', '𝕀𝔻𝕀𝕆𝕋', '𝚒𝚍𝚒𝚘𝚝', '𝓲𝓭𝓲𝓸𝓽'), ['ｉｄｉｏｔ', 'idiot'],
    ['office', 'oﬃce'], ['oﬃce', 'OFFICE'], ['film', 'ﬁlm'], ['stop', 'ﬆop'],
  ],
  'apostrophes': [
    ...['\'', '’', '‘', '‛', 'ʼ', 'ʻ', '＇', '′', '`', '´'].flatMap(
      sign => [['don\'t', `DON${sign}T`], [`don${sign}t`, 'don\'t']] as const,
    ),
    ...around('idiot', 'idiot’s', '‘idiot’', 'idiot′s'), ['n\'est', 'n’est'], ['o’neil', 'OʼNEIL'],
  ],
  'quotes and dashes': [
    ...['‐', '‑', '‒', '–', '—', '―', '−', '﹘', '﹣', '－'].flatMap(
      sign => [['self-harm', `SELF${sign}HARM`], [`self${sign}harm`, 'self-harm']] as const,
    ),
    ['say "no"', 'say “no”'], ['say ‟no”', 'say "no"'],
  ],
  'marks on nothing': around(
    'idiot',
    '\u0301idiot',
    'you \u0301idiot',
    '-\u0301\u0323idiot',
    '😀\u0301idiot',
    '\u0001\u0301idiot',
    '1 \u0338idiot',
  ),
  'Turkish capitals': [
    ['sık', 'SIK'], ['SIK', 'sık'], ['SIK', 'sik'], ['sik', 'SİK'], ['SİK', 'sik'], ['sik', 'SIK'],
    ['ısırık', 'ISIRIK'], ['ISIRIK', 'ısırık'], ['İSTANBUL', 'istanbul'],
    ['istanbul', 'İSTANBUL'], ['sik', 'SI\u0307K'], ['SI\u0307K', 'sik'], ['sik', 'SİK'.toLowerCase()], ['sık', 'ＳＩＫ'],
  ],
  'Greek capitals and the final sigma': [
    ['ηλίθιος', 'ΗΛΊΘΙΟΣ'], ['ηλίθιος', 'ΗΛΙΘΙΟΣ'], ['ΗΛΙΘΙΟΣ', 'ηλίθιος'], ['ΗΛΊΘΙΟΣ', 'ηλίθιος'],
    ['ηλίθιος', 'ηλίθιοσ'], ['ηλίθιοσ', 'ηλίθιος'], ['σοφός', 'ΣΟΦΟΣ'],
    ['μαΐου', 'ΜΑΪΟΥ'], ['ΜΑΪΟΥ', 'μαΐου'], ['ᾄδω', 'ᾌΔΩ'], ['γάιδαρος', 'ΓΑΪΔΑΡΟΣ'], ['ΓΑΪΔΑΡΟΣ', 'γάιδαρος'],
    ['ρόιδο', 'ΡΟΪΔΟ'], ['άυλος', 'ΑΫΛΟΣ'],
  ],
  'other cases': [
    ['straße', 'STRASSE'], ['STRASSE', 'straße'], ['STRAẞE', 'strasse'], ['ǆ', 'ǅ'], ['ŉ', '\u02BCN'], ['Ꭰꮃ', 'ꭰꮃ'],
    ['key', '\u212Aey'], ['slow', 'ſlow'], ['å', '\u212B'],
  ],
  'marks in any order': [['a\u0323\u0301', 'a\u0301\u0323'], ['ậ', 'a\u0302\u0323'], ['ậ', 'Â\u0323']],
};

const NOT_FOUND: Record<string, Inputs> = {
  'longer words': [
    ['cunt', 'Scunthorpe'], ['tit', 'title'], ['ass', 'class assassin'], ['cock', 'cockpit peacock'],
    ['sex', 'Essex Sussex'], ['hell', 'hello shell'], ['idiot', 'idiotic'], ['idiot', 'nonidiot'],
    ['idiot', 'idiot2'], ['idiot', '２idiot'], ['idiot', 'idiot𝟐'], ['idiot', 'idiotｓ'], ['idiot', '𝐬idiot'],
    ['idiot', 'idiotﬁ'], ['idiot', 'яidiot'], ['idiot', 'ⓘⓓⓘⓞⓣⓢ'],
    ['idiot', 'idi\u0001otic'], ['cunt', 'S\u200Bcunt\u200Bhorpe'], ['cunt', 'S\u0001cunt\u0002horpe'],
  ],
  'other letters': [
    ['resume', 'résumé'], ['resume', 're\u0301sume\u0301'], ['sik', 'sık'], ['sık', 'sik'], ['SİK', 'sık'],
    ['ποτέ', 'πότε'], ['ποτε', 'ποτέ'], ['ποτέ', 'ποτε'], ['γάιδαρος', 'γάϊδαρος'], ['μαΐου', 'μαιου'],
    ['καφές', 'cafe\u0301s'], ['e', 'é'], ['a', 'å'], ['o', 'ö'], ['s', 'ß'], ['f', 'ﬁ'],
    ['الله', '\uFDFA'], ['л', 'й'],
  ],
  'other words': [
    ['idiot', 'id iot'], ['idiot', 'id\niot'], ['idiot', 'id\u00A0iot'], ['idiot', 'id\u3000iot'],
    ['goaway', 'go away'], ['go away', 'goaway'], ['it\'s', 'its'], ['idiot', 'id-iot'], ['idiot', 'id²iot'],
  ],
  'parts of emoji': [
    ['👨', '👨‍👩‍👧'], ['🏴', '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'], ['🇪🇺', '🇩🇪🇺🇸'],
    ['👩', '👩🏽‍🚀'],
  ],
  'nothing to see': [
    ['idiot', ''], ['idiot', '\u0001\u200B'], ['\u0001\u200B', 'anything \u0001 at all'], ['\u2800', 'a\u2800b'],
  ],
};

const count = (inputs: Record<string, Inputs>) => Object.values(inputs).flat().length;

test('more than 200 ways of writing are tested', () => {
  expect(count(FOUND)).toBeGreaterThan(200);
  expect(count(NOT_FOUND)).toBeGreaterThan(45);
});

const shown = (text: string) =>
  JSON.stringify(text).replace(/[^\x20-\x7E]/gu, character => `\\u{${character.codePointAt(0)!.toString(16)}}`);
const table = (inputs: Record<string, Inputs>) => Object.entries(inputs).flatMap(([kind, pairs]) =>
  pairs.map(([word, content]) => [kind, shown(word), shown(content), word, content] as const));

test.each(table(FOUND))('%s: %s is found in %s', (_kind, _word, _content, word, content) => {
  const [range] = new Words([word]).find(content);
  expect(range).toBeDefined();
  expect(new Words([word]).holds(content)).toBe(true);
  expect(new Words([word]).holds(content.slice(range.start, range.end))).toBe(true);
});

test.each(table(NOT_FOUND))('%s: %s is not found in %s', (_kind, _word, _content, word, content) => {
  expect(new Words([word]).find(content)).toEqual([]);
});

test('an emoji is found beside joiners and tags that nobody sees', () => {
  for (const content of ['🖕\u200D', '🖕\u{E0061}', '🖕\uFE0F', '🖕🏽\uFE0F', '\u200D🖕', 'a\u200D🖕\u200Db']) {
    expect(new Words(['🖕']).holds(content)).toBe(true);
  }
});

test.each([
  ['dashes', '555\u201301\u206000'], ['noncharacters', '555-\uFDD00100'], ['controls', '555\u0001-01\u008600'],
  ['format characters', '5\u200B5\u06DD5-0100'], ['full width', '５５５－０１００'], ['variation selectors', '555-01\uFE0F00'],
])('patterns see no %s', (_, content) => {
  const read = normalized(`call ${content}!`);
  expect([...new Pattern('\\d{3}-\\d{4}').find(read.text)].map(range => read.original(range))).toEqual([
    { start: 5, end: 5 + content.length },
  ]);
});

test.each(['\u00A0', '\u1680', '\u2003', '\u2028', '\u3000', '\u2800', '\v'])('patterns see %j as a space', blank => {
  expect(new Pattern('call\\s555').matches(normalized(`call${blank}555é`).text)).toBe(true);
});
