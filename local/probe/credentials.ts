import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** The emulator verifies no signature. */
export const LOCAL_CREDENTIALS: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

const EXPORT = ['configure', 'export-credentials', '--format', 'process'];

/** An SSO session may have to be refreshed over the network. */
const TIME_LIMIT_MS = 30_000;

/**
 * Credentials from the environment or, without any there, from the AWS CLI, which knows profiles, SSO and roles: the
 * SDK's own chain for these would be half of the bundle.
 */
export async function findCredentials(environment: NodeJS.ProcessEnv = process.env): Promise<Credentials> {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken,
  } = environment;
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, sessionToken } : askAwsCli(environment);
}

/** Stands in for the SDK's `credential-provider-node` in the bundle. */
export function defaultProvider(): () => Promise<Credentials> {
  return () => findCredentials();
}

async function askAwsCli(environment: NodeJS.ProcessEnv): Promise<Credentials> {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = await exported(environment).catch((
    error: Error,
  ) => {
    throw new Error(
      'no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with the AWS CLI and name the '
        + 'profile by AWS_PROFILE '
      + `(aws ${EXPORT.join(' ')}: ${reason(error)})`,
    );
  });
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    ...Expiration ? { expiration: new Date(Expiration) } : {},
  };
}

async function exported(env: NodeJS.ProcessEnv) {
  const { stdout } = await promisify(execFile)('aws', EXPORT, { env, timeout: TIME_LIMIT_MS });
  const credentials = JSON.parse(stdout);
  if (!credentials.AccessKeyId || !credentials.SecretAccessKey) throw new Error('keys are missing');
  return credentials;
}

/** The CLI's last words; never what it printed as credentials. */
function reason(error: NodeJS.ErrnoException & { stderr?: string }): string {
  if (error.code === 'ENOENT') return 'there is no AWS CLI';
  return error.stderr?.trim().split('\n').at(-1)?.trim() || 'it answered with no credentials';
}
