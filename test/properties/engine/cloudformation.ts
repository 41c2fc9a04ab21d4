/**
 * CloudFormation, as far as custom resources see it: which events come, in which order, with which ids and properties.
 *
 * What it keeps to:
 * - resources are made in the order of their dependencies and deleted in the reverse; those of one level at once or in
 *   turn
 * - a new physical id on Update is a replacement: the old id gets its Delete in the clean-up phase
 * - a clean-up Delete is tried three times, then the stack forgets the resource
 * - in a rollback, what was updated, successfully or not, gets the swapped Update; what was made gets Delete; what had
 *   no event gets none. Which id the swapped Update carries after a replacement is open: the first, the second, or no
 *   Update comes at all
 * - a rollback that failed is continued from where it stopped
 * - no answer within the hour is a failure; a Create that never told an id is deleted by an id that is invented
 * - the first answer to an event counts, later ones are ignored
 * - whoever is under way when another resource fails is cancelled: its answer is not waited for
 */
import type { Sent } from './answers';
import type { Disturbance } from './disturbance';
import { invoke, type Surroundings } from './lambda';
import type { Types } from './resource-types';
import { unlearnt, type Held, type Rollback, type Stack } from './stack';
import { levels, resolve, type Properties, type Resource, type Template } from './template';
import { trace } from './trace';
import { Violation } from './violation';

/** How long CloudFormation waits for an answer. */
const SERVICE_TIMEOUT_MS = 3_600_000;
/** When Lambda delivers an event again that failed. */
const LAMBDA_RETRIES_AFTER_MS = [60_000, 120_000];
const CLEAN_UP_TRIES = 3;

export interface Event {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  readonly OldResourceProperties?: Properties;
}

/** What befalls one event. */
export interface EventPlan {
  /** One entry for each delivery by Lambda; those without are undisturbed. */
  readonly attempts: readonly Disturbance[];
  /** A second delivery: right after the first, beside it, or when other resources had their turn. */
  readonly again?: 'after' | 'beside' | 'late';
}

/** What befalls one operation on a stack, and how CloudFormation decides what is open. */
export interface OperationPlan {
  /** By the number of the event in the operation, counted from 0. */
  readonly events: ReadonlyMap<number, EventPlan>;
  /** What befalls the nth call of one operation of the service, in whichever event it comes. */
  readonly onCall?: Disturbance & { readonly operation: string; readonly call: number };
  readonly isConcurrent: boolean;
  readonly cancels: boolean;
  readonly rollbackId: 'first' | 'second' | 'none';
  /** Whose properties the Delete of what was replaced carries. */
  readonly cleanUpProperties: 'former' | 'new';
  /** Called after each event: what others do meanwhile. The answer says whether they did anything. */
  readonly meanwhile?: (eventNumber: number) => boolean;
}

export interface Reply {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalId: string;
  readonly data: Readonly<Record<string, string>>;
  readonly reason: string;
}

/** What is told of every event. */
export interface Observer {
  before(stack: Stack, event: Event, held: Pick<Held, 'type'>): void;
  after(
    stack: Stack, event: Event, reply: Reply, more: { readonly plan: EventPlan; readonly type: Held['type'] },
  ): void;
  /** A resource stays at the service, and no stack knows it any more. */
  retained(stack: Stack, held: Held): void;
  /** A clean-up Delete failed three times. */
  forgotten(stack: Stack, held: Held): void;
}

const UNDISTURBED: EventPlan = { attempts: [] };

export class CloudFormation {
  private requests = 0;
  private eventsOfOperation = 0;
  private plan!: OperationPlan;
  private callsOfOperation: string[] = [];
  private late: { readonly event: Event; readonly signed: number; readonly type: Held['type'] }[] = [];
  /** Every event so far, for deliveries that come when everything is over. */
  private readonly history: { readonly event: Event; readonly signed: number; readonly type: Held['type'] }[] = [];
  public eventCount = 0;

