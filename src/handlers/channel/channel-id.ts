import { createHash } from 'node:crypto';
import { privacyOf, type ChannelEvent } from './desired';
import { idOf } from '../service/arn';

/**
 * The id of a channel for which the template names none. It is derived from what identifies the resource, so that a
 * channel whose ARN was never learnt (a lost answer, a rollback after a replacement) can be found without listing what
 * may be millions. A channel can't change its privacy: another privacy is another channel, hence another id.
 */
function derivedId({ StackId, LogicalResourceId, ResourceProperties }: ChannelEvent): string {
  const hash = createHash('sha256').update([StackId, LogicalResourceId].join('\n'));
  return `cdk-${privacyOf(ResourceProperties).toLowerCase()}-${hash.digest('hex').slice(0, 32)}`;
}

/** Nobody chooses such an id. */
const DERIVED_ID = /^cdk-(public|private)-[0-9a-f]{32}(-\d)?$/;

/** Whether the channel has an id that no other resource would take. */
export function isDerivedId(channelArn: string): boolean {
  return DERIVED_ID.test(idOf(channelArn));
}

/** How many channels of one resource may have been retained, or be still being removed, before there is no id left. */
const DERIVED_IDS = 9;

/**
 * The ids to create a channel under, in the order of preference. All but the first are for a derived id that is taken.
 * They hold nothing of the event, for another event, such as the Delete of a Create that lost its answer, must find
 * them.
 */
export function channelIds(event: ChannelEvent): string[] {
  const { ChannelId } = event.ResourceProperties;
  if (ChannelId !== undefined) return [ChannelId];
  const [first, ...more] = Array<string>(DERIVED_IDS).fill(derivedId(event));
  return [first, ...more.map((id, index) => `${id}-${index + 2}`)];
}

/**
 * Whether a resource's channel has the id that its template wants; where it names none, one that was derived for that
 * privacy. It need not be what would be derived today: a stack refactoring gives the resource another logical id, and
 * the channel stays.
 */
export function hasDesiredId(channelArn: string, { ResourceProperties: desired }: ChannelEvent): boolean {
  const id = idOf(channelArn);
  return desired.ChannelId === undefined
    ? DERIVED_ID.exec(id)?.[1] === privacyOf(desired).toLowerCase()
    : id === desired.ChannelId;
}
