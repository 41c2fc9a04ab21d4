/**
 * Stands in for the SDK's `credential-provider-node` in the bundle: Lambda puts the role's credentials into the
 * environment, so the chain of profiles, SSO, metadata services and processes would only be loaded, never used.
 */
export function defaultProvider() {
  return async () => {
    const {
      AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken,
    } = process.env;
    if (!accessKeyId || !secretAccessKey) {
      const error = new Error(
        'no credentials in the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set, as Lambda does',
      );
      throw Object.assign(error, { name: 'NoCredentials' });
    }
    return { accessKeyId, secretAccessKey, sessionToken };
  };
}