  public constructor(
    private readonly types: Types,
    private readonly around: Surroundings,
    private readonly observer: Observer,
  ) {}

  /** @param begun is told of the stack before anything is made */
  public async create(
    id: string, template: Template, plan: OperationPlan, begun: (stack: Stack) => void,
  ): Promise<void> {
    const stack: Stack = { id, status: 'COMPLETE', template, held: new Map() };
    begun(stack);
    await this.operation(plan, async () => {
      const rollback = newRollback({}, template, new Map());
      if (await this.apply(stack, template, rollback)) return;
      const left = await this.deleteAll(stack, template, 'Create', [...stack.held.values()]);
      stack.status = left.length === 0 ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED';
    });
  }

  public async update(stack: Stack, template: Template, plan: OperationPlan): Promise<void> {
    await this.operation(plan, async () => {
      const before = new Map(stack.held);
      const former = stack.template;
      const rollback = newRollback(former, template, before);
      if (!await this.apply(stack, template, rollback)) {
        stack.rollback = rollback;
        return this.rollBack(stack);
      }
      stack.template = template;
      const leaving = [...before.values()].filter(({ logicalId, physicalId }) =>
        !(logicalId in template) || stack.held.get(logicalId)?.physicalId !== physicalId);
      for (const { logicalId } of leaving) if (!(logicalId in template)) stack.held.delete(logicalId);
      await this.cleanUp(stack, former, leaving, 'Update');
    });
  }

  public async continueRollback(stack: Stack, plan: OperationPlan): Promise<void> {
    await this.operation(plan, () => this.rollBack(stack));
  }

  public async delete(stack: Stack, plan: OperationPlan): Promise<void> {
    await this.operation(plan, async () => {
      const { template, rollback } = stack;
      // What a failed rollback still knows of goes with the stack.
      const known = [...rollback?.surplus ?? [], ...rollback?.updated.map(id => rollback.former.get(id)!) ?? []];
      // Nor does CloudFormation know what a replacement made whose answer was lost: only the rollback would have told.
      for (const id of rollback?.updated ?? []) {
        this.observer.forgotten(stack, unlearnt(rollback!.former.get(id)!, rollback!.attempted.get(id)!));
      }
      const left = await this.deleteAll(stack, { ...rollback?.attemptedTemplate, ...template }, 'Delete', [
        ...stack.held.values(),
        ...known.filter(({ logicalId, physicalId }) => stack.held.get(logicalId)?.physicalId !== physicalId),
      ]);
      stack.status = left.length === 0 ? 'DELETED' : 'DELETE_FAILED';
    });
  }

  /** An old event once more, after everything: older than CloudFormation waits. Nothing may come of it. */
  public async redeliverAfterTheHour(choice: number): Promise<void> {
    if (this.history.length === 0) return;
    const { event, signed, type } = this.history[choice % this.history.length];
    if (type === 'native') return;
    this.around.time.pass(Math.max(0, signed + SERVICE_TIMEOUT_MS + 1_000 - this.around.time.now()));
    const inbox: Sent[] = [];
    const { operations } = await invoke(this.types[type], { event, signed, inbox }, this.around);
    if (operations.length + inbox.length > 0) {
      throw new Violation(
        `${event.RequestType} of ${event.LogicalResourceId} acted after its hour: ${operations.join(', ')}`,
      );
    }
  }

  private async operation(plan: OperationPlan, work: () => Promise<void>): Promise<void> {
    this.plan = plan;
    this.eventsOfOperation = 0;
    this.callsOfOperation = [];
    await work();
    for (const delivery of this.late.splice(0)) await this.again(delivery);
  }

  /** Makes and updates; notes in the rollback what would have to be undone. False when something failed. */
  private async apply(stack: Stack, template: Template, rollback: Rollback): Promise<boolean> {
    for (const level of levels(template)) {
      const changed = level.filter(id => this.differs(stack, id, template[id]));
      for (const id of level) if (!changed.includes(id)) this.keepPolicy(stack, id, template[id]);
      if (!await this.inLevel(changed, id => this.make(stack, id, template[id], rollback))) return false;
    }
    return true;
  }

