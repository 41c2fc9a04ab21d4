/**
 * Stacks of hundreds of resources, whose events come at once, as CloudFormation sends them, to a service that allows a
 * few calls per second. Played in virtual time by the engine of the sequences, with the same invariants after each
 * operation.
 */
import {
  CloudFormation, type Event, type EventPlan, type Observer, type OperationPlan, type Reply,
} from '../engine/cloudformation';
import { Dice } from '../engine/dice';
import { arrangeWorld } from '../engine/hands';
import { Slots } from '../engine/lambda';
import { Ledger } from '../engine/ledger';
import type { Types } from '../engine/resource-types';
import { ACCOUNT, REGION, Service } from '../engine/service';
import type { World } from '../engine/spec';
import type { Held, Stack } from '../engine/stack';
import { attribute, type Resource, type Template } from '../engine/template';
import { Violation } from '../engine/violation';
import type { VirtualTime } from '../engine/virtual-time';

export interface Weather {
  /** Calls of each operation that the service allows per second, and at once. */
  readonly perSecond: number;
  readonly burst: number;
  /** The shares of calls that are refused or fail beyond that. */
  readonly throttled?: number;
  readonly failing?: number;
  /** How many functions the account runs at once. */
  readonly concurrency?: number;
  readonly stacks?: number;
  /** Channels of each stack, with an association each. */
  readonly channels: number;
  readonly seed: number;
}

/** What an operation took. */
export interface Passage {
  readonly operation: string;
  readonly events: number;
  readonly seconds: number;
  /** Calls of the busiest operation of the service, without those that were refused. */
  readonly busiest: number;
  /** Virtual time, as a multiple of what these calls take at the allowed rate. */
  readonly ratio: number;
  /** Refused calls for each that was served. */
  readonly refused: number;
  /** Hundredths of a second in which a tenth of all that wait called and was refused: they woke together. */
  readonly together: number;
}

/** By the real clock, for one operation. */
const LONGEST_MS = 120_000;
const BETWEEN_MS = 100_000;
const LATENCY_MS = 30;
/** An hour, less what Lambda's pauses and the answer take: whoever failed before gave up too early. */
const PATIENCE_MS = 40 * 60_000;

type Change = { readonly flow?: 1 | 2; readonly fails?: boolean; readonly channels?: number };

/** One service, and the stacks on it. */
export class Storm {
  public readonly passages: Passage[] = [];
  /** Reasons of events that ran out of all their time; none unless `mayRunOut` says so. */
  public readonly ranOut: string[] = [];
  /** Whether an event may fail when its time is over. */
  public mayRunOut = false;
  public events = 0;
  private readonly service: Service;
  private readonly ledger: Ledger;
  private readonly world: World;
  private readonly cloudformation: CloudFormation;
  private readonly sent = new Map<string, number>();
  private stacks: Stack[] = [];
  private underWay = 0;
  private mostUnderWay = 0;

  public constructor(types: Types, private readonly time: VirtualTime, private readonly weather: Weather) {
    time.reset();
    const dice = new Dice(weather.seed);
    Math.random = dice.throw;
    this.service = new Service(time);
    this.service.reset({});
    this.ledger = new Ledger(this.service, () => this.stacks);
    this.world = arrangeWorld(this.service, this.ledger);
    this.changeWeather(weather);
    this.service.traffic.latencyMs = LATENCY_MS;
    const slots = weather.concurrency === undefined ? undefined : new Slots(weather.concurrency);
    this.cloudformation = new CloudFormation(types, { service: this.service, time, dice, slots }, this.observer());
    time.pass(60_000);
  }

  public changeWeather(
    { perSecond, burst, throttled = 0, failing = 0, seed = 1 }: Partial<Weather> & Pick<Weather, 'perSecond' | 'burst'>,
  ): void {
    this.service.world.setBehaviour({
      requestRate: { '*': { perSecond, burst } },
      faults: [
        ...throttled > 0 ? [{ operation: '*', share: throttled, seed, error: 'ThrottledClient' }] : [],
        ...failing > 0 ? [{ operation: '*', share: failing, seed: seed + 1, error: 'ServiceFailure' }] : [],
      ],
    });
  }

  public create(change: Change = {}): Promise<void> {
    return this.operation('create', 2, () => Promise.all(Array.from({ length: this.weather.stacks ?? 1 }, (_, number) =>
      this.cloudformation.create(
        idOf(number, this.stacks.length), this.template(number, change), PLAN, stack => { this.stacks.push(stack); },
      ))));
  }

  /** Swaps the flow of every association. */
  public update(change: Change, plan: Partial<OperationPlan> = {}): Promise<void> {
    return this.operation(
      change.fails ? 'update that is rolled back' : 'update',
      1,
      () => Promise.all(this.stacks.map((stack, number) =>
        this.cloudformation.update(stack, this.template(number, change), { ...PLAN, ...plan }))),
    );
  }

  /** Goes on with rollbacks that failed. */
  public continueRollback(): Promise<void> {
    return this.operation(
      'continued rollback',
      1,
      () => Promise.all(this.stacks.filter(({ status }) => status === 'UPDATE_ROLLBACK_FAILED')
        .map(stack => this.cloudformation.continueRollback(stack, PLAN))),
    );
  }

  public delete(): Promise<void> {
    return this.operation(
      'delete', 2, () => Promise.all(this.stacks.map(stack => this.cloudformation.delete(stack, PLAN))),
    );
  }

