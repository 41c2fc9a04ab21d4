import { Call } from './call';
import { Association } from '../../store/state';

/** Whether an association shows in lists: a deleted channel's may linger for a while, or for good. */
export function isListed({ behaviour, now }: Call<unknown>, { channelDeleted }: Association): boolean {
  if (channelDeleted === undefined || behaviour.deletedChannelListingMs === 'forever') return true;
  return now - channelDeleted < behaviour.deletedChannelListingMs;
}

/** Whether a flow counts as associated when it is to be deleted. */
export function isAssociated(call: Call<unknown>, channelFlowArn: string): boolean {
  const { state, behaviour, now } = call;
  const blocks = (association: Association) => association.channelDeleted === undefined
    || (behaviour.deletedChannelBlocksFlow && isListed(call, association));
  return state.associations.values().some(
    association => association.channelFlowArn === channelFlowArn && blocks(association),
  )
    || now - (state.lastDisassociation.get(channelFlowArn) ?? -Infinity) < behaviour.deleteConsistencyMs;
}
