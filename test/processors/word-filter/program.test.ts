/**
 * The matches are those of RE2JS's own search, one after the other, which is right and takes a time that grows with the
 * square of the text's length: for patterns and texts from a seed, and for those that are known to be dear.
 */
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { Program } from '../../../src/processors/word-filter/program';

function found(source: string, text: string): string[] {
  return new Program(RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)).find(text).map(
    ({ start, end }) => `${start}-${end}`,
  );
}

/** One search after the other; matches without a character left out. */
function foundByRE2(source: string, text: string): string[] {
  const matcher = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE).matcher(text);
  const ranges: string[] = [];
  while (matcher.find()) {
    if (matcher.end() > matcher.start()) ranges.push(`${matcher.start()}-${matcher.end()}`);
  }
  return ranges;
}

const ATOMS = [
  'a', 'b', 'K', 'ſ', '.', '[ab]', '[^a]', '\\w', '\\d', '\\s', '\\b', '\\B', '^', '$', '(?m:^)', '(?m:$)', '(?s:.)',
  '\\pL', '😀', '\\x{1F600}', 'é',
];
const { expression } = fc.letrec<{ expression: string; atom: string }>(tie => ({
  atom: fc.constantFrom(...ATOMS),
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('atom'),
    fc.tuple(tie('expression'), tie('expression')).map(parts => parts.join('')),
    fc.tuple(tie('expression'), tie('expression')).map(parts => `(${parts.join('|')})`),
    fc.tuple(tie('expression'), fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{1,3}', '{0,2}?'))
      .map(([inner, often]) => `(?:${inner})${often}`),
  ),
}));
const CHARACTERS = ['a', 'b', 'A', 'k', '\u212A', 's', '1', ' ', '\n', '_', '😀', '\uD83D', 'é', 'É'];
const text = fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 24 }).map(parts => parts.join(''));

test('finds what one search after the other finds', () => {
  const same = fc.property(
    expression, text, (source, subject) => expect(found(source, subject)).toEqual(foundByRE2(source, subject)),
  );
  fc.assert(same, { numRuns: 5_000 });
});

const ONE_LETTER = 'a'.repeat(4_096);

test.each<[string, string, string[]]>([
  ['a(.*b)?', ONE_LETTER, Array.from({ length: 4_096 }, (_, at) => `${at}-${at + 1}`)],
  ['a(.*b)?(.*c)?(.*d)?', `${ONE_LETTER}c`, ['0-4097']],
  ['a.{0,900}b|a', ONE_LETTER, Array.from({ length: 4_096 }, (_, at) => `${at}-${at + 1}`)],
  ['(a+)+$', `${ONE_LETTER}!`, []],
  ['(a|a)*$', ONE_LETTER, ['0-4096']],
  ['(.*)*x(.*)*y', `${ONE_LETTER}xy`, ['0-4098']],
])('%s on four thousand letters', (source, subject, expected) => expect(found(source, subject)).toEqual(expected));

/** Steps are counted rather than timed: how often an instruction is looked at. */
test.each(['a(.*b)?', 'a+(.*b)?', '(a|b)*c?d|a', 'a(.*b)?(.*c)?(.*d)?', '(.*b)?a', 'a.{0,90}b|a', '(a+)+$', 'a*?b|a'])(
  'twice the text is twice the work: %s',
  source => {
    const [once, twice] = [comparisons(source, 1_000), comparisons(source, 2_000)];
    expect(twice).toBeLessThanOrEqual(2.05 * once);
  },
);

function comparisons(source: string, length: number): number {
  const compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  const program = new Program(compiled);
  let count = 0;
  const counted = <T>(value: T): T => {
    count++;
    return value;
  };
  for (const instruction of compiled.re2Input.prog.inst) {
    const { op, out, matchRune } = instruction;
    Object.defineProperties(instruction, {
      op: { get: () => counted(op) },
      out: { get: () => counted(out) },
      matchRune: { value: (rune: number) => counted(matchRune.call(instruction, rune)) },
    });
  }
  program.find('a'.repeat(length));
  return count;
}
