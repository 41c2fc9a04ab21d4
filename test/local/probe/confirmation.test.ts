import { PassThrough } from 'node:stream';
import { announcement, confirmed } from '../../../local/probe/confirmation';
import { parseArguments, toOptions } from '../../../local/probe/options';

test.each<[string, boolean]>([
  ['y\n', true], ['YES\n', true], [' yes \n', true], ['\n', false], ['n\n', false], ['yesterday\n', false], ['', false],
])('%j is %j', async (typed, expected) => {
  const input = new PassThrough();
  input.end(typed);
  expect(await confirmed('Go on? ', input, new PassThrough(), new AbortController().signal)).toBe(expected);
});

test('Ctrl-C is no answer', async () => {
  const stop = new AbortController();
  const asked = confirmed('Go on? ', new PassThrough(), new PassThrough(), stop.signal);
  stop.abort(new Error('stopped'));
  await expect(asked).rejects.toThrow('stopped');
});

test('it says what is created, where, and as whom, without the key', () => {
  const lambda = 'arn:aws:lambda:eu-central-1:000000000000:function:probe';
  const text = announcement(
    toOptions(parseArguments(['--region', 'eu-central-1', '--lambda-arn', lambda]), {}), 'AKIAIOSFODNN7EXAMPLE',
  );
  expect(text).toContain('in eu-central-1\n');
  expect(text).toContain('https://identity-chime.eu-central-1.amazonaws.com');
  expect(text).toContain('access key …MPLE.');
  expect(text).not.toContain('AKIA');
  expect(text).toContain(`has ${lambda} invoked`);
  expect(text).toContain('app instances named cdk-chime-messaging-probe-…');
});
