/**
 * What a word filter takes for a message of 4 KB, by the length of its list and the kind of the text, beside a plain
 * `includes` of each word in the text in lower case, which finds neither whole words nor other writings. `npm run bench
 * -- word-filter`
 */
import { ENGLISH, hostileTexts, MIXED, upTo4KB, wordList } from './texts';
import { filterMessage, type Action, type SearchTerms } from '../../src/processors/word-filter/filter';
import { Pattern } from '../../src/processors/word-filter/patterns';
import { Words } from '../../src/processors/word-filter/words';
import { median } from '../statistics';

const ROUNDS = 60;
const WARM_ROUNDS = 20;
const ACTIONS: readonly Action[] = [{ action: 'DENY' }, { action: 'MASK', mask: '*' }];

/** At 10,000 words. */
const ENGLISH_LIMIT_MS = 1;
const ANY_LIMIT_MS = 10;
/** Of patterns for which one search after the other takes seconds. */
const WICKED_LIMIT_MS = 200;
const WICKED_PATTERNS = ['a(.*b)?', '(a|b)*c?d|a', 'a(.*b)?(.*c)?(.*d)?', '(a+)+$'];

let isHeld = true;

function main(): void {
  process.stdout.write(
    '4 KB of text, milliseconds a message, warm medians; of the filter the slower of DENY and MASK\n\n',
  );
  line('words', 'text', 'filter', 'includes', 'first', 'limit');
  for (const count of [10, 1_000, 10_000]) {
    const list = wordList(count);
    const started = performance.now();
    const wanted = { words: [new Words(list)], patterns: [] };
    const built = performance.now() - started;
    const limited = (ms: number) => count === 10_000 ? ms : undefined;
    row(count, 'English', ENGLISH, wanted, list, limited(ENGLISH_LIMIT_MS));
    row(count, 'mixed', MIXED, wanted, list, limited(ANY_LIMIT_MS));
    for (const [name, text] of Object.entries(hostileTexts(list))) {
      row(count, name, text, wanted, list, limited(ANY_LIMIT_MS));
    }
    process.stdout.write(`${' '.repeat(8)}the list is ready in ${built.toFixed(1)} ms\n\n`);
  }
  process.stdout.write('Patterns that look at the whole text for each of their matches, 4 KB of one letter, MASK\n\n');
  for (const source of WICKED_PATTERNS) {
    const wanted = { words: [], patterns: [new Pattern(source)] };
    const [ms] = timed(upTo4KB('a'), wanted, ACTIONS[1], 1);
    line('', source, ms.toFixed(0), '', '', verdict(ms, WICKED_LIMIT_MS));
  }
  process.exitCode = isHeld ? 0 : 1;
}

function row(
  count: number, name: string, text: string, wanted: SearchTerms, list: readonly string[], limit?: number,
): void {
  const times = ACTIONS.map(action => timed(text, wanted, action, ROUNDS));
  const ms = Math.max(...times.map(of => median(of.slice(WARM_ROUNDS))));
  const plain = median(Array.from({ length: 10 }, () => during(() => {
    const lower = text.toLowerCase();
    list.forEach(word => lower.includes(word));
  })));
  line(
    String(count),
    name,
    ms.toFixed(3),
    plain.toFixed(3),
    times[0][0].toFixed(1),
    limit === undefined ? '' : verdict(ms, limit),
  );
}

function timed(Content: string, wanted: SearchTerms, action: Action, rounds: number): number[] {
  return Array.from(
    { length: rounds }, () => during(() => filterMessage({ MessageId: 'm', ChannelArn: 'c', Content }, wanted, action)),
  );
}

function during(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function verdict(ms: number, limit: number): string {
  isHeld &&= ms <= limit;
  return `${limit} ms: ${ms <= limit ? 'held' : 'EXCEEDED'}`;
}

function line(count: string, name: string, filter: string, plain: string, first: string, limit: string): void {
  process.stdout.write(`${count.padStart(6)}  `
    + `${name.padEnd(42)}${filter.padStart(8)}${plain.padStart(10)}${first.padStart(8)}  ${limit}\n`);
}

main();
