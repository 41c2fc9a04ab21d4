/**
 * The promotion of an app instance user or bot to admin.
 *
 * | Event | Does |
 * |---|---|
 * | Create | claims the user, then promotes; is admin already → only the claim, which notes that nobody of ours promoted |
 * | Update, user or app instance | as Create on the new one; the Delete of the old id demotes the old one |
 * | Update, back from a replacement that CloudFormation may not have learnt of | as its own row, and demotes whom the replacement promoted |
 * | Update, nothing changed | no call |
 * | Delete | demotes a user whom this library promoted and nobody else claims, then drops the claim |
 * | Delete, others claim the user | drops the claim; who promoted is known to the last of them |
 * | Delete, user or app instance gone, or no claim | success |
 */
import {
  CreateAppInstanceAdminCommand, DeleteAppInstanceAdminCommand, DescribeAppInstanceAdminCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { APP_INSTANCE_ADMIN_ATTRIBUTES, type AppInstanceAdminProperties } from './properties';
import { arnOfClaimedPhysicalId, claimedPhysicalId, claimKey, keysThatLeave, NOBODYS_CLAIM_KEY, readClaims, realClaims } from '../claims/claims';
import type { Clients } from '../clients';
import { FailedWithPhysicalId, type Clock, type LifecycleEvent, type Outcome } from '../protocol/lifecycle';
import type { TagProperty } from '../protocol/tag-property';
import { appInstanceArnOf, isUserOrBotArn } from '../service/arn';
import { describeFailure, isConflict, isForbidden, isNotFound } from '../service/service-error';
import { identityTagging } from '../tags/tagging';

type Event = LifecycleEvent<AppInstanceAdminProperties>;

/** Values of the claim: who made the user an admin decides whether the last claim's end demotes. */
const PROMOTED = 'promoted';
const FOUND = 'found';

export async function appInstanceAdmin(event: Event, clients: Clients, _clock: Clock): Promise<Outcome> {
  const { AppInstanceAdminArn: arn } = event.ResourceProperties;
  if (event.RequestType === 'Delete') {
    const left = arnOfClaimedPhysicalId(event.PhysicalResourceId) ?? arn;
    if (isUserOrBotArn(left)) await release(left, event, clients);
    return { physicalId: event.PhysicalResourceId! };
  }

  if (!isUserOrBotArn(arn)) throw new Error(`'user' is no app instance user or bot: got ${arn} — give the ARN of one`);
  if (appInstanceArnOf(arn) !== event.ResourceProperties.AppInstanceArn) {
    throw new Error(`${arn} is not of ${event.ResourceProperties.AppInstanceArn} — an admin is a user or bot of its own app instance`);
  }
  const physicalId = claimedPhysicalId(arn, event);
  const former = event.OldResourceProperties?.AppInstanceAdminArn;
  if (event.PhysicalResourceId !== physicalId || former !== arn) await hold(arn, event, clients);
  // A swapped Update after a replacement: CloudFormation may never have learnt of it.
  if (event.PhysicalResourceId === physicalId && former !== arn && isUserOrBotArn(former)) await release(former, event, clients);
  return { physicalId, data: { [APP_INSTANCE_ADMIN_ATTRIBUTES.ARN]: arn } };
}

async function hold(arn: string, event: Event, clients: Clients): Promise<void> {
  const tagging = identityTagging(clients.identity);
  // Claims are written before and read after: who is an admin by this event's other delivery is seen to be so by its claim.
  const isAdmin = await isAdminNow(arn, clients);
  const claims = readClaims(await tagging.list(arn), event);
  const claimed = [claims.own, ...realClaims(claims), claims.nobodys];
  const claim = isAdmin && !claimed.includes(PROMOTED) ? FOUND : PROMOTED;
  try {
    if (claims.own !== claim) await tagging.tag(arn, [{ Key: claimKey(event), Value: claim }]);
    if (!isAdmin) await promote(arn, clients);
  } catch (error) {
    if (claims.own === undefined) await leave(arn, event, clients, error);
    throw error;
  }
}

async function promote(arn: string, clients: Clients): Promise<void> {
  try {
    await clients.identity.send(new CreateAppInstanceAdminCommand({ AppInstanceArn: appInstanceArnOf(arn), AppInstanceAdminArn: arn }));
  } catch (error) {
    // Somebody was faster, or the answer to our own call was lost.
    if (!isConflict(error) || !await isAdminNow(arn, clients)) throw error;
  }
}

/** A failed promotion leaves no claim; one that stays all the same is named by the id, so that a Delete comes for it. */
async function leave(arn: string, event: Event, clients: Clients, cause: unknown): Promise<void> {
  try {
    // A Conflict says that somebody else promoted: that is not ours to undo.
    if (isConflict(cause)) await identityTagging(clients.identity).untag(arn, [claimKey(event)]);
    else await release(arn, event, clients);
  } catch (error) {
    const message = `${describeFailure(cause)}; and the claim on ${arn} could not be dropped: ${describeFailure(error)}`;
    throw new FailedWithPhysicalId(message, claimedPhysicalId(arn, event), { cause });
  }
}

async function release(arn: string, event: Event, clients: Clients): Promise<void> {
  const tagging = identityTagging(clients.identity);
  const tags = await tagsUnlessGone(arn, clients);
  if (tags === undefined) return;
  const claims = readClaims(tags, event);
  const { own, nobodys } = claims;
  if (own === undefined) return;
  const remaining = realClaims(claims);
  if (remaining.length === 0) {
    if (own === PROMOTED || nobodys === PROMOTED) await demote(arn, clients);
  } else if (own === PROMOTED && ![...remaining, nobodys].includes(PROMOTED) && await isAdminNow(arn, clients)) {
    // Those that remain found an admin, whom somebody demoted by hand: that this library promoted anew is left for the last of them.
    await tagging.tag(arn, [{ Key: NOBODYS_CLAIM_KEY, Value: PROMOTED }]);
  }
  await tagging.untag(arn, keysThatLeave(event, claims));
}

async function demote(arn: string, clients: Clients): Promise<void> {
  try {
    await clients.identity.send(new DeleteAppInstanceAdminCommand({ AppInstanceArn: appInstanceArnOf(arn), AppInstanceAdminArn: arn }));
  } catch (error) {
    if (await isAdminNow(arn, clients)) throw error;
  }
}

async function isAdminNow(arn: string, clients: Clients): Promise<boolean> {
  try {
    await clients.identity.send(new DescribeAppInstanceAdminCommand({ AppInstanceArn: appInstanceArnOf(arn), AppInstanceAdminArn: arn }));
    return true;
  } catch (error) {
    if (isNotFound(error) || isForbidden(error)) return false;
    throw error;
  }
}

/** The user's tags, or undefined where the user is gone: without a bearer, the service's own 403 can mean nothing else. */
async function tagsUnlessGone(arn: string, clients: Clients): Promise<TagProperty[] | undefined> {
  try {
    return await identityTagging(clients.identity).list(arn);
  } catch (error) {
    if (isNotFound(error) || isForbidden(error)) return undefined;
    throw error;
  }
}
