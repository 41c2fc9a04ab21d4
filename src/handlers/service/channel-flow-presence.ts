import { paginateListChannelFlows } from '@aws-sdk/client-chime-sdk-messaging';
import { appInstanceIsGone } from './app-instance-presence';
import { appInstanceArnOf } from './arn';
import type { Clients } from './clients';
import type { Clock } from './clock';
import { isAbsent } from './eventual-consistency';
import { isForbidden, isNotFound } from './service-error';

/**
 * The channel flows of an app instance; none where the app instance is proven gone. It is the only way to tell a flow
 * that is gone from one that may not be seen, because the service answers 403 for both.
 */
export async function listChannelFlows(appInstanceArn: string, clients: Clients, clock: Clock): Promise<string[]> {
  const flows: string[] = [];
  try {
    for await (const page of paginateListChannelFlows(
      { client: clients.messaging }, { AppInstanceArn: appInstanceArn, MaxResults: 50 },
    )) {
      flows.push(...(page.ChannelFlows ?? []).flatMap(({ ChannelFlowArn }) => ChannelFlowArn ?? []));
    }
  } catch (error) {
    if (!isNotFound(error) && !isForbidden(error)) throw error;
    if (!await appInstanceIsGone(appInstanceArn, clients.identity, clock)) throw error;
  }
  return flows;
}

export async function channelFlowIsGone(arn: string, clients: Clients, clock: Clock): Promise<boolean> {
  return isAbsent(clock, async () => (await listChannelFlows(appInstanceArnOf(arn)!, clients, clock)).includes(arn));
}
