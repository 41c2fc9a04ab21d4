import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCredentials } from '../../../local/probe/credentials';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chime-probe-credentials-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An `aws` that answers so, and nothing else on the path. */
function withAwsCli(script: string): Record<string, string> {
  const file = join(folder, 'aws');
  writeFileSync(file, `#!${process.execPath}\n${script}`);
  chmodSync(file, 0o755);
  return { PATH: folder };
}

test('those of the environment are taken as they are', async () => {
  const environment = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key', AWS_SESSION_TOKEN: 'token', PATH: '' };
  expect(await findCredentials(environment)).toEqual({
    accessKeyId: 'id', secretAccessKey: 'key', sessionToken: 'token',
  });
});

test('the AWS CLI is asked for those of its profile', async () => {
  const environment = withAwsCli(`console.log(JSON.stringify({
    Version: 1, AccessKeyId: process.env.AWS_PROFILE, SecretAccessKey: process.argv.slice(2).join(' '),
    SessionToken: 'token', Expiration: '2030-01-01T00:00:00+00:00' }))`);
  expect(await findCredentials({ ...environment, AWS_PROFILE: 'work' })).toEqual({
    accessKeyId: 'work',
    secretAccessKey: 'configure export-credentials --format process',
    sessionToken: 'token',
    expiration: new Date('2030-01-01T00:00:00Z'),
  });
});

test.each([
  ['there is no AWS CLI', () => ({ PATH: '/nowhere' }), 'there is no AWS CLI'],
  [
    'it refuses', () => withAwsCli("console.error('\\nThe SSO session has expired'); process.exit(255)"),
    'The SSO session has expired',
  ],
  ['it says nothing', () => withAwsCli('process.exit(1)'), 'it answered with no credentials'],
  ['it says something else', () => withAwsCli("console.log('AccessKeyId=secret')"), 'it answered with no credentials'],
  ['it has none', () => withAwsCli("console.log('{}')"), 'it answered with no credentials'],
])('%s: one sentence', async (_, environment, reason) => {
  await expect(findCredentials(environment())).rejects.toThrow(new Error(
    'no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with the AWS CLI and name the profile '
      + 'by AWS_PROFILE '
    + `(aws configure export-credentials --format process: ${reason})`,
  ));
});
