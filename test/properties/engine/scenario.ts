import { CloudFormation, type OperationPlan } from './cloudformation';
import { Dice } from './dice';
import { arrangeWorld, Hands, type ByHand } from './hands';
import { isSettled, Ledger } from './ledger';
import type { Types } from './resource-types';
import { Service } from './service';
import { logicalIdOf, templateOf, type RefactoredSlot, type Spec, type World } from './spec';
import type { Stack } from './stack';
import { levels } from './template';
import { trace } from './trace';
import { Violation } from './violation';
import type { VirtualTime } from './virtual-time';
import type { Behaviour } from '../../../local/emulator';

/** What a deployment changes of a stack's spec; `null` takes a slot away. */
export type Change = { readonly [Slot in keyof Spec]?: Spec[Slot] | null };

export type Plan = Omit<OperationPlan, 'meanwhile'> & {
  readonly meanwhile?: {
    readonly after: number;
    readonly byHand: ByHand;
  };
};

export type Step =
  | { readonly kind: 'deploy'; readonly stack: 0 | 1; readonly change: Change; readonly plan: Plan }
  | { readonly kind: 'destroy'; readonly stack: 0 | 1; readonly plan: Plan }
  | { readonly kind: 'refactor'; readonly stack: 0 | 1; readonly slots: readonly RefactoredSlot[] }
  | { readonly kind: 'by-hand'; readonly byHand: ByHand }
  | { readonly kind: 'redeliver'; readonly choice: number };

export interface Scenario {
  readonly behaviour: Partial<Behaviour>;
  readonly seed: number;
  readonly steps: readonly Step[];
}

/** What was played, for who counts. */
export interface Tally {
  steps: number;
  events: number;
}

/** Nobody deploys twice in a moment. */
const BETWEEN_STEPS_MS = 100_000;

/** By the real clock. */
const LONGEST_STEP_MS = 10_000;

const QUIET: OperationPlan = {
  events: new Map(), isConcurrent: false, cancels: false, rollbackId: 'first', cleanUpProperties: 'former',
};

/** What a stack that is created begins with. */
const firstSpec = (number: 0 | 1): Spec => ({
  home: 'H1',
  f1: { name: 'moderation', tags: { team: 'care' }, processors: 1, hasBearer: true, policy: 'Delete', generation: 0 },
  f2: { name: 'redaction', tags: {}, processors: 1, hasBearer: false, policy: 'Delete', generation: 0 },
  x1: { channel: number === 0 ? 'import1' : 'import2', flow: 'f1', bearer: 'boss', onExisting: 'FAIL', generation: 0 },
});

/** Plays a scenario, and throws a `Violation` for the first invariant that doesn't hold. */
export async function play(scenario: Scenario, types: Types, time: VirtualTime, tally: Tally): Promise<void> {
  time.reset();
  const run = new Run(scenario, types, time);
  for (const [number, step] of scenario.steps.entries()) {
    try {
      time.pass(BETWEEN_STEPS_MS);
      trace(() => `step ${number + 1}: ${step.kind}`);
      await time.within(LONGEST_STEP_MS, run.step(step));
      run.check();
    } catch (error) {
      throw inStep(error, `step ${number + 1}`);
    }
    tally.steps++;
  }
  try {
    await time.within(LONGEST_STEP_MS, run.end());
  } catch (error) {
    throw inStep(error, 'the end, when all stacks are deleted');
  }
  tally.events += run.events;
}

function inStep(error: unknown, where: string): unknown {
  if (error instanceof Violation) error.message = `in ${where}: ${error.message}`;
  return error;
}

class Run {
  private readonly service: Service;
  private readonly ledger: Ledger;
  private readonly world: World;
  private readonly hands: Hands;
  private readonly cloudformation: CloudFormation;
  private readonly stacks: [Deployed?, Deployed?] = [];
  private made = 0;

  public constructor({ behaviour, seed }: Scenario, types: Types, private readonly time: VirtualTime) {
    const dice = new Dice(seed);
    Math.random = dice.throw;
    this.service = new Service(time);
    this.service.reset(behaviour);
    this.ledger = new Ledger(this.service, () => this.stacks.flatMap(deployed => deployed?.stack ?? []));
    this.world = arrangeWorld(this.service, this.ledger);
    this.hands = new Hands(this.service, time, this.ledger, this.world);
    this.cloudformation = new CloudFormation(types, { service: this.service, time, dice }, this.ledger);
    // What was made just now is listed, and its admin accepted.
    time.pass(60_000);
  }

  public get events(): number {
    return this.cloudformation.eventCount;
  }

