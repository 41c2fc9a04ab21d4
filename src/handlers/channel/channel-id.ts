import { createHash } from 'node:crypto';
import { privacyOf, type ChannelEvent } from './wanted';
import { idOf } from '../service/arn';

/**
 * The id of a channel for which the template names none. It is derived from what identifies the resource, so that a
 * channel whose ARN was never learnt (a lost answer, a rollback after a replacement) can be found without listing what
 * may be millions. A channel can't change its privacy: another privacy is another channel, hence another id.
 */
function derivedId(event: ChannelEvent): string {
  const hash = createHash('sha256').update([event.StackId, event.LogicalResourceId, privacyOf(event.ResourceProperties)].join('\n'));
  return `${DERIVED_PREFIX}${hash.digest('hex').slice(0, 32)}`;
}

const DERIVED_PREFIX = 'cdk-';

/** Whether the channel has an id that no other resource would take. */
export function isDerivedId(channelArn: string): boolean {
  return idOf(channelArn).startsWith(DERIVED_PREFIX);
}

/** How many channels of one resource may have been retained, or be still being removed, before there is no id left. */
const DERIVED_IDS = 9;

/**
 * The ids to create a channel under, in the order of preference. All but the first are for a derived id that is taken. They
 * hold nothing of the event, for another event, such as the Delete of a Create that lost its answer, must find them.
 */
export function channelIds(event: ChannelEvent): string[] {
  const { ChannelId } = event.ResourceProperties;
  if (ChannelId !== undefined) return [ChannelId];
  const [first, ...more] = Array<string>(DERIVED_IDS).fill(derivedId(event));
  return [first, ...more.map((id, index) => `${id}-${index + 2}`)];
}

/** Whether the channel has the id that the template wants; where it names none, one that was derived for this resource. */
export function hasWantedId(channelArn: string, event: ChannelEvent): boolean {
  const { ChannelId } = event.ResourceProperties;
  const id = idOf(channelArn);
  return ChannelId === undefined ? id === derivedId(event) || id.startsWith(`${derivedId(event)}-`) : id === ChannelId;
}
