import { Outcome, outcomeOf, remarked } from '../outcome';
import { Answers, Finding, Question, Unanswered } from '../question';
import type { Workspace } from '../workspace';

/**
 * What a list that lags, or a deletion that is refused for a while, may take longer than it did when it was measured.
 */
const margin = (ms: number) => 1.2 * ms + 100;

/**
 * A flow may be impossible to delete for ever when a channel was deleted that had it. That is to be found out only
 * where its app instance can be deleted all the same.
 */
export const deletedChannel: Question = {
  asks: {
    deletedChannelListing: 'a channel deleted while it had a flow, in the flow\'s list',
    deletedChannelListingMs: 'how long it lingers there, in ms',
    deletedChannelBlocksFlow: 'whether the flow can\'t be deleted meanwhile',
  },

  obstacle(_, { deleteAppInstanceWithFlows }) {
    return deleteAppInstanceWithFlows === 'success'
      ? undefined
      : 'the flow might become impossible to delete, and its app instance, which can\'t be deleted with it, would be '
        + 'left';
  },

  async ask(workspace, { listConsistencyMs = 0, deleteConsistencyMs = 0 }) {
    const watched = await workspace.channelWithFlow();
    const tried = await workspace.channelWithFlow();
    const since = performance.now();
    for (const { channel } of [watched, tried]) {
      await workspace.service.messaging.deleteChannel({ ChannelArn: channel, ChimeBearer: workspace.owner });
    }
    await workspace.patience.sleep(margin(Math.max(listConsistencyMs, deleteConsistencyMs)));
    const blocking = await blockingOf(workspace, tried.flow);
    const listing = await workspace.patience.until(() => list(workspace, watched.flow), isUnlisted, since);
    const lingered = listing.ms > 0 || !listing.happened;
    return lingered
      ? lingering(listing, blocking)
      : { answers: { deletedChannelListing: 'removed' }, evidence: [listing.value] };
  },
};

function lingering(
  { value, happened, ms }: { value: Outcome; happened: boolean; ms: number }, blocking: Finding | undefined,
): Finding {
  const answers: Answers = {
    deletedChannelListing: 'lingers',
    deletedChannelListingMs: happened ? ms : 'forever',
    ...blocking?.answers,
  };
  return {
    answers,
    evidence: [
      remarked(value, happened ? `gone after ${ms} ms` : `still listed after ${ms} ms`), ...blocking?.evidence ?? [],
    ],
    ...blocking ? {} : { note: 'too short to see whether the flow could be deleted meanwhile' },
  };
}

/** Whether the flow can be deleted while the channel is listed; nothing if it is not, before and after. */
async function blockingOf(workspace: Workspace, flow: string): Promise<Finding | undefined> {
  if (isUnlisted(await list(workspace, flow))) return undefined;
  const deletion = await outcomeOf(workspace.service.messaging.deleteChannelFlow({ ChannelFlowArn: flow }));
  if (deletion.code === 'success') return { answers: { deletedChannelBlocksFlow: false }, evidence: [deletion] };
  if (!['Conflict', 'BadRequest'].includes(deletion.code)) throw new Unanswered('unforeseen refusal', [deletion]);
  return isUnlisted(await list(workspace, flow))
    ? undefined
    : { answers: { deletedChannelBlocksFlow: true }, evidence: [deletion] };
}

function list(workspace: Workspace, ChannelFlowArn: string) {
  return outcomeOf(workspace.service.messaging.listChannelsAssociatedWithChannelFlow({ ChannelFlowArn }));
}

/** What can't be listed is not known to be unlisted. */
function isUnlisted({ output }: Outcome<{ Channels?: unknown[] }>): boolean {
  return output !== undefined && (output.Channels ?? []).length === 0;
}
