import { DeleteChannelFlowCommand } from '@aws-sdk/client-chime-sdk-messaging';
import { byHand, Drain } from './drain';
import { jittered } from '../service/backoff';
import type { Bearers } from '../service/bearers';
import { channelFlowIsGone } from '../service/channel-flow-presence';
import type { Clients } from '../service/clients';
import type { Clock } from '../service/clock';
import { explain, isBadRequest, isConflict, isForbidden, isNotFound } from '../service/service-error';

/** How long the service may go on refusing after the last channel was disassociated. */
const CONSISTENT_WITHIN_MS = 120_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Deletes a flow: at once where no channel is associated, else after all of them were disassociated. A channel that
 * comes meanwhile is disassociated too; one that is gone, but still listed, is left to the service and named if it
 * stays in the way.
 */
export async function deleteChannelFlow(arn: string, bearers: Bearers, clients: Clients, clock: Clock): Promise<void> {
  let refusal = await refusalOf(arn, clients, clock);
  if (refusal === undefined) return;

  const drain = new Drain(arn, bearers, clients, clock);
  const ends = clock.now() + CONSISTENT_WITHIN_MS;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    const disassociated = await drain.run();
    refusal = await refusalOf(arn, clients, clock);
    if (refusal === undefined) return;
    if (disassociated > 0) continue;
    if (clock.now() + wait > ends || clock.remaining() < wait) break;
    await clock.sleep(jittered(wait));
  }
  const inTheWay = drain.gone.size === 0
    ? 'no channel is listed any more'
    : `still associated, but gone themselves: ${some([...drain.gone])}`;
  throw explain(refusal, `${inTheWay}; delete the stack again later, or ${byHand(arn)}`);
}

/** Undefined when the flow is deleted; the error when the service refuses because of channels. */
async function refusalOf(arn: string, clients: Clients, clock: Clock): Promise<unknown> {
  try {
    await clients.messaging.send(new DeleteChannelFlowCommand({ ChannelFlowArn: arn }));
    return undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    if (isConflict(error) || isBadRequest(error)) return error;
    if (isForbidden(error) && await channelFlowIsGone(arn, clients, clock)) return undefined;
    throw error;
  }
}

function some(channels: readonly string[]): string {
  const shown = channels.slice(0, 5).join(', ');
  return channels.length > 5 ? `${shown} and ${channels.length - 5} more` : shown;
}
