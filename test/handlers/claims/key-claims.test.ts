import { keyClaimTag, readKeyClaims, type Coverage } from '../../../src/handlers/claims/key-claims';

const ARN = 'arn:aws:chime:us-east-1:123456789012:app-instance/a';
const identity = (LogicalResourceId: string, stack = 'chat') =>
  ({ LogicalResourceId, StackId: `arn:aws:cloudformation:us-east-1:123456789012:stack/${stack}/1` });
const own = identity('Tags');
const present = (keys: readonly string[]) => keys.map(Key => ({ Key, Value: 'v' }));
const many = (count: number, name = 'key') => Array.from({ length: count }, (_, index) => `${name}-${index}`);
const claim = (written: readonly string[], shared: readonly string[] = [], claimant = own, arn = ARN) =>
  keyClaimTag(arn, claimant, { written: new Set(written), shared: new Set(shared) });

describe.each([0, 1, 9, 10, 13, 14, 48, 96])('a claim of %d keys', count => {
  const keys = many(count);

  test('fits into a tag, whatever the order of the keys', () => {
    const { Value } = claim(keys);
    expect(Value.length).toBeLessThanOrEqual(256);
    expect(Value).toMatch(/^[\w-]+$/);
    expect(claim([...keys].reverse()).Value).toBe(Value);
  });

  test('is read again, by who made it, its stack and others', () => {
    const others = many(20, 'other');
    const tags = (claimant: typeof own) => [...present([...keys, ...others]), claim(keys, [], claimant)];
    const { own: mine, ofStack, ofOthers } = readKeyClaims(ARN, tags(own), own, []);
    const sibling = readKeyClaims(ARN, tags(identity('Other')), own, []).ofStack;
    const theirs = readKeyClaims(ARN, tags(identity('Tags', 'other')), own, []).ofOthers;
    for (const read of [mine, sibling, theirs]) {
      expect(new Set(keys.map(read))).toEqual(new Set(count === 0 ? [] : ['written']));
      expect(new Set(others.map(read))).toEqual(new Set([undefined]));
    }
    for (const read of [ofStack, ofOthers]) expect(keys.map(read).filter(Boolean)).toEqual([]);
  });
});

test('keys that are not there any more are known by the event\'s names; without them the others are unsure', () => {
  const keys = many(48);
  const tags = [...present(keys.slice(1)), claim(keys)];
  expect(readKeyClaims(ARN, tags, own, [keys[0]]).own(keys[1])).toBe('written');
  expect(readKeyClaims(ARN, tags, own, []).own(keys[1])).toBe('unsure');
  expect(readKeyClaims(ARN, tags, own, []).own('other')).toBeUndefined();
  // A claim of a few keys proves each by itself.
  expect(readKeyClaims(ARN, [claim(['a', 'b'])], own, []).own('a')).toBe('written');
});

test('it says which keys are only wanted as well', () => {
  const { own: read } = readKeyClaims(ARN, [claim(['a'], ['b'])], own, ['a', 'b']);
  expect(['a', 'b', 'c'].map(read)).toEqual<Coverage[]>(['written', 'shared', undefined]);
});

test.each<[string, { Key: string; Value: string }]>([
  ['of another app instance', claim(['a'], [], own, `${ARN}2`)],
  ['of another claimant', { ...claim(['a']), Value: claim(['a'], [], identity('Other')).Value }],
  ['of another stack', { ...claim(['a']), Value: claim(['a'], [], identity('Tags', 'other')).Value }],
  ['that was cut', { ...claim(['a']), Value: claim(['a']).Value.slice(0, -1) }],
  ['of one letter', { ...claim(['a']), Value: 'm' }],
  ['of nothing', { ...claim(['a']), Value: '' }],
])('an own claim %s says nothing', (_, tag) => {
  expect(readKeyClaims(ARN, [...present(['a']), tag], own, []).own('a')).toBeUndefined();
  expect(readKeyClaims(ARN, [...present(['a']), tag], own, []).ownText).toBe(tag.Value);
});

test('a claim that was made to be long to read is given up', () => {
  const Key = claim([], [], identity('Tags', 'other')).Key;
  const keys = many(48);
  for (const hashes of [
    'A'.repeat(200), 'AB'.repeat(100),
    [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].join('').repeat(3),
  ]) {
    const started = Date.now();
    const { ofOthers } = readKeyClaims(
      ARN, [...present(keys), { Key, Value: `1${'x'.repeat(22)}${hashes}${'y'.repeat(22)}` }], own, many(48, 'named'),
    );
    keys.forEach(ofOthers);
    expect(Date.now() - started).toBeLessThan(1_000);
  }
});
