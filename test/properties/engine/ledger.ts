/**
 * What the service must hold, from what the stacks hold, what was there before them, and what was changed by hand.
 *
 * Stacks that are in the middle of something (a rollback or a delete that failed) and resources that CloudFormation
 * forgot may have left anything of their own, and nothing else. Changes by hand make several outcomes right:
 *
 * | By hand                        | Then right as well                                                                          |
 * |--------------------------------|---------------------------------------------------------------------------------------------|
 * | a channel gets or loses a flow | it stays so until an association of the channel changes; after the last association has gone the flow that was there by hand last, or the one that was displaced |
 * | a flow or a channel is deleted | it stays away, and events that need it may fail                                             |
 * | tags are removed               | they stay away, claims and owner with them; associations of the channel may be refused, and may stay; what lost its answer, too, is nobody's |
 * | an admin is demoted            | it stays so                                                                                 |
 * | a key is set that a stack wants | the stack is refused, or leaves it alone                                                   |
 * | a claim is forged              | it stays; who it says is an admin may stay one, and a key that it says is claimed may stay, or be refused; nothing else changes |
 * | a claim is overwritten         | as where tags are removed                                                                   |
 */
import type { Event, EventPlan, Observer, Reply } from './cloudformation';
import type { Service } from './service';
import { claimantIn, unlearnt, type Held, type Stack } from './stack';
import type { Properties } from './template';
import { Violation } from './violation';
import { claimKey, DISPLACED_CLAIM_KEY } from '../../../src/handlers/claims/claims';
import { OWNER_TAG_KEY, ownerTag, type ResourceIdentity } from '../../../src/handlers/claims/owner';
import { RESERVED_TAG_PREFIX } from '../../../src/handlers/tags/tag-property';

export interface Holding {
  readonly stackId: string;
  readonly held: Held;
}

/** A flow on a channel, or none. */
type Carried = string | undefined;

const LATELY_MS = 12 * 3_600_000;

const DETAIL = 'at the service';

export class Ledger implements Observer {
  public readonly tagsByHand = new Map<string, Map<string, string>>();
  public readonly goneByHand = new Set<string>();
  public readonly untaggedByHand = new Set<string>();
  /** Users whose being admin was changed by hand while a stack cared. */
  public readonly demotedByHand = new Set<string>();
  /** Whether an operation is under way, so that a change by hand meets resources that are only being made. */
  public isMeanwhile = false;
  /** Claims that nobody made but by hand. */
  private readonly forged = new Map<string, Set<string>>();
  private readonly retainedHoldings: Holding[] = [];
  private readonly forgottenHoldings: Holding[] = [];
  /** What a channel carries when no association is left. */
  private readonly bases = new Map<string, Set<Carried>>();
  private readonly adminBases = new Map<string, Set<boolean>>();
  /** What a channel got by hand while associations held it. */
  private readonly touched = new Map<string, Set<Carried>>();
  /** Flows that associations of a stack ever wanted on a channel. */
  private readonly wantedEver = new Map<string, Set<string>>();
  private readonly valuesSeen = new Map<string, Set<string>>();
  private readonly owners = new Map<string, string>();
  private snapshot = new Map<string, Snapshot>();

  public constructor(private readonly service: Service, private readonly stacks: () => readonly Stack[]) {}

  // ---- what happens -------------------------------------------------------------------------------------------------

  public before(stack: Stack, event: Event, { type }: Pick<Held, 'type'>): void {
    this.owners.set(ownerOf(event), stack.id);
    const returns = this.mayTakeOverWhatWasRetained(stack, event);
    const { ChannelArn, ChannelFlowArn } = event.ResourceProperties as Record<string, string>;
    const existing = new Set([...this.state.users.entries(), ...this.state.channels.entries()].map(([arn]) => arn));
    const carried = type === 'association' ? this.carriedBy(ChannelArn) : undefined;
    const wantedEver = this.wantedEver.get(`${stack.id} ${ChannelArn}`) ?? new Set();
    this.snapshot.set(event.RequestId, {
      existing,
      carried,
      tags: this.tagsOf(ChannelArn),
      isForeign: carried !== undefined && !wantedEver.has(carried) && carried !== ChannelFlowArn,
      isReturn: returns || stack.rollback !== undefined,
      tagsOfOthers: type === 'appInstanceTags' ? this.tagsOfOthers(event) : new Map(),
    });
    if (type === 'association' && event.RequestType !== 'Delete') {
      this.wantedEver.set(`${stack.id} ${ChannelArn}`, new Set([...wantedEver, ChannelFlowArn]));
    }
  }

