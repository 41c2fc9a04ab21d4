import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isolatedEnvironment } from '../../../local/deployment/environment';

const outer = process.env;

afterEach(() => { process.env = outer; });

test('nothing of the user\'s AWS, CDK or proxies gets in', () => {
  process.env = {
    PATH: '/bin',
    HOME: '/home/user',
    AWS_PROFILE: 'production',
    AWS_ACCESS_KEY_ID: 'real',
    AWS_ENDPOINT_URL_S3: 'https://elsewhere',
    CDK_DEFAULT_ACCOUNT: '999999999999',
    HTTPS_PROXY: 'http://proxy',
    http_proxy: 'http://proxy',
    NODE_OPTIONS: '--inspect',
  };
  const directory = mkdtempSync(join(tmpdir(), 'run-'));

  expect(isolatedEnvironment(directory)).toEqual({
    PATH: '/bin',
    HOME: join(directory, 'home'),
    AWS_ACCESS_KEY_ID: '111122223333',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NODE_NO_WARNINGS: '1',
  });
});
