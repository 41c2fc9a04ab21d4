import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** The account that the local deployment deploys to: one that AWS uses in its own examples. */
export const LOCAL_ACCOUNT = '111122223333';

/** Amazon Chime SDK messaging is offered in two regions only; this is the older of them. */
export const LOCAL_REGION = 'us-east-1';

/**
 * How a client of the SDK reaches a service of the local deployment; ministack takes the access key for the account's
 * id.
 */
export function localClientConfig(endpoint: string) {
  return { endpoint, region: LOCAL_REGION, credentials: { accessKeyId: LOCAL_ACCOUNT, secretAccessKey: 'local' } };
}

/**
 * The environment of everything that the local deployment starts. What the user's own environment says about AWS, the
 * CDK and proxies is left out, and the home directory is the run's own: nothing can reach a real account, whatever
 * profile is active, and nothing is written outside of the project.
 */
export function isolatedEnvironment(runDirectory: string): NodeJS.ProcessEnv {
  const home = join(runDirectory, 'home');
  mkdirSync(home, { recursive: true });
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !LEFT_OUT.test(name))),
    HOME: home,
    // ministack takes the access key for the account's id when it has 12 digits.
    AWS_ACCESS_KEY_ID: LOCAL_ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NODE_NO_WARNINGS: '1',
  };
}

/** `NODE_OPTIONS` and `npm_…` belong to the process that asks; `XDG_…` would lead past the run's own home. */
const LEFT_OUT = /^(AWS_|CDK_|JSII_|NODE_OPTIONS$|npm_|XDG_|https?_proxy$|all_proxy$|no_proxy$)/i;