  public after(
    stack: Stack, event: Event, reply: Reply, { plan, type }: { plan: EventPlan; type: Held['type'] },
  ): void {
    const snapshot = this.snapshot.get(event.RequestId)!;
    this.snapshot.delete(event.RequestId);
    const isDisturbed = plan.attempts.length > 0;
    const where = `${event.RequestType} of ${event.LogicalResourceId} (${stack.id.split('/')[1]})`;
    if (reply.status === 'FAILED' && type !== 'native' && !isDisturbed
      && !this.isExcused(event, type, reply, snapshot)) {
      throw new Violation(`${where} failed without need: ${reply.reason}`);
    }
    for (const [key, value] of snapshot.tagsOfOthers) {
      const now = this.state.tags.get(String(event.ResourceProperties.AppInstanceArn))?.[key];
      if (now !== value) throw new Violation(`${where} made ${key}=${now} of another stack's ${key}=${value}`);
    }
    if (type === 'association' && event.RequestType !== 'Delete') {
      this.afterAssociation(event, reply, plan, snapshot, where);
    }
    if (type === 'appInstanceTags' && event.RequestType !== 'Delete') this.noteTags(event.ResourceProperties);
    if (event.RequestType === 'Delete' && type === 'association' && plan.again === 'beside') {
      this.mayBeFreedTwice(event);
    }
    if (event.RequestType === 'Delete') this.buryWhatIsGone();
  }

  /**
   * What the same resource left in its stack's name: one of the same logical id, or of the same claims. A Delete that
   * doesn't know its thing can tell it from what a Create made whose answer was lost by age alone. A claim has no age:
   * it is the same claim at once. And an Update that moves a resource to where it was retained looks like a rollback,
   * which must return to what was there: the answer says whether it does.
   */
  private mayTakeOverWhatWasRetained(stack: Stack, event: Event): boolean {
    const { LogicalResourceId, RequestType, PhysicalResourceId, ResourceProperties, OldResourceProperties } = event;
    const places: unknown[] = [ResourceProperties, OldResourceProperties ?? {}].flatMap(
      properties => Object.values(properties),
    );
    const isBlind = RequestType === 'Delete' && !PhysicalResourceId!.startsWith('arn:');
    const { appInstances, users, channels, channelFlows } = this.state;
    let returns = false;
    for (const holding of [...this.retainedHoldings]) {
      const { stackId, held } = holding;
      const [created] = [appInstances, users, channels, channelFlows].flatMap(
        register => register.get(held.physicalId)?.CreatedTimestamp.getTime() ?? [],
      );
      const isReturn = RequestType === 'Update' && held.physicalId !== PhysicalResourceId
        && (places.includes(thingOf(held)) || places.includes(appInstanceOf(held.physicalId)));
      const isClaim = RequestType === 'Create' && held.physicalId.includes('#');
      const isYoung = isBlind && created !== undefined && this.service.world.now() - created < LATELY_MS;
      const isOwn = held.logicalId === LogicalResourceId
        || (claimantIn(held.physicalId) ?? 'nobody') === claimantIn(PhysicalResourceId);
      if (stackId !== stack.id || !isOwn || !(isYoung || isClaim || isReturn)) continue;
      this.retainedHoldings.splice(this.retainedHoldings.indexOf(holding), 1);
      this.forgottenHoldings.push(holding);
      returns ||= isReturn;
    }
    return returns;
  }

  /**
   * Two deliveries at once of a Delete: the second may find the claims gone, as if by hand, and take off a flow that
   * was there before the association.
   */
  private mayBeFreedTwice({ PhysicalResourceId }: Event): void {
    const channel = PhysicalResourceId!.split('#')[0];
    if (this.bases.has(channel)) this.bases.set(channel, new Set([...this.basesOf(channel), undefined]));
  }

