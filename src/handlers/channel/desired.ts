import type { ChannelProperties } from './properties';
import type { LifecycleEvent } from '../protocol/lifecycle';

export type ChannelEvent = LifecycleEvent<ChannelProperties>;

/** The library's defaults are sent, not left to the service, so that what a template leaves out has one meaning. */
export function privacyOf({ Privacy = 'PUBLIC' }: ChannelProperties) {
  return Privacy as 'PUBLIC' | 'PRIVATE';
}

export function modeOf({ Mode = 'UNRESTRICTED' }: ChannelProperties) {
  return Mode as 'UNRESTRICTED' | 'RESTRICTED';
}

/** What UpdateChannel changes, comparable. */
export function contentOf(properties: ChannelProperties): string {
  return JSON.stringify([properties.Name, modeOf(properties), properties.Metadata]);
}
