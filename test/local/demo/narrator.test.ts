import { Narrator } from '../../../local/demo/narrator';

let output: string[];

beforeEach(() => {
  output = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => { output.push(line); });
});

afterEach(() => jest.restoreAllMocks());

test('counts what holds and what does not', () => {
  const narrator = new Narrator();
  narrator.check('the same', { a: [1] }, { a: [1] });
  narrator.check('not the same', { a: [1] }, { a: [2] });

  expect(narrator.conclude()).toBe(false);
  expect(output).toEqual([
    '   ✓ the same',
    '   ✗ not the same',
    '     expected { a: [ 2 ] }',
    '     but is   { a: [ 1 ] }',
    '\n1 passed, 1 failed',
  ]);
});

test('giving up counts as a failure', () => {
  const narrator = new Narrator();
  narrator.gaveUp('cdk deploy failed');

  expect(narrator.conclude()).toBe(false);
  expect(output.at(-1)).toBe('\n0 passed, 1 failed');
});

test('all is well when nothing failed', () => {
  const narrator = new Narrator();
  narrator.check('the same', 1, 1);

  expect(narrator.conclude()).toBe(true);
});