  /** What was changed by hand of a thing goes with the thing: another one of the same id begins anew. */
  private buryWhatIsGone(): void {
    for (const notes of [this.bases, this.touched, this.adminBases, this.tagsByHand, this.forged]) {
      for (const arn of notes.keys()) if (!this.isThere(arn)) notes.delete(arn);
    }
    for (const arn of this.untaggedByHand) if (!this.isThere(arn)) this.untaggedByHand.delete(arn);
    this.dropRetained(held => held.physicalId.includes('#') && !this.isThere(thingOf(held)));
  }

  public retained(stack: Stack, held: Held): void {
    if (this.goneByHand.has(thingOf(held)) && !this.isThere(thingOf(held))) return;
    this.retainedHoldings.push({ stackId: stack.id, held });
  }

  public forgotten(stack: Stack, held: Held): void {
    this.forgottenHoldings.push({ stackId: stack.id, held });
  }

  public deleteByHand(arn: string): void {
    this.goneByHand.add(arn);
    this.tagsByHand.delete(arn);
    this.dropRetained(held => thingOf(held) === arn);
  }

  private dropRetained(isGone: (held: Held) => boolean): void {
    for (const holding of this.retainedHoldings.filter(({ held }) => isGone(held))) {
      this.retainedHoldings.splice(this.retainedHoldings.indexOf(holding), 1);
    }
  }

  public carryByHand(channel: string, flow: Carried): void {
    const held = this.isMeanwhile || !this.stacks().every(isSettled)
      || this.holdersOf('association', channel).length > 0;
    const before = this.basesOf(channel);
    // Whether the flow counts as an association's own can't be told from outside: its claims may know it from before.
    this.bases.set(channel, new Set(held ? [...before, flow] : [flow]));
    if (held) this.touched.set(channel, new Set([...this.touched.get(channel) ?? [], flow]));
  }

  public promoteByHand(user: string, isAdmin: boolean): void {
    const held = this.isMeanwhile || !this.stacks().every(isSettled) || this.holdersOf('admin', user).length > 0;
    this.adminBases.set(user, new Set(held && isAdmin ? [...this.adminBases.get(user) ?? [false], true] : [isAdmin]));
    if (held) this.demotedByHand.add(user);
  }

  public tagByHand(arn: string, key: string, value: string): void {
    this.tagsByHand.set(arn, new Map([...this.tagsByHand.get(arn) ?? [], [key, value]]));
  }

  public untagByHand(arn: string): void {
    this.tagsByHand.delete(arn);
    this.untaggedByHand.add(arn);
    // Without claims nobody knows any more what was displaced, or that a flow is an association's own.
    if (this.state.channels.has(arn)
      && (this.isMeanwhile || !this.stacks().every(isSettled) || this.holdersOf('association', arn).length > 0)) {
      this.carryByHand(arn, this.carriedBy(arn));
      this.bases.set(arn, new Set([...this.basesOf(arn), undefined]));
    }
    if (this.state.users.has(arn)) this.promoteByHand(arn, this.isAdmin(arn));
  }

  public forgeByHand(arn: string, key: string): void {
    this.forged.set(arn, new Set([...this.forged.get(arn) ?? [], key]));
  }

  public overwriteByHand(arn: string, key: string): void {
    const byHand = this.tagsByHand.get(arn);
    this.untagByHand(arn);
    if (byHand !== undefined) this.tagsByHand.set(arn, byHand);
    this.forgeByHand(arn, key);
  }

  // ---- what must hold
  // ------------------------------------------------------------------------------------------------

  /** Throws for the first thing that is not as it must be. */
  public check(imported: {
    appInstances: readonly string[];
    users: readonly string[];
    channels: readonly string[];
    flows: readonly string[];
  }): void {
    this.checkKind('appInstance', this.state.appInstances.entries(), imported.appInstances);
    this.checkKind('user', this.state.users.entries(), imported.users);
    this.checkKind('channel', this.state.channels.entries(), imported.channels);
    this.checkKind('flow', this.state.channelFlows.entries(), imported.flows);
    this.state.users.keys().forEach(arn => this.checkAdmin(arn));
    this.state.channels.keys().forEach(arn => this.checkCarried(arn));
  }