  /** Runs the work for each; the rest is not begun, or is cancelled, when one fails. */
  private async inLevel(ids: readonly string[], work: (id: string) => Promise<Work>): Promise<boolean> {
    let hasFailed = false;
    const one = async (id: string) => {
      const { reply, settle } = await work(id);
      settle(hasFailed && this.plan.cancels ? 'cancelled' : reply);
      hasFailed ||= reply.status === 'FAILED';
    };
    if (this.plan.isConcurrent) {
      await Promise.all(ids.map(one));
    } else {
      for (const id of ids) if (!hasFailed) await one(id);
    }
    return !hasFailed;
  }

  private differs(stack: Stack, id: string, { properties }: Resource): boolean {
    const held = stack.held.get(id);
    return held === undefined || JSON.stringify(held.properties) !== JSON.stringify(this.resolved(stack, properties));
  }

  private keepPolicy(stack: Stack, id: string, { policy }: Resource): void {
    stack.held.set(id, { ...stack.held.get(id)!, policy });
  }

  private async make(
    stack: Stack, logicalId: string, { type, properties, policy }: Resource, rollback: Rollback,
  ): Promise<Work> {
    const held = stack.held.get(logicalId);
    const wanted = this.resolved(stack, properties);
    const frame = { logicalId, type, properties: wanted, policy };
    if (held === undefined) {
      const reply = await this.send(
        stack, type, { RequestType: 'Create', LogicalResourceId: logicalId, ResourceProperties: wanted },
      );
      return {
        reply,
        settle: settled => {
          const { physicalId, data } = settled === 'cancelled'
            ? { physicalId: inventedId(logicalId), data: {} }
            : reply;
          const made = { ...frame, physicalId, data, isUnsure: settled === 'cancelled' || reply.status === 'FAILED' };
          stack.held.set(logicalId, made);
          rollback.surplus.push(made);
        },
      };
    }
    rollback.updated.push(logicalId);
    rollback.attempted.set(logicalId, wanted);
    const reply = await this.send(stack, type, {
      RequestType: 'Update',
      LogicalResourceId: logicalId,
      PhysicalResourceId: held.physicalId,
      ResourceProperties: wanted,
      OldResourceProperties: held.properties,
    });
    return {
      reply,
      settle: settled => {
        if (settled === 'cancelled') return;
        if (reply.physicalId !== held.physicalId) {
          rollback.surplus.push({ ...frame, physicalId: reply.physicalId, data: reply.data });
        }
        if (reply.status === 'SUCCESS') {
          stack.held.set(logicalId, { ...frame, physicalId: reply.physicalId, data: reply.data });
        }
      },
    };
  }

  private async rollBack(stack: Stack): Promise<void> {
    const rollback = stack.rollback!;
    for (const level of levels(rollback.template)) {
      let hasFailed = false;
      await this.allOf(level.filter(id => rollback.updated.includes(id)), async logicalId => {
        if (hasFailed && !this.plan.isConcurrent) return;
        if (await this.updateBack(stack, logicalId, rollback)) {
          rollback.updated = rollback.updated.filter(id => id !== logicalId);
        } else {hasFailed = true;}
      });
      if (hasFailed) {
        stack.status = 'UPDATE_ROLLBACK_FAILED';
        return;
      }
    }
    const surplus = rollback.surplus.filter(({ logicalId, physicalId }) =>
      !rollback.former.has(logicalId) || stack.held.get(logicalId)?.physicalId !== physicalId);
    for (const { logicalId } of surplus) if (!rollback.former.has(logicalId)) stack.held.delete(logicalId);
    stack.template = rollback.template;
    stack.rollback = undefined;
    stack.status = 'COMPLETE';
    await this.cleanUp(stack, rollback.attemptedTemplate, surplus, 'Create');
  }

