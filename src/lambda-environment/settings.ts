import type { LoadedConfigSelectors } from '@smithy/core/config';

/**
 * Stands in for the SDK's `loadConfig` in the bundle: Lambda puts all settings into the environment, so ~/.aws/config
 * would only be looked for, once a setting and client, never found.
 */
export function loadConfig<T>(
  { environmentVariableSelector, default: otherwise }: LoadedConfigSelectors<T>,
  options?: Parameters<typeof environmentVariableSelector>[1],
) {
  return async (): Promise<T> => environmentVariableSelector(process.env, options)
    ?? (typeof otherwise === 'function' ? await (otherwise as () => Promise<T>)() : otherwise);
}