  private checkKind(type: Held['type'], actual: [string, unknown][], imported: readonly string[]): void {
    const there = new Map(actual);
    const solid = this.solid().filter(({ held }) => held.type === type);
    for (const { held } of solid) {
      const { physicalId } = held;
      const record = there.get(physicalId);
      if (record === undefined) {
        if (this.goneByHand.has(physicalId) || !this.appInstanceIsThere(physicalId, type)) continue;
        throw new Violation(`${held.logicalId} (${physicalId}) is missing ${DETAIL}`);
      }
      this.checkContent(held, record as Record<string, unknown>);
    }
    const expected = new Set([...imported, ...solid.map(({ held }) => held.physicalId)]);
    for (const [arn] of actual) {
      if (!expected.has(arn) && !this.mayBeLeft(arn)) throw new Violation(`${arn} is an orphan ${DETAIL}`);
      this.checkTags(arn, solid.find(({ held }) => held.physicalId === arn), expected.has(arn));
    }
  }

  private checkContent({ logicalId, properties }: Held, record: Record<string, unknown>): void {
    const wrong = (what: string, found: unknown, wanted: unknown) =>
      new Violation(`${logicalId} has ${what} ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)} ${DETAIL}`);
    if (record.Name !== properties.Name) throw wrong('the name', record.Name, properties.Name);
    if ((record.Metadata || undefined) !== properties.Metadata) {
      throw wrong('the metadata', record.Metadata, properties.Metadata);
    }
    if ('Privacy' in record && record.Privacy !== (properties.Privacy ?? 'PUBLIC')) {
      throw wrong('the privacy', record.Privacy, properties.Privacy);
    }
    if ('Processors' in record
      && (record.Processors as unknown[]).length !== (properties.Processors as unknown[]).length) {
      throw wrong('the processors', record.Processors, properties.Processors);
    }
  }

  private checkTags(arn: string, holding: Holding | undefined, isExact: boolean): void {
    const actual = new Map(Object.entries(this.state.tags.get(arn) ?? {}));
    const wanted = this.tagsWanted(arn, holding);
    const optional = this.optionalTags(arn);
    const isLoose = !isExact || this.untaggedByHand.has(arn) || this.goneByHand.has(arn);
    for (const [key, values] of wanted) {
      if (!actual.has(key) && !isLoose && !optional.has(key)) throw new Violation(`${arn} has lost the tag ${key}`);
      if (actual.has(key) && !values.has(actual.get(key)!) && !values.has(ANY)) {
        throw new Violation(`${arn} has the tag ${key}=${actual.get(key)} instead of ${[...values].join(' or ')}`);
      }
    }
    if (!isExact) return;
    for (const key of actual.keys()) {
      if (!wanted.has(key) && !optional.has(key)) throw new Violation(`${arn} has the tag ${key}, which nobody wants`);
    }
  }

  /** The tags that a thing must have, with the values that are right. */
  private tagsWanted(arn: string, holding: Holding | undefined): Map<string, Set<string>> {
    const wanted = new Map<string, Set<string>>();
    const byHand = this.tagsByHand.get(arn);
    for (const { Key, Value } of tagsIn(holding?.held.properties)) wanted.set(Key, new Set([Value]));
    if (holding !== undefined) wanted.set(OWNER_TAG_KEY, new Set([ANY]));
    for (const type of ['appInstanceTags', 'admin', 'association'] as const) {
      for (const holder of this.holdersOf(type, arn)) {
        wanted.set(claimKey(identityOf(holder)), new Set([ANY]));
        if (type !== 'appInstanceTags') continue;
        for (const { Key } of tagsIn(holder.held.properties)) {
          wanted.set(Key, this.valuesSeen.get(`${arn} ${Key}`) ?? new Set());
        }
      }
    }
    for (const [key, value] of byHand ?? []) wanted.set(key, new Set([value]));
    return wanted;
  }

