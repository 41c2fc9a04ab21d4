import { outcomeOf, Outcome } from './outcome';
import type { Service } from './service';
import type { Patience } from './waiting';

/** Refusals that draining the app instance's flows may lift. */
const MAY_BE_LIFTED = ['Conflict', 'BadRequest', 'ResourceLimitExceeded'];

/**
 * Deletes an app instance with all that is in it, whatever the service wants to be deleted before. Answers how that
 * ended.
 */
export async function removeAppInstance(
  service: Service, patience: Patience, appInstanceArn: string,
): Promise<Outcome> {
  const outcome = await deleteOnce(service, appInstanceArn);
  if (!MAY_BE_LIFTED.includes(outcome.code)) return outcome;
  const drained = await patience.until(async () => {
    await drain(service, appInstanceArn);
    return deleteOnce(service, appInstanceArn);
  }, ({ code }) => !MAY_BE_LIFTED.includes(code));
  return drained.value;
}

/** What is gone already counts as deleted. */
async function deleteOnce({ identity }: Service, AppInstanceArn: string): Promise<Outcome> {
  const outcome = await outcomeOf(identity.deleteAppInstance({ AppInstanceArn }));
  if (!isMissing(outcome)) return outcome;
  const look = await outcomeOf(identity.describeAppInstance({ AppInstanceArn }));
  return isMissing(look) ? { ...outcome, code: 'success' } : outcome;
}

const isMissing = ({ code }: Outcome) => code === 'NotFound' || code === 'Forbidden';

/** Tries once to delete every flow that is listed; what can't be deleted yet is tried again in the next round. */
async function drain(service: Service, AppInstanceArn: string): Promise<void> {
  const { messaging } = service;
  const bearers = await bearersOf(service, AppInstanceArn);
  const { output } = await outcomeOf(messaging.listChannelFlows({ AppInstanceArn, MaxResults: 50 }));
  for (const { ChannelFlowArn } of output?.ChannelFlows ?? []) {
    await free(service, ChannelFlowArn!, bearers);
    await outcomeOf(messaging.deleteChannelFlow({ ChannelFlowArn }));
  }
}

async function free({ messaging }: Service, ChannelFlowArn: string, bearers: string[]): Promise<void> {
  const { output } = await outcomeOf(
    messaging.listChannelsAssociatedWithChannelFlow({ ChannelFlowArn, MaxResults: 50 }),
  );
  for (const { ChannelArn } of output?.Channels ?? []) {
    for (const ChimeBearer of bearers) {
      const outcome = await outcomeOf(messaging.disassociateChannelFlow({ ChannelArn, ChannelFlowArn, ChimeBearer }));
      if (outcome.code === 'success') break;
    }
  }
}

/** Admins first; a run that crashed early has none, but whoever made a channel moderates it. */
async function bearersOf({ identity }: Service, AppInstanceArn: string): Promise<string[]> {
  const admins = await outcomeOf(identity.listAppInstanceAdmins({ AppInstanceArn, MaxResults: 50 }));
  const users = await outcomeOf(identity.listAppInstanceUsers({ AppInstanceArn, MaxResults: 50 }));
  return [
    ...(admins.output?.AppInstanceAdmins ?? []).map(({ Admin }) => Admin!.Arn!),
    ...(users.output?.AppInstanceUsers ?? []).map(({ AppInstanceUserArn }) => AppInstanceUserArn!),
  ];
}