  public async step(step: Step): Promise<void> {
    switch (step.kind) {
      case 'deploy': return this.deploy(step.stack, step.change, this.planOf(step.plan));
      case 'destroy': return this.destroy(step.stack, this.planOf(step.plan));
      case 'refactor': return this.refactor(step.stack, step.slots);
      case 'by-hand': return this.hands.do(step.byHand);
      case 'redeliver': return this.cloudformation.redeliverAfterTheHour(step.choice);
    }
  }

  public check(): void {
    const worlds = Object.values(this.world);
    this.ledger.check({
      appInstances: worlds.map(({ appInstance }) => appInstance),
      users: worlds.flatMap(({ boss, guest }) => [boss, guest]),
      channels: worlds.flatMap(({ channels }) => channels),
      flows: worlds.map(({ flow }) => flow),
    });
  }

  /** A stack can always be deleted. */
  public async end(): Promise<void> {
    for (const number of [0, 1] as const) {
      this.time.pass(BETWEEN_STEPS_MS);
      await this.destroy(number, QUIET);
      const left = this.stacks[number];
      if (left !== undefined) {
        throw new Violation(`stack ${number} can't be deleted: ${[...left.stack.held.keys()].join(', ')} remain`);
      }
      this.check();
    }
  }

  private planOf({ meanwhile, ...plan }: Plan): OperationPlan {
    // Between two events, not in the middle of one.
    if (meanwhile === undefined || plan.isConcurrent) return plan;
    return {
      ...plan,
      meanwhile: number => {
        if (number !== meanwhile.after) return false;
        this.ledger.isMeanwhile = true;
        this.hands.do(meanwhile.byHand);
        this.ledger.isMeanwhile = false;
        return true;
      },
    };
  }

  private async deploy(number: 0 | 1, change: Change, plan: OperationPlan): Promise<void> {
    const deployed = this.stacks[number];
    if (deployed === undefined) return this.create(number, change, plan);
    const { stack, spec } = deployed;
    if (stack.status === 'UPDATE_ROLLBACK_FAILED') return this.cloudformation.continueRollback(stack, plan);
    if (stack.status !== 'COMPLETE') return this.destroy(number, plan);
    const wanted = changed(spec, change);
    const template = templateOf(wanted, this.world, number);
    if (Object.keys(template).length === 0) return;
    await this.cloudformation.update(stack, template, plan);
    if (stack.template === template) deployed.spec = wanted;
  }

  private async create(number: 0 | 1, change: Change, plan: OperationPlan): Promise<void> {
    const spec = changed(firstSpec(number), change);
    const template = templateOf(spec, this.world, number);
    if (levels(template).length === 0) return;
    const id = `arn:aws:cloudformation:us-east-1:123456789012:stack/stack-${number}/${++this.made}`;
    await this.cloudformation.create(id, template, plan, stack => { this.stacks[number] = { stack, spec }; });
  }

  /** Other logical ids for what stays as it is; no handler hears of it. */
  private refactor(number: 0 | 1, slots: readonly RefactoredSlot[]): void {
    const deployed = this.stacks[number];
    if (deployed?.stack.status !== 'COMPLETE') return;
    const { stack, spec } = deployed;
    const counts = Object.fromEntries(slots.map(slot => [slot, (spec.refactored?.[slot] ?? 0) + 1]));
    deployed.spec = { ...spec, refactored: { ...spec.refactored, ...counts } };
    const renamed = new Map(slots.flatMap(slot => {
      const former = logicalIdOf(spec, slot);
      return former === undefined ? [] : [[former, logicalIdOf(deployed.spec, slot)!] as const];
    }));
    stack.template = templateOf(deployed.spec, this.world, number);
    stack.held = new Map([...stack.held.values()].map(held => {
      const logicalId = renamed.get(held.logicalId) ?? held.logicalId;
      return [logicalId, { ...held, logicalId }];
    }));
  }

  private async destroy(number: 0 | 1, plan: OperationPlan): Promise<void> {
    const deployed = this.stacks[number];
    if (deployed === undefined) return;
    await this.cloudformation.delete(deployed.stack, plan);
    if (deployed.stack.status === 'DELETED') this.stacks[number] = undefined;
    else if (isSettled(deployed.stack)) throw new Error(`a stack that was to be deleted is ${deployed.stack.status}`);
  }
}

interface Deployed {
  readonly stack: Stack;
  spec: Spec;
}

function changed(spec: Spec, change: Change): Spec {
  return Object.fromEntries(
    Object.entries({ ...spec, ...change }).filter(([, value]) => value !== null && value !== undefined),
  ) as unknown as Spec;
}