  /** Tags that may be there or not. */
  private optionalTags(arn: string): Set<string> {
    const loose = this.loose().filter(({ held }) => thingOf(held) === arn || held.properties.AppInstanceArn === arn
      || held.properties.ChannelArn === arn || held.properties.AppInstanceAdminArn === arn);
    const keys = loose.flatMap(
      holding => [claimKey(identityOf(holding)), ...tagsIn(holding.held.properties).map(({ Key }) => Key)],
    );
    const hasClaims = Object.keys(this.state.tags.get(arn) ?? {}).some(
      key => key.startsWith(`${RESERVED_TAG_PREFIX}claim:`) && key !== DISPLACED_CLAIM_KEY,
    );
    const forged = this.forged.get(arn);
    const keptByForged = forged === undefined
      ? []
      : [...this.valuesSeen.keys()].filter(seen => seen.startsWith(`${arn} `)).map(seen => seen.slice(arn.length + 1));
    return new Set([
      ...keys, ...forged ?? [], ...keptByForged,
      ...hasClaims || this.untaggedByHand.has(arn) ? [DISPLACED_CLAIM_KEY] : [],
    ]);
  }

  private checkAdmin(user: string): void {
    const isAdmin = this.isAdmin(user);
    const isHeld = this.holdersOf('admin', user).length > 0;
    const right = isHeld
      ? new Set([true, ...this.demotedByHand.has(user) ? [false] : []])
      : this.adminBases.get(user) ?? new Set([false]);
    if ([...this.forged.get(user) ?? []].some(key => key !== DISPLACED_CLAIM_KEY)) right.add(true);
    if (this.loose().some(({ held }) => held.type === 'admin' && mentions(held, user))) return;
    if (!right.has(isAdmin)) throw new Violation(`${user} is ${isAdmin ? 'an admin' : 'no admin'} ${DETAIL}`);
    if (isHeld) return;
    this.adminBases.set(user, new Set([isAdmin]));
    this.demotedByHand.delete(user);
  }

  private checkCarried(channel: string): void {
    const carried = this.carriedBy(channel);
    const holders = this.holdersOf('association', channel);
    const isThere = (flow: Carried): Carried =>
      flow !== undefined && this.state.channelFlows.has(flow) ? flow : undefined;
    const wanted = holders.map(({ held }) => isThere(held.properties.ChannelFlowArn as string));
    const loose = this.loose().filter(({ held }) => held.type === 'association' && mentions(held, channel));
    const right = new Set<Carried>([
      ...holders.length > 0 ? wanted : [...this.basesOf(channel)].map(isThere),
      ...[...this.touched.get(channel) ?? []].map(isThere),
      ...this.untaggedByHand.has(channel) ? [...this.basesOf(channel)].map(isThere) : [],
      ...this.goneByHand.has(channel) ? [undefined] : [],
      // The claim may name a flow that was deleted by hand, and not the one that was made anew.
      ...holders.some(({ stackId }) => this.hasWantedWhatIsGone(stackId, channel)) ? [undefined] : [],
    ]);
    if (loose.length > 0) {
      // In the middle of something: any flow that the stack knows, or none yet.
      loose.forEach(({ stackId }) => this.wantedEver.get(`${stackId} ${channel}`)?.forEach(flow => right.add(flow)));
      right.add(undefined);
      [...this.basesOf(channel)].forEach(flow => right.add(flow));
    }
    // A flow whose deletion is under way takes itself off its channels first.
    if (this.loose().some(({ held }) => right.has(held.physicalId))) right.add(undefined);
    if (!right.has(carried)) {
      throw new Violation(
        `${channel} carries ${carried ?? 'no flow'} instead of ${[...right].map(flow => flow ?? 'none').join(' or ')}`,
      );
    }
    if (holders.length + loose.length > 0) return;
    this.bases.set(channel, new Set([carried]));
    this.touched.delete(channel);
  }

  // ---- what an event may come to
  // -------------------------------------------------------------------------------------