  private async updateBack(stack: Stack, logicalId: string, rollback: Rollback): Promise<boolean> {
    const { template, former, attempted, surplus } = rollback;
    const before = former.get(logicalId)!;
    const second = surplus.filter(held => held.logicalId === logicalId).at(-1);
    if (second !== undefined && this.plan.rollbackId === 'none') {
      stack.held.set(logicalId, before);
      return true;
    }
    const wanted = this.resolved(stack, template[logicalId].properties);
    const reply = await this.send(stack, before.type, {
      RequestType: 'Update',
      LogicalResourceId: logicalId,
      PhysicalResourceId: second !== undefined && this.plan.rollbackId === 'second'
        ? second.physicalId
        : before.physicalId,
      ResourceProperties: wanted,
      OldResourceProperties: attempted.get(logicalId)!,
    });
    if (reply.status === 'FAILED') return false;
    stack.held.set(logicalId, { ...before, properties: wanted, physicalId: reply.physicalId, data: reply.data });
    // An id that is neither the first nor known yet replaced the first.
    if (reply.physicalId !== before.physicalId) surplus.push(before);
    return true;
  }

  /** Deletes what left; what can't be deleted in three tries is forgotten. */
  private async cleanUp(
    stack: Stack, order: Template, leaving: readonly Held[], phase: 'Create' | 'Update',
  ): Promise<void> {
    let left = await this.deleteAll(stack, order, phase, leaving);
    for (let tries = 1; left.length > 0
      && tries < CLEAN_UP_TRIES; tries++) left = await this.deleteAll(stack, order, phase, left);
    left.forEach(held => this.observer.forgotten(stack, held));
  }

  /** Deletes in the reverse order of dependencies; the answer is what could not be deleted. */
  private async deleteAll(
    stack: Stack, template: Template, phase: 'Create' | 'Update' | 'Delete', which: readonly Held[],
  ): Promise<Held[]> {
    const left: Held[] = [];
    for (const level of [...levels(template)].reverse()) {
      const going = which.filter(({ logicalId }) => level.includes(logicalId));
      await this.allOf(going, async held => {
        const blocked = phase === 'Delete'
          && left.some(({ logicalId }) => dependsOn(template, logicalId, held.logicalId));
        if (blocked || !await this.remove(stack, held, phase)) left.push(held);
      });
    }
    return left;
  }

