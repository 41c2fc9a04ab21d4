import { Call } from './call';
import { Association } from '../../store/state';

/** Whether an association shows in lists: a deleted channel's may linger for a while, or for good. */
export function isListed({ behaviour, now }: Call<unknown>, { channelDeleted }: Association): boolean {
  if (channelDeleted === undefined || behaviour.deletedChannelListingMs === 'forever') return true;
  return now - channelDeleted.getTime() < behaviour.deletedChannelListingMs;
}

/** Whether a flow counts as associated when it is to be deleted. */
export function isAssociated(call: Call<unknown>, flowArn: string): boolean {
  const { state, behaviour, now } = call;
  const blocks = (association: Association) => association.ChannelFlowArn === flowArn
    && (association.channelDeleted === undefined
      || (behaviour.deletedChannelBlocksFlow && isListed(call, association)));
  return state.associations.values().some(blocks)
    || now - (state.lastDisassociation.get(flowArn) ?? -Infinity) < behaviour.deleteConsistencyMs;
}