  private afterAssociation(
    event: Event, { status, reason }: Reply, plan: EventPlan, snapshot: Snapshot, where: string,
  ): void {
    const { carried, isForeign, isReturn, tags } = snapshot;
    const {
      ChannelArn: channel, ChannelFlowArn: wanted, OnExisting,
    } = event.ResourceProperties as Record<string, string>;
    const old = event.OldResourceProperties;
    const now = this.carriedBy(channel);
    const isTouched = this.isChangedByHand(channel) || this.goneByHand.has(channel) || this.goneByHand.has(wanted);
    if (status === 'SUCCESS') {
      const changes = event.RequestType === 'Create' || old?.ChannelArn !== channel || old?.ChannelFlowArn !== wanted;
      // A rollback confirms what the association wanted before, also where another stack took the channel meanwhile.
      const isConfirmed = isReturn && now === carried && (isForeign || this.isOfOthers(event, carried));
      if (changes && now !== wanted && !isTouched && !isConfirmed) {
        throw new Violation(`${where} succeeded, and the channel carries ${now ?? 'no flow'} instead of ${wanted}`);
      }
      if (isForeign && OnExisting === 'FAIL' && now === wanted && changes && !isTouched) {
        throw new Violation(`${where} took the channel from ${carried}`);
      }
      if (now === wanted) this.touched.delete(channel);
      return;
    }
    const isOneDelivery = plan.attempts.length <= 1
      && plan.attempts.every(({ does = '', answer }) => !does.startsWith('die') && !answer);
    const isPutBack = reason !== 'no answer in time' && !reason.includes('could not be put back');
    // Where somebody changed the channel by hand, putting back may find other claims to restore.
    const isWhole = plan.again === undefined && isOneDelivery && isPutBack && !isTouched;
    if (isWhole && this.tagsOf(channel) !== tags) {
      throw new Violation(`${where} failed (${reason}), and its claims are not as they were`);
    }
    // What others claim is left to them, also by a claim of theirs that was not dropped yet.
    if (isWhole && now !== carried && !this.isOfOthers(event, now)) {
      throw new Violation(
        `${where} failed (${reason}), and the channel carries ${now ?? 'no flow'} instead of ${carried ?? 'none'}`,
      );
    }
  }

  /** A key that two resources claim keeps the value that was written last: what it was before, no claim says. */
  private noteTags({ AppInstanceArn, ...properties }: Properties): void {
    const present = this.state.tags.get(String(AppInstanceArn)) ?? {};
    for (const { Key, Value } of tagsIn(properties)) {
      const seen = this.valuesSeen.get(`${AppInstanceArn} ${Key}`);
      this.valuesSeen.set(
        `${AppInstanceArn} ${Key}`, new Set([...seen !== undefined && Key in present ? seen : [], Value]),
      );
    }
  }

  private isExcused(
    event: Event, type: Held['type'], { reason }: Reply, { existing, isForeign, carried }: Snapshot,
  ): boolean {
    const properties = event.ResourceProperties as Record<string, string>;
    if (event.RequestType !== 'Delete' && this.needsWhatIsGone(properties)) return true;
    const exists = (arn: string) => existing.has(arn) || this.state.channels.has(arn) || this.state.users.has(arn);
    switch (type) {
      case 'association':
        return (isForeign || this.isOfOthers(event, carried) || this.isChangedByHand(properties.ChannelArn))
          && properties.OnExisting === 'FAIL' && /which this stack did not put there/.test(reason);
      case 'user':
        return /is taken, and not by this resource/.test(reason)
          && exists(`${properties.AppInstanceArn}/user/${properties.AppInstanceUserId}`);
      case 'channel':
        return (/is taken, and not by this resource/.test(reason)
          && exists(`${properties.AppInstanceArn}/channel/${properties.ChannelId}`))
          || /the privacy of channel .* can't be changed/.test(reason)
          // The admins of an app instance that is undone go before its channels do; the app instance takes those along.
          || (event.RequestType === 'Delete' && !this.hasAdmin(appInstanceOf(event.PhysicalResourceId!)));
      case 'flow':
        return this.service.world.behaviour.duplicateFlowName === 'conflict' && /ConflictException/.test(reason)
          && event.RequestType !== 'Delete'
          && this.state.channelFlows.values().some(
            flow => flow.Name === properties.Name && appInstanceOf(flow.ChannelFlowArn) === properties.AppInstanceArn,
          );
      case 'appInstanceTags':
        return /already, with another value/.test(reason)
          && tagsIn(event.ResourceProperties)
            .some(
              ({ Key }) => this.tagsByHand.get(properties.AppInstanceArn)?.has(Key) || this.isKeyOfOthers(event, Key),
            );
      case 'appInstance':
        return event.RequestType === 'Delete' && /it still has \d+ channel flow/.test(reason);
      default: return false;
    }
  }