  private async allOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
    if (this.plan.isConcurrent) return void await Promise.all(items.map(work));
    for (const item of items) await work(item);
  }

  private async remove(stack: Stack, held: Held, phase: 'Create' | 'Update' | 'Delete'): Promise<boolean> {
    const forget = () => {
      if (stack.held.get(held.logicalId)?.physicalId === held.physicalId) stack.held.delete(held.logicalId);
    };
    if (held.policy === 'Retain' || (held.policy === 'RetainExceptOnCreate' && phase !== 'Create')) {
      forget();
      // In the middle of a rollback nobody knows what it is like, and what a replacement made goes with its undoing.
      const isUndone = phase === 'Create' && stack.held.has(held.logicalId);
      if (held.isUnsure || stack.rollback !== undefined || isUndone) {
        for (const version of versionsOf(held, stack)) this.observer.forgotten(stack, version);
      } else {
        this.observer.retained(stack, held);
      }
      return true;
    }
    const successor = stack.held.get(held.logicalId);
    const isReplaced = phase === 'Update' && successor !== undefined;
    const reply = await this.send(stack, held.type, {
      RequestType: 'Delete',
      LogicalResourceId: held.logicalId,
      PhysicalResourceId: held.physicalId,
      ResourceProperties: isReplaced && this.plan.cleanUpProperties === 'new' ? successor.properties : held.properties,
    });
    if (reply.status === 'FAILED') {
      if (successor?.physicalId === held.physicalId) stack.held.set(held.logicalId, { ...held, isUnsure: true });
      return false;
    }
    forget();
    return true;
  }

  private resolved(stack: Stack, properties: Properties): Properties {
    return resolve(
      properties, (logicalId, name) => stack.held.get(logicalId)?.data[name] ?? `missing ${logicalId}.${name}`,
    );
  }

  private async send(
    stack: Stack, type: Held['type'], what: Omit<Event, 'RequestId' | 'StackId' | 'ResourceType'>,
  ): Promise<Reply> {
    const number = this.eventsOfOperation++;
    this.eventCount++;
    const event: Event = {
      ...what,
      RequestId: `request-${++this.requests}`,
      StackId: stack.id,
      ResourceType: type === 'native' ? 'Native' : this.types[type].name,
    };
    const plan = this.plan.events.get(number) ?? UNDISTURBED;
    // What comes late comes before the resource's next event: nothing could tell it from that one's contrary.
    this.late = this.late.filter(({ event: { StackId, LogicalResourceId } }) =>
      StackId !== event.StackId || LogicalResourceId !== event.LogicalResourceId);
    trace(() => {
      const { RequestType, LogicalResourceId, PhysicalResourceId = '' } = event;
      const name = stack.id.split('/').slice(1).join('/');
      return `  ${name} ${RequestType} ${LogicalResourceId} ${PhysicalResourceId} ${JSON.stringify(plan)}`;
    });
    this.observer.before(stack, event, { type });
    const signed = Math.floor(this.around.time.now() / 1_000) * 1_000;
    const { reply, struck } = type === 'native'
      ? { reply: native(event), struck: [] }
      : await this.deliver(event, type, signed, plan);
    if (plan.again === 'late') this.late.push({ event, signed, type });
    this.history.push({ event, signed, type });
    trace(() => `  = ${event.LogicalResourceId} ${reply.status} ${reply.physicalId} ${reply.reason}`);
    this.observer.after(stack, event, reply, { plan: { ...plan, attempts: [...plan.attempts, ...struck] }, type });
    // What came late would make anew what was deleted by hand.
    if (this.plan.meanwhile?.(number)) this.late = [];
    return reply;
  }

  private async deliver(
    event: Event, type: Exclude<Held['type'], 'native'>, signed: number, { attempts, again }: EventPlan,
  ): Promise<{ reply: Reply; struck: Disturbance[] }> {
    const inbox: Sent[] = [];
    const struck: Disturbance[] = [];
    const once = async (planned?: Disturbance) => {
      const chance = planned === undefined && again === undefined ? this.nextOnCall() : undefined;
      const { end, operations } = await invoke(
        this.types[type], { event, signed, inbox, disturbance: planned ?? chance }, this.around,
      );
      if (chance !== undefined && operations.filter(called => called === chance.operation).length >= chance.call) {
        struck.push(chance);
      }
      this.callsOfOperation.push(...operations);
      return end;
    };
    if (again === 'beside') {
      await Promise.all([once(attempts[0]), once()]);
    } else {
      for (let attempt = 0; await once(attempts[attempt]) !== 'returned'
        && attempt < LAMBDA_RETRIES_AFTER_MS.length; attempt++) {
        await this.around.time.sleep(LAMBDA_RETRIES_AFTER_MS[attempt]);
      }
    }
    if (again === 'after') {
      await this.around.time.sleep(LAMBDA_RETRIES_AFTER_MS[0]);
      await once();
    }
    const isUndisturbed = attempts.length + struck.length === 0;
    checkAnswers(event, inbox, isUndisturbed);
    if (isUndisturbed && again === undefined && inbox.length > 1) {
      throw new Violation(`${event.RequestType} of ${event.LogicalResourceId}: answered twice`);
    }
    return { reply: inbox.length > 0 ? replyOf(inbox[0]) : await this.noAnswer(event, signed), struck };
  }

  /** What befalls the next invocation, if the call that is meant has not been made yet. */
  private nextOnCall() {
    const { onCall } = this.plan;
    if (onCall === undefined) return undefined;
    const call = onCall.call - this.callsOfOperation.filter(called => called === onCall.operation).length;
    return call < 1 ? undefined : { ...onCall, call };
  }

  private async again({ event, signed, type }: { event: Event; signed: number; type: Held['type'] }): Promise<void> {
    if (type === 'native') return;
    await this.around.time.sleep(signed + LAMBDA_RETRIES_AFTER_MS[0] - this.around.time.now());
    const inbox: Sent[] = [];
    await invoke(this.types[type], { event, signed, inbox }, this.around);
    checkAnswers(event, inbox, this.around.time.now() - signed <= SERVICE_TIMEOUT_MS);
  }

  private async noAnswer(event: Event, signed: number): Promise<Reply> {
    await this.around.time.sleep(signed + SERVICE_TIMEOUT_MS + 1_000 - this.around.time.now());
    return {
      status: 'FAILED',
      physicalId: event.PhysicalResourceId ?? inventedId(event.LogicalResourceId),
      data: {},
      reason: 'no answer in time',
    };
  }
}

