import fc from 'fast-check';
import { deliver, masked } from '../../src/processors/masking';
import { contentParts } from '../../src/processors/message-parts';

const content = (Content: string) => contentParts({ MessageId: 'm', ChannelArn: 'c', Content });

test.each([
  ['none', [], 'abcdef'],
  ['one', [[1, 3]], 'a*def'],
  ['two, in any order', [[4, 5], [1, 2]], 'a*cd*f'],
  ['touching', [[1, 2], [2, 3]], 'a**def'],
  ['overlapping', [[1, 3], [2, 5]], 'a*f'],
  ['one in another', [[1, 5], [2, 3]], 'a*f'],
  ['the same twice', [[1, 3], [1, 3]], 'a*def'],
  ['everything', [[0, 6]], '*'],
])('%s', (_, parts, expected) => {
  expect(masked('abcdef', (parts as [number, number][]).map(([start, end]) => ({ start, end, mask: '*' })))).toBe(
    expected,
  );
});

test('overlapping parts take the mask of the first', () => {
  expect(masked('abcdef', [{ start: 2, end: 5, mask: '[B]' }, { start: 1, end: 3, mask: '[A]' }])).toBe('a[A]f');
});

test.each([
  ['the most bytes that a message takes', 'x', 'replace'],
  ['one character more', 'xy', 'deny'],
  ['one byte more', 'é', 'deny'],
])('content of %s', (_, mask, decision) => {
  expect(deliver(content('-'.repeat(4_096)), [`${'-'.repeat(4_095)}${mask}`]).decision).toBe(decision);
});

test('content that is as it was is delivered without a change', () => {
  expect(deliver(content('a'), ['a'])).toEqual({ decision: 'allow' });
});

test('content that masks leave empty denies the message', () => {
  expect(deliver(content('a'), [''])).toEqual({ decision: 'deny' });
});

test('property: what is outside of all parts stays, what is inside goes', () => {
  const text = fc.stringMatching(/^[a-z]{0,30}$/);
  const parts = fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 6 });
  fc.assert(fc.property(text, parts, (original, pairs) => {
    const ranges = pairs.map(
      pair => ({ start: Math.min(...pair), end: Math.min(Math.max(...pair), original.length), mask: '*' }),
    ).filter(({ start, end }) => start < end);
    const kept = [...original].filter((_, index) => !ranges.some(({ start, end }) => start <= index && index < end))
      .join('');
    expect(masked(original, ranges).replaceAll('*', '')).toBe(kept);
  }));
});