  /** Whether another stack's resource manages the key, or may have left it behind its claim. */
  private isKeyOfOthers({ StackId, ResourceProperties: { AppInstanceArn } }: Event, key: string): boolean {
    return this.forged.has(String(AppInstanceArn)) || [...this.solid(), ...this.loose()].some(({ stackId, held }) =>
      stackId !== StackId && held.type === 'appInstanceTags'
      && (thingOf(held) === AppInstanceArn || held.properties.AppInstanceArn === AppInstanceArn)
      && tagsIn(held.properties).some(({ Key }) => Key === key));
  }

  /** The tags that another stack manages and the event's stack never did. */
  private tagsOfOthers({ StackId, ResourceProperties, OldResourceProperties }: Event): Map<string, string> {
    const arn = String(ResourceProperties.AppInstanceArn);
    if (this.untaggedByHand.has(arn)) return new Map();
    const holders = [...this.solid(), ...this.loose()].filter(
      ({ held }) => held.type === 'appInstanceTags' && mentions(held, arn),
    );
    const keysOf = (holdings: readonly Holding[]) =>
      holdings.flatMap(({ held }) => tagsIn(held.properties)).map(({ Key }) => Key);
    const mine = new Set([
      ...keysOf(holders.filter(({ stackId }) => stackId === StackId)),
      ...tagsIn(OldResourceProperties).map(({ Key }) => Key),
    ]);
    const theirs = new Set(keysOf(this.holdersOf('appInstanceTags', arn).filter(({ stackId }) => stackId !== StackId)));
    return new Map(Object.entries(this.state.tags.get(arn) ?? {}).filter(([key]) => theirs.has(key) && !mine.has(key)));
  }

  private needsWhatIsGone(properties: Record<string, string>): boolean {
    return Object.values(properties).some(
      value => this.goneByHand.has(value) || this.demotedByHand.has(value) || /^missing /.test(value),
    );
  }

  // ---- who has what
  // --------------------------------------------------------------------------------------------------

  private solid(): Holding[] {
    const settled = this.stacks().filter(isSettled).flatMap(holdingsOf);
    const key = ({ stackId, held }: Holding) => `${stackId} ${held.physicalId}`;
    const current = new Set(this.stacks().flatMap(holdingsOf).map(key));
    return [...settled, ...this.retainedHoldings.filter(holding => !current.has(key(holding)))];
  }

  private loose(): Holding[] {
    const inFlux = this.stacks().filter(stack => !isSettled(stack));
    const known = inFlux.flatMap(stack => {
      const { rollback } = stack;
      const tried = [...rollback?.attempted ?? []].map(
        ([id, properties]) => unlearnt(rollback!.former.get(id)!, properties),
      );
      const more = [...rollback?.surplus ?? [], ...rollback?.former.values() ?? [], ...tried];
      return [...holdingsOf(stack), ...more.map(held => ({ stackId: stack.id, held }))];
    });
    return [...known, ...this.forgottenHoldings];
  }

  private holdersOf(type: Held['type'], thing: string): Holding[] {
    return this.solid().filter(({ held }) => held.type === type && thingOf(held) === thing);
  }