/** An event that was played, before what is to become of it is known. */
interface Work {
  readonly reply: Reply;
  readonly settle: (settled: Reply | 'cancelled') => void;
}

function newRollback(template: Template, attemptedTemplate: Template, former: ReadonlyMap<string, Held>): Rollback {
  return { template, attemptedTemplate, updated: [], former, attempted: new Map(), surplus: [] };
}

/** What a resource may be like at the service, in the middle of a rollback. */
function versionsOf(held: Held, { rollback }: Stack): Held[] {
  const attempted = rollback?.attempted.get(held.logicalId);
  const former = rollback?.former.get(held.logicalId);
  return [
    held, ...former === undefined ? [] : [former],
    ...attempted === undefined ? [] : [{ ...held, properties: attempted }],
  ];
}

function inventedId(logicalId: string): string {
  return `stack-${logicalId}-1X2Y3Z4A5B6C7`;
}

function native({ RequestType, ResourceProperties, PhysicalResourceId, LogicalResourceId }: Event): Reply {
  const fails = RequestType !== 'Delete' && ResourceProperties.fails === 'true';
  return {
    status: fails ? 'FAILED' : 'SUCCESS',
    physicalId: PhysicalResourceId ?? `native-${LogicalResourceId}`,
    data: {},
    reason: fails ? 'told to fail' : '',
  };
}

function replyOf({ answer }: Sent): Reply {
  const { Status, PhysicalResourceId, Data = {}, Reason = '' } = answer;
  return { status: Status, physicalId: PhysicalResourceId, data: Data, reason: Reason };
}

/** Every answer must be one that CloudFormation accepts. */
function checkAnswers(event: Event, inbox: readonly Sent[], mustAnswer: boolean): void {
  const wrong = (what: string) => new Violation(`${event.RequestType} of ${event.LogicalResourceId}: ${what}`);
  if (mustAnswer && inbox.length === 0) throw wrong('no answer');
  for (const { answer, bytes } of inbox) {
    const { Status, Reason, PhysicalResourceId: id, StackId, RequestId, LogicalResourceId } = answer;
    if (StackId !== event.StackId || RequestId !== event.RequestId || LogicalResourceId !== event.LogicalResourceId) {
      throw wrong('the answer is for another event');
    }
    if (bytes > 4_096) throw wrong(`the answer has ${bytes} bytes`);
    if (Status === 'FAILED' && !Reason) throw wrong('FAILED without a reason');
    if (!id || Buffer.byteLength(id) > 1_024) throw wrong(`the physical id is ${id}`);
    if (event.RequestType === 'Delete' && id !== event.PhysicalResourceId) {
      throw wrong(`the physical id of a Delete changed to ${id}`);
    }
  }
}

/** Whether a resource needs another, directly or by others. */
function dependsOn(template: Template, logicalId: string, other: string): boolean {
  const order = levels(template);
  const levelOf = (id: string) => order.findIndex(level => level.includes(id));
  return levelOf(logicalId) > levelOf(other);
}
