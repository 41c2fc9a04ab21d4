import { wordsIn, WordsParameter } from '../../../src/processors/word-filter/words-parameter';
import { captureLog } from '../../processor-runtime/fixture';

const log = captureLog();
const { signal } = new AbortController();

/** A parameter whose value or failure the test sets, and a clock that it moves. */
function parameter(value: string | Error) {
  const world = { value, now: 0, reads: [] as string[] };
  const words = new WordsParameter('/chat/words', async name => {
    world.reads.push(name);
    if (world.value instanceof Error) throw world.value;
    return world.value;
  }, () => world.now);
  const finds = async (content: string) => [...(await words.current(signal)).find(content)].length > 0;
  return { world, finds };
}

class ParameterNotFound extends Error {
  public readonly name = 'ParameterNotFound';
  public readonly $metadata = { httpStatusCode: 400 };
}

test.each([
  ['a\nb', ['a', 'b']],
  ['a,b', ['a', 'b']],
  [' go away \r\n\n, idiot ,,', ['go away', 'idiot']],
  ['one', ['one']],
  ['', []],
  [' ,\n', []],
])('%j', (value, words) => expect(wordsIn(value)).toEqual(words));

test('is read once in five minutes', async () => {
  const { world, finds } = parameter('idiot');
  expect(await finds('idiot')).toBe(true);
  world.value = 'fool';
  world.now = 299_999;
  expect(await finds('idiot')).toBe(true);
  expect(world.reads).toEqual(['/chat/words']);

  world.now = 300_000;
  expect(await finds('idiot')).toBe(false);
  expect(await finds('fool')).toBe(true);
  expect(world.reads).toHaveLength(2);
});

test('without words before, a failure is one', async () => {
  const { world, finds } = parameter(new ParameterNotFound('secret'));
  await expect(finds('idiot')).rejects.toMatchObject({
    name: 'WordsUnavailable',
    message: 'the words in the SSM parameter /chat/words could not be read: ParameterNotFound (400) — '
      + 'see that it exists and that the function\'s role may read it, and its key if it is encrypted',
  });
  world.value = 'idiot';
  expect(await finds('idiot')).toBe(true);
});

test('with words from before, they stay, and the next attempt follows after half a minute', async () => {
  const { world, finds } = parameter('canary');
  await finds('x');
  world.value = new Error('canary');
  world.now = 300_000;
  expect(await finds('canary')).toBe(true);
  expect(log.lines()).toEqual([{
    level: 'WARN',
    warning: 'WordsNotRefreshed',
    reason: expect.stringContaining(
      '/chat/words could not be read: Error — see',
    ),
  }]);
  expect(log.text()).not.toContain('canary');

  world.now += 29_999;
  await finds('x');
  expect(world.reads).toHaveLength(2);
  world.value = 'fool';
  world.now += 1;
  expect(await finds('canary')).toBe(false);
});