  /** Every stack in a state that is whole. */
  public expect(...statuses: Stack['status'][]): void {
    for (const { id, status, held } of this.stacks) {
      if (!statuses.includes(status)) {
        throw new Violation(`${id} is ${status} with ${held.size} resources, and must be ${statuses.join(' or ')}`);
      }
    }
    this.check();
  }

  public forgetDeleted(): void {
    this.stacks = this.stacks.filter(({ status }) => status !== 'DELETED');
  }

  private check(): void {
    const worlds = Object.values(this.world);
    this.ledger.check({
      appInstances: worlds.map(({ appInstance }) => appInstance),
      users: worlds.flatMap(({ boss, guest }) => [boss, guest]),
      channels: worlds.flatMap(({ channels }) => channels),
      flows: worlds.map(({ flow }) => flow),
    });
  }

  /**
   * @param waves how often what must be done at once waits for what must be done before: each wave takes as long as its
   * calls
   */
  private async operation(name: string, waves: number, work: () => Promise<unknown>): Promise<void> {
    this.time.pass(BETWEEN_MS);
    this.service.traffic.forget();
    const [began, before] = [this.time.now(), this.cloudformation.eventCount];
    this.mostUnderWay = 0;
    await this.time.within(LONGEST_MS, work().then(() => undefined));
    const events = this.cloudformation.eventCount - before;
    this.events += events;
    const { served, calls } = this.service.traffic;
    const seconds = (this.time.now() - began) / 1000;
    const busiest = Math.max(0, ...served.values());
    const refused = calls.filter(({ throttled }) => throttled);
    const hundredths = new Map<number, number>();
    for (const { at } of refused) hundredths.set(Math.floor(at / 10), (hundredths.get(Math.floor(at / 10)) ?? 0) + 1);
    const many = Math.max(12, Math.min(this.mostUnderWay, this.weather.concurrency ?? Infinity) / 10);
    this.passages.push({
      operation: name,
      events,
      seconds,
      busiest,
      ratio: seconds / (waves * busiest / this.weather.perSecond),
      refused: refused.length / Math.max(1, calls.length - refused.length),
      together: [...hundredths.values()].filter(count => count > many).length,
    });
  }

  /** The ledger, which is told of an event that had no time left as of a disturbed one. */
  private observer(): Observer {
    const { ledger } = this;
    return {
      before: (stack: Stack, event: Event, held: Pick<Held, 'type'>) => {
        this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
        this.sent.set(event.RequestId, this.time.now());
        ledger.before(stack, event, held);
      },
      after: (
        stack: Stack, event: Event, reply: Reply, more: { readonly plan: EventPlan; readonly type: Held['type'] },
      ) => {
        this.underWay--;
        const hadNoTime = reply.status === 'FAILED' && this.time.now() - this.sent.get(event.RequestId)! >= PATIENCE_MS;
        if (hadNoTime && this.mayRunOut) this.ranOut.push(reply.reason);
        // Who was cut off may have been so between any two calls.
        const plan: EventPlan = hadNoTime && this.mayRunOut
          ? { attempts: [{ does: 'die-before' }, { does: 'die-before' }] }
          : more.plan;
        ledger.after(stack, event, reply, { ...more, plan });
      },
      retained: (stack, held) => ledger.retained(stack, held),
      forgotten: (stack, held) => ledger.forgotten(stack, held),
    };
  }

  private template(number: number, { flow = 1, fails = false, channels = this.weather.channels }: Change): Template {
    const { appInstance: AppInstanceArn, boss: Bearer } = this.world.H1;
    const resources: Record<string, Resource> = {
      User: {
        type: 'user',
        properties: { AppInstanceArn, AppInstanceUserId: `operator-${number}`, Name: 'operator' },
        policy: 'Delete',
      },
      Admin: {
        type: 'admin',
        properties: { AppInstanceArn, AppInstanceAdminArn: attribute('User', 'AppInstanceUserArn') },
        policy: 'Delete',
      },
    };
    for (const place of [1, 2]) {
      const properties = { AppInstanceArn, Name: `flow ${place} of ${number}`, Processors: [PROCESSOR], Bearer };
      resources[`Flow${place}`] = { type: 'flow', properties, dependsOn: ['Admin'], policy: 'Delete' };
    }
    for (let index = 0; index < channels; index++) {
      resources[`Channel${index}`] = {
        type: 'channel',
        properties: {
          AppInstanceArn, Name: `channel ${index}`, Bearer, Tags: [{ Key: 'stack', Value: String(number) }],
        },
        dependsOn: ['Admin'],
        policy: 'Delete',
      };
      resources[`Association${index}`] = {
        type: 'association',
        properties: {
          ChannelArn: attribute(`Channel${index}`, 'ChannelArn'),
          ChannelFlowArn: attribute(`Flow${flow}`, 'ChannelFlowArn'),
          Bearer,
          OnExisting: 'FAIL',
        },
        dependsOn: ['Admin'],
        policy: 'Delete',
      };
    }
    // It changes with the associations, and fails beside them.
    resources.Native = {
      type: 'native', properties: { fails, flow }, dependsOn: ['Channel0', 'Flow1', 'Flow2'], policy: 'Delete',
    };
    return resources;
  }
}

const PROCESSOR = {
  Name: 'moderate',
  ExecutionOrder: 1,
  FallbackAction: 'ABORT',
  Configuration: {
    Lambda: { ResourceArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:moderate`, InvocationType: 'ASYNC' },
  },
};

/** All at once, as CloudFormation sends them. */
const PLAN: OperationPlan = {
  events: new Map(), isConcurrent: true, cancels: false, rollbackId: 'first', cleanUpProperties: 'former',
};

function idOf(number: number, made: number): string {
  return `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/storm-${number}/${made}`;
}