  /** Whether a thing that no settled stack holds may be there all the same. */
  private mayBeLeft(arn: string): boolean {
    const owner = this.state.tags.get(arn)?.[OWNER_TAG_KEY]?.split(' ')[0];
    // Without its owner tag nothing tells whose it is, should its answer be lost.
    if (this.untaggedByHand.has(arn)) return true;
    const inFlux = this.stacks().some(stack => !isSettled(stack) && stack.id === this.owners.get(owner ?? ''));
    return inFlux || this.forgottenHoldings.some(
      holding => holding.held.physicalId === arn || ownerOf(identityOf(holding)) === owner,
    )
      || this.loose().some(({ held }) => held.physicalId === arn);
  }

  private isThere(arn: string): boolean {
    const { appInstances, users, channels, channelFlows } = this.state;
    return [appInstances, users, channels, channelFlows].some(register => register.has(arn));
  }

  private appInstanceIsThere(arn: string, type: Held['type']): boolean {
    return type === 'appInstance' || this.state.appInstances.has(appInstanceOf(arn));
  }

  private basesOf(channel: string): Set<Carried> {
    return this.bases.get(channel) ?? new Set([undefined]);
  }

  /** Whether others want the flow on the channel, too: it came by hand, or another stack claims it. */
  private isOfOthers({ StackId, ResourceProperties: { ChannelArn } }: Event, flow: Carried): boolean {
    return this.basesOf(String(ChannelArn)).has(flow) || [...this.solid(), ...this.loose()].some(({ stackId, held }) =>
      stackId !== StackId && held.properties.ChannelArn === ChannelArn && held.properties.ChannelFlowArn === flow);
  }

  private hasWantedWhatIsGone(stackId: string, channel: string): boolean {
    return [...this.wantedEver.get(`${stackId} ${channel}`) ?? []].some(flow => this.goneByHand.has(flow));
  }

  private isChangedByHand(channel: string): boolean {
    return this.touched.has(channel) || this.untaggedByHand.has(channel);
  }

  private tagsOf(arn: string): string {
    return JSON.stringify(Object.entries(this.state.tags.get(arn) ?? {}).sort());
  }

  private carriedBy(channel: string): Carried {
    const association = this.state.associations.get(channel);
    return association?.channelDeleted === undefined ? association?.ChannelFlowArn : undefined;
  }

  private hasAdmin(appInstance: string): boolean {
    return this.state.admins.values().some(({ AppInstanceArn }) => AppInstanceArn === appInstance);
  }

  private isAdmin(user: string): boolean {
    return this.state.admins.values().some(({ AppInstanceAdminArn }) => AppInstanceAdminArn === user);
  }

  private get state() {
    return this.service.world.state;
  }
}

/** What was seen just before an event. */
interface Snapshot {
  readonly existing: ReadonlySet<string>;
  readonly carried: Carried;
  /** The channel's tags, claims among them. */
  readonly tags: string;
  /** Whether the channel carries a flow that the event's stack never wanted there. */
  readonly isForeign: boolean;
  /** Whether the event is a rollback, or can't be told from one. */
  readonly isReturn: boolean;
  readonly tagsOfOthers: ReadonlyMap<string, string>;
}

const ANY = '*';

export function isSettled({ status }: Stack): boolean {
  return status === 'COMPLETE' || status === 'ROLLBACK_COMPLETE' || status === 'DELETED';
}

function holdingsOf(stack: Stack): Holding[] {
  return [...stack.held.values()].map(held => ({ stackId: stack.id, held }));
}

function identityOf({ stackId, held }: Holding) {
  return { StackId: stackId, LogicalResourceId: held.logicalId, PhysicalResourceId: held.physicalId };
}

/** What the owner tag says of who made a thing; when it was made follows. */
function ownerOf({ StackId, LogicalResourceId }: ResourceIdentity): string {
  return ownerTag({ StackId, LogicalResourceId }).Value;
}

function appInstanceOf(arn: string): string {
  return arn.split('/').slice(0, 2).join('/');
}

/** The thing that a resource is, or that it claims. */
function thingOf({ physicalId }: Held): string {
  return physicalId.split('#')[0];
}

function mentions(held: Held, arn: string): boolean {
  return thingOf(held) === arn || Object.values(held.properties).includes(arn);
}

function tagsIn(properties: Properties | undefined): { Key: string; Value: string }[] {
  return (properties?.Tags ?? []) as { Key: string; Value: string }[];
}
