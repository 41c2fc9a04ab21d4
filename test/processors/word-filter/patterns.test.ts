import { Pattern, patternProblem } from '../../../src/processors/word-filter/patterns';

function found(source: string, text: string): string[] {
  return [...new Pattern(source).find(text)].map(({ start, end }) => text.slice(start, end));
}

test.each<[string, string, string, string[]]>([
  ['anywhere', 'bad', 'abadb BAD', ['bad', 'BAD']],
  ['classes', '\\d{3}-\\d{4}', 'call 555-0100 or 555-0101', ['555-0100', '555-0101']],
  ['in letters beyond ASCII', 'дура\\pL+', 'Дураки', ['Дураки']],
  ['in scripts', '\\p{Greek}+', 'abc αβγ', ['αβγ']],
  ['beyond the basic plane', '😀+', '🙂😀😀🙂', ['😀😀']],
  ['with case, when it says so', '(?-i:bad)', 'BAD bad', ['bad']],
  ['no empty matches', 'x?', 'axa', ['x']],
])('finds %s', (_, source, text, expected) => expect(found(source, text)).toEqual(expected));

test.each([
  ['(', /^is not valid \(missing closing \): `\(`\): write it in RE2's syntax/],
  ['a(?=b)', /lookaround and no backreferences/],
  ['(a)\\1', /invalid escape sequence: `\\1`/],
  ['a{1001}', /invalid repeat count/],
  ['a*', /^matches without a character, as every message does somewhere: let it ask for one$/],
  ['', /^matches without a character/],
  ['\\b', /^matches without a character/],
  ['bad|$', /^matches without a character/],
  ['e\u0301', /^holds characters that no text has after normalization: write "é"$/],
  ['don’t', /after normalization: write "don't"$/],
  ['“x”|a–b', /after normalization: write "\\"x\\"|a-b"$/],
  ['id\u00ADiot|❤\uFE0F', /after normalization: write "idiot|❤"$/],
])('%s is a problem', (source, problem) => expect(patternProblem(source)).toMatch(problem));

test.each(['a', '\\bword\\b', '[[:alpha:]]x', 'é', '(?i)x'])(
  '%s is none', source => expect(patternProblem(source)).toBeUndefined(),
);
