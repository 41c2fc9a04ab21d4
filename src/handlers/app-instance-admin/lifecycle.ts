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
 * | Delete, user or app instance gone, no claim, or an id of another stack | success |
 *
 * That somebody was promoted by this library decides whether they are demoted in the end, so nobody is believed who could have written it
 * by hand. Claims of this stack are sealed with its secret. What other stacks claim can't be told from what was written by hand: it
 * keeps an admin one, and demotes nobody. The claim of nobody, by which one stack leaves a promotion to the others, is sealed with the
 * moment of the promotion, which can be read by who may describe admins, and not by who may only tag.
 */
import {
  CreateAppInstanceAdminCommand, DeleteAppInstanceAdminCommand, DescribeAppInstanceAdminCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { APP_INSTANCE_ADMIN_ATTRIBUTES, type AppInstanceAdminProperties } from './properties';
import { APP_INSTANCE_ADMIN } from './schema';
import {
  arnClaimedBy, claimedPhysicalId, claimKey, CLAIM_PREFIX, claimKeysToRemove, DISPLACED_CLAIM_KEY, readClaims, otherClaims, stackSecret, type Claims,
} from '../claims/claims';
import { seal } from '../claims/seal';
import { FailedWithPhysicalId, type LifecycleEvent, type Outcome } from '../protocol/lifecycle';
import { checkProperties } from '../schema/rules';
import { appInstanceArnOf, isUserOrBotArn } from '../service/arn';
import type { Clients } from '../service/clients';
import { Unfinished, type Clock } from '../service/clock';
import { failureMessage, isConflict, isForbidden, isNotFound } from '../service/service-error';
import type { TagProperty } from '../tags/tag-property';
import { identityTagging } from '../tags/tagging';

type Event = LifecycleEvent<AppInstanceAdminProperties>;

/** Values of the claim: who made the user an admin decides whether the last claim's end demotes. */
const PROMOTED = 'promoted';
const FOUND = 'found';

export async function appInstanceAdmin(given: Event, clients: Clients, _clock: Clock): Promise<Outcome> {
  const event = checkProperties(given, APP_INSTANCE_ADMIN);
  const { AppInstanceAdminArn: arn } = event.ResourceProperties;
  if (event.RequestType === 'Delete') {
    const left = arnClaimedBy(event, arn);
    if (isUserOrBotArn(left)) await release(left, event, clients);
    return { physicalId: event.PhysicalResourceId! };
  }

  if (appInstanceArnOf(arn) !== event.ResourceProperties.AppInstanceArn) {
    throw new Error(`${arn} is not of ${event.ResourceProperties.AppInstanceArn} — an admin is a user or bot of its own app instance`);
  }
  const physicalId = claimedPhysicalId(arn, event);
  const previous = event.OldResourceProperties?.AppInstanceAdminArn;
  if (event.PhysicalResourceId !== physicalId || previous !== arn) await hold(arn, event, clients);
  // A swapped Update after a replacement: CloudFormation may never have learnt of it.
  if (event.PhysicalResourceId === physicalId && previous !== arn && isUserOrBotArn(previous)) await release(previous, event, clients);
  return { physicalId, data: { [APP_INSTANCE_ADMIN_ATTRIBUTES.ARN]: arn } };
}

async function hold(arn: string, event: Event, clients: Clients): Promise<void> {
  const tagging = identityTagging(clients.identity);
  // Claims are written before and read after: who is an admin by this event's other delivery is seen to be so by its claim.
  const promotion = await promotionOf(arn, clients);
  const isAdmin = promotion !== undefined;
  const tags = await tagging.list(arn);
  const claims = readAdminClaims(tags, arn, event, promotion);
  const isPromoted = [claims.own, ...claims.ofStack, claims.displaced].includes(PROMOTED);
  const claim = sealed({ Key: claimKey(event), Value: isAdmin && !isPromoted ? FOUND : PROMOTED }, arn, stackSecret(event));
  const hadClaim = claims.own !== undefined;
  try {
    if (!tags.some(({ Key, Value }) => Key === claim.Key && Value === claim.Value)) await tagging.tag(arn, [claim]);
    if (!isAdmin) await promote(arn, clients);
  } catch (error) {
    if (!hadClaim && !Unfinished.in(error)) await leave(arn, event, clients, error);
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
    const message = `${failureMessage(cause)}; and the claim on ${arn} could not be dropped: ${failureMessage(error)}`;
    throw new FailedWithPhysicalId(message, claimedPhysicalId(arn, event), { cause: Unfinished.in(error) ?? cause });
  }
}

async function release(arn: string, event: Event, clients: Clients): Promise<void> {
  const tagging = identityTagging(clients.identity);
  const tags = await tagsUnlessGone(arn, clients);
  if (tags === undefined) return;
  const present = readClaims(tags, event);
  if (present.own === undefined) return;
  const remains = otherClaims(present).length > 0;
  const { own, ofStack } = readAdminClaims(tags, arn, event);
  const mustLook = remains ? own === PROMOTED && !ofStack.includes(PROMOTED) : own !== PROMOTED && present.displaced !== undefined;
  const promotion = mustLook ? await promotionOf(arn, clients) : undefined;
  const claims = readAdminClaims(tags, arn, event, promotion);
  if (!remains) {
    if (own === PROMOTED || claims.displaced === PROMOTED) await demote(arn, clients);
  } else if (promotion !== undefined && claims.displaced !== PROMOTED) {
    // Those that remain can't know from our claim that this library promoted: it is left for the last of them.
    await tagging.tag(arn, [sealed({ Key: DISPLACED_CLAIM_KEY, Value: PROMOTED }, arn, promotion)]);
  }
  await tagging.untag(arn, claimKeysToRemove(event, present));
}

/**
 * The claims as they are without their seals. An own claim, or one of the same stack, that is not sealed says FOUND, which does nothing;
 * what other stacks claim says only that they do.
 *
 * @param promotion when the user became an admin; nobody's claim on another promotion, or none, says nothing
 */
function readAdminClaims(tags: readonly TagProperty[], arn: string, event: Event, promotion?: string): Claims {
  const opened = tags.filter(({ Key }) => Key.startsWith(CLAIM_PREFIX)).flatMap(({ Key, Value }) => {
    const secret = Key === DISPLACED_CLAIM_KEY ? promotion : stackSecret(event);
    const isPromoted = secret !== undefined && sealed({ Key, Value: PROMOTED }, arn, secret).Value === Value;
    if (Key === DISPLACED_CLAIM_KEY && !isPromoted) return [];
    return { Key, Value: isPromoted ? PROMOTED : FOUND };
  });
  return readClaims(opened, event);
}

function sealed({ Key, Value }: TagProperty, arn: string, secret: string): TagProperty {
  return { Key, Value: `${Value} @${seal(secret, arn, Key, Value)}` };
}

async function demote(arn: string, clients: Clients): Promise<void> {
  try {
    await clients.identity.send(new DeleteAppInstanceAdminCommand({ AppInstanceArn: appInstanceArnOf(arn), AppInstanceAdminArn: arn }));
  } catch (error) {
    if (await isAdminNow(arn, clients)) throw error;
  }
}

async function isAdminNow(arn: string, clients: Clients): Promise<boolean> {
  return await promotionOf(arn, clients) !== undefined;
}

/** When the user became an admin, to the millisecond; undefined for who is none. */
async function promotionOf(arn: string, clients: Clients): Promise<string | undefined> {
  try {
    const { AppInstanceAdmin } = await clients.identity.send(
      new DescribeAppInstanceAdminCommand({ AppInstanceArn: appInstanceArnOf(arn), AppInstanceAdminArn: arn }),
    );
    return String(AppInstanceAdmin?.CreatedTimestamp?.getTime());
  } catch (error) {
    if (isNotFound(error) || isForbidden(error)) return undefined;
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
