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
 * That somebody was promoted by this library decides whether they are demoted in the end, so nobody is believed who
 * could have written it by hand. Claims of this stack are sealed with its secret. What other stacks claim can't be told
 * from what was written by hand: it keeps an admin one, and demotes nobody. The claim of nobody, by which one stack
 * leaves a promotion to the others, is sealed with the moment of the promotion, which can be read by who may describe
 * admins, and not by who may only tag.
 */
import {
  CreateAppInstanceAdminCommand, DeleteAppInstanceAdminCommand, DescribeAppInstanceAdminCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { APP_INSTANCE_ADMIN_ATTRIBUTES, type AppInstanceAdminProperties } from './properties';
import { APP_INSTANCE_ADMIN } from './schema';
import {
  claimKey, CLAIM_PREFIX, claimKeysToRemove, DISPLACED_CLAIM_KEY, readClaims, otherClaims, stackSecret, type Claims,
} from '../claims/claims';
import { seal } from '../claims/seal';
import type { LifecycleEvent, Outcome } from '../protocol/lifecycle';
import { ClaimedResource } from '../reconciler/claimed-resource';
import { checkProperties } from '../schema/rules';
import { appInstanceArnOf, isUserOrBotArn } from '../service/arn';
import type { Clients } from '../service/clients';
import { Unfinished, type Clock } from '../service/clock';
import { isConflict, isForbidden, isNotFound } from '../service/service-error';
import { hasTag } from '../tags/tag-diff';
import type { TagProperty } from '../tags/tag-property';
import { identityTagging } from '../tags/tagging';

type Event = LifecycleEvent<AppInstanceAdminProperties>;

/** Values of the claim: who made the user an admin decides whether the last claim's end demotes. */
const PROMOTED = 'promoted';
const FOUND = 'found';

export async function appInstanceAdmin(event: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  return new AppInstanceAdmin(checkProperties(event, APP_INSTANCE_ADMIN), clients, clock).reconcile();
}

class AppInstanceAdmin extends ClaimedResource<AppInstanceAdminProperties> {
  private readonly tagging = identityTagging(this.clients.identity);

  protected claimedArn({ AppInstanceAdminArn }: AppInstanceAdminProperties): string | undefined {
    return AppInstanceAdminArn;
  }

  protected canClaim(arn: string | undefined): arn is string {
    return isUserOrBotArn(arn);
  }

  protected isSame(desired: AppInstanceAdminProperties, previous: AppInstanceAdminProperties): boolean {
    return desired.AppInstanceAdminArn === previous.AppInstanceAdminArn;
  }

  protected refuseImpossible(): void {
    const { AppInstanceAdminArn, AppInstanceArn } = this.event.ResourceProperties;
    if (appInstanceArnOf(AppInstanceAdminArn) === AppInstanceArn) return;
    throw new Error(
      `${AppInstanceAdminArn} is not of ${AppInstanceArn} — an admin is a user or bot of its own app instance`,
    );
  }

  protected attributes(arn: string): Outcome['data'] {
    return { [APP_INSTANCE_ADMIN_ATTRIBUTES.ARN]: arn };
  }

  protected async hold(arn: string): Promise<void> {
    // Claims are written before and read after: who is an admin by this event's other delivery is seen to be so by its
    // claim.
    const promotion = await this.promotionOf(arn);
    const isAdmin = promotion !== undefined;
    const tags = await this.tagging.list(arn);
    const claims = readAdminClaims(tags, arn, this.event, promotion);
    const isPromoted = [claims.own, ...claims.ofStack, claims.displaced].includes(PROMOTED);
    const claim = sealed(
      { Key: claimKey(this.event), Value: isAdmin && !isPromoted ? FOUND : PROMOTED }, arn, stackSecret(this.event),
    );
    try {
      if (!hasTag(tags, claim)) await this.tagging.tag(arn, [claim]);
      if (!isAdmin) await this.promote(arn);
    } catch (error) {
      if (claims.own === undefined && !Unfinished.in(error)) await this.dropClaim(arn, error);
      throw error;
    }
  }

  protected async release(arn: string): Promise<void> {
    const tags = await this.tagsUnlessGone(arn);
    if (tags === undefined) return;
    const present = readClaims(tags, this.event);
    if (present.own === undefined) return;
    const remains = otherClaims(present).length > 0;
    const { own, ofStack } = readAdminClaims(tags, arn, this.event);
    const mustLook = remains
      ? own === PROMOTED && !ofStack.includes(PROMOTED)
      : own !== PROMOTED && present.displaced !== undefined;
    const promotion = mustLook ? await this.promotionOf(arn) : undefined;
    const { displaced } = readAdminClaims(tags, arn, this.event, promotion);
    if (!remains) {
      if (own === PROMOTED || displaced === PROMOTED) await this.demote(arn);
    } else if (promotion !== undefined && displaced !== PROMOTED) {
      // Those that remain can't know from our claim that this library promoted: it is left for the last of them.
      await this.tagging.tag(arn, [sealed({ Key: DISPLACED_CLAIM_KEY, Value: PROMOTED }, arn, promotion)]);
    }
    await this.tagging.untag(arn, claimKeysToRemove(this.event, present));
  }

  /** A failed promotion leaves no claim. */
  private async dropClaim(arn: string, cause: unknown): Promise<void> {
    try {
      // A Conflict says that somebody else promoted: that is not ours to undo.
      if (isConflict(cause)) await this.tagging.untag(arn, [claimKey(this.event)]);
      else await this.release(arn);
    } catch (error) {
      throw this.notPutBack(`the claim on ${arn} could not be dropped`, arn, cause, error);
    }
  }

  private async promote(arn: string): Promise<void> {
    try {
      await this.clients.identity.send(
        new CreateAppInstanceAdminCommand({ AppInstanceArn: appInstanceArnOf(arn), AppInstanceAdminArn: arn }),
      );
    } catch (error) {
      // Somebody was faster, or the answer to our own call was lost.
      if (!isConflict(error) || await this.promotionOf(arn) === undefined) throw error;
    }
  }

  private async demote(arn: string): Promise<void> {
    try {
      await this.clients.identity.send(
        new DeleteAppInstanceAdminCommand({ AppInstanceArn: appInstanceArnOf(arn), AppInstanceAdminArn: arn }),
      );
    } catch (error) {
      if (await this.promotionOf(arn) !== undefined) throw error;
    }
  }

  /** When the user became an admin, to the millisecond; undefined for a user who is not one. */
  private async promotionOf(arn: string): Promise<string | undefined> {
    try {
      const { AppInstanceAdmin: admin } = await this.clients.identity.send(
        new DescribeAppInstanceAdminCommand({ AppInstanceArn: appInstanceArnOf(arn), AppInstanceAdminArn: arn }),
      );
      return String(admin?.CreatedTimestamp?.getTime());
    } catch (error) {
      if (isNotFound(error) || isForbidden(error)) return undefined;
      throw error;
    }
  }

  /**
   * The user's tags, or undefined where the user is gone: without a bearer, the service's own 403 can mean nothing
   * else.
   */
  private async tagsUnlessGone(arn: string): Promise<TagProperty[] | undefined> {
    try {
      return await this.tagging.list(arn);
    } catch (error) {
      if (isNotFound(error) || isForbidden(error)) return undefined;
      throw error;
    }
  }
}

/**
 * The claims as they are without their seals. An own claim, or one of the same stack, that is not sealed says FOUND,
 * which does nothing; what other stacks claim says only that they do.
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
