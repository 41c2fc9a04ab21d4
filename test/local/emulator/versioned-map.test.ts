import { VersionedMap } from '../../../local/emulator/store/versioned-map';

let now: number;
let register: VersionedMap<string>;
beforeEach(() => {
  now = 0;
  register = new VersionedMap(() => now);
});

function listed(lagMs = 0): string[] {
  return register.list(lagMs, () => true).map(({ value }) => value);
}

test('a record keeps its place when it changes', () => {
  register.set('a', 'a1');
  register.set('b', 'b1');
  register.set('a', 'a2');
  expect(listed()).toEqual(['a2', 'b1']);
});

test('the past shows what was there then', () => {
  register.set('a', 'a1');
  register.set('b', 'b1');
  now = 10;
  register.set('a', 'a2');
  register.delete('b');
  register.set('c', 'c1');
  expect(listed(5)).toEqual(['a1', 'b1']);
  now = 20;
  expect(listed(5)).toEqual(['a2', 'c1']);
});

test('a tree is a record, what lies in it and what belongs to it, not what is named alike', () => {
  for (const key of ['x', 'x/user/a', 'x y', 'xy', 'xy/user/a']) {
    register.set(key, key);
  }
  register.deleteTree('x');
  expect(listed()).toEqual(['xy', 'xy/user/a']);
});

test('the past is forgotten after ten minutes', () => {
  for (let i = 0; i < 2000; i++) {
    register.set('a', `a${i}`);
    now += 1000;
  }
  expect(listed(9 * 60_000)).toHaveLength(1);
  expect(listed(30 * 60_000)).toEqual([]);
});
