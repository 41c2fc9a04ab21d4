import { CredentialsProviderError } from '@smithy/core/config';

/**
 * Stands in for the SDK's reader of ~/.aws/config in the bundle: Lambda puts all settings into the environment, so the
 * files would only be looked for, once a setting and client, never found.
 */
export function fromSharedConfigFiles() {
  return async () => {
    throw new CredentialsProviderError('set in no file, as all settings are in the environment', { tryNextLink: true });
  };
}
