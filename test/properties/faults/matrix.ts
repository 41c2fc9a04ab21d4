import { BEHAVIOURS } from './behaviours';
import { portraitOf } from './portrait';
import { ROWS, Stage, type Row } from './rows';
import { copyOf } from './snapshot';
import { Theatre, type Event, type Reply } from './theatre';
import type { State } from '../../../local/emulator/store/state';
import type { CallDisturbance } from '../engine/disturbance';
import type { VirtualTime } from '../engine/virtual-time';

/** What befalls a call, and how the table names it. */
export const FAULTS = {
  'ThrottledClient': '429',
  'ServiceFailure': '500',
  'ServiceUnavailable': '503',
  'connection-reset': 'reset',
  'time-out': 'time-out',
  'lost-answer': 'lost answer',
  'AccessDenied': 'AccessDenied',
  'Forbidden': '403',
  'NotFound': '404',
  'Conflict': '409',
  'stale-list': 'stale list',
} as const satisfies { [Does in CallDisturbance]?: string };
export type FaultName = keyof typeof FAULTS;

export type Outcome =
  /** SUCCESS, and the service holds what it holds without the fault. */
  | 'right'
  /** FAILED, with a reason that says what to do; the next events recover. */
  | 'failed'
  /**
   * SUCCESS, because the service said that something was gone, and went on to hold it: who is told so must believe it.
   */
  | 'believed';

export interface Cell {
  readonly row: Row;
  readonly operation: string;
  readonly fault: FaultName;
  readonly isLasting: boolean;
  readonly behaviour: number;
  readonly outcome: Outcome;
  /** What is wrong, if anything is. */
  readonly problem?: string;
}

/** The answers of a service that says what isn't so. */
const LIES: readonly FaultName[] = ['Forbidden', 'NotFound'];

/** Operation, code, message and what to do; or what the library itself found, and what to do. */
const REASON = /\b[A-Z]\w+ failed: [\w ]+: [^]+ — [^]+/;

/** One row in one of the behaviours: arranged once, played as often as there are faults for its calls. */
class Scene {
  public static async arrange(theatre: Theatre, row: Row, behaviour: number): Promise<Scene> {
    theatre.open(BEHAVIOURS[behaviour]);
    const event = await row.arrange(new Stage(theatre));
    // An admin that was just made is accepted, and lists show what is there.
    theatre.time.pass(60_000);
    const scene = new Scene(theatre, row, behaviour, event);
    scene.undisturbed = await theatre.play(row.type, event);
    if (scene.undisturbed.status === 'FAILED') {
      throw new Error(`${row.type}: ${row.name} fails undisturbed: ${scene.undisturbed.reason}`);
    }
    scene.after = scene.portrait();
    return scene;
  }

  public undisturbed!: Reply;
  public after!: string;
  private readonly before: string;
  private readonly state: State;
  private readonly now: number;

  private constructor(
    private readonly theatre: Theatre, private readonly row: Row, private readonly behaviour: number,
    private readonly event: Event,
  ) {
    this.before = this.portrait();
    this.now = theatre.time.now();
    this.state = copyOf(theatre.service.world.state, theatre.time.now);
  }

  public async play(call: number, fault: FaultName, isLasting: boolean): Promise<Cell> {
    this.reset();
    const operation = this.undisturbed.operations[call - 1];
    const reply = await this.theatre.play(this.row.type, this.event, { call, does: fault, isLasting });
    const cell = { row: this.row, operation, fault, isLasting, behaviour: this.behaviour };
    if (reply.status === 'FAILED') {
      return { ...cell, outcome: 'failed', problem: this.reasonProblem(reply) ?? await this.recover(reply) };
    }
    if (this.portrait() === this.after) return { ...cell, outcome: 'right' };
    const problem = LIES.includes(fault)
      ? undefined
      : `succeeded, but the service holds\n${difference(this.after, this.portrait())}`;
    return { ...cell, outcome: 'believed', problem };
  }

  private reset(): void {
    const { service, time } = this.theatre;
    service.reset(BEHAVIOURS[this.behaviour]);
    time.reset();
    time.pass(this.now - time.now());
    service.world.state = copyOf(this.state, time.now);
  }

  private reasonProblem({ reason }: Reply): string | undefined {
    return REASON.test(reason) ? undefined : `the reason says too little: ${reason}`;
  }

  /** CloudFormation's next events: what undoes the failed one, and the event once more. */
  private async recover({ physicalId }: Reply): Promise<string | undefined> {
    const { RequestType, ResourceProperties, OldResourceProperties, PhysicalResourceId } = this.event;
    // A Delete, and a rollback that is continued, come again as they were.
    if (RequestType === 'Delete' || this.row.name.startsWith('Update, back')) {
      return (await this.expect(this.event, this.after, 'the event once more')).problem;
    }
    const undo: Event = RequestType === 'Create'
      ? { RequestType: 'Delete', ResourceProperties, PhysicalResourceId: physicalId }
      : {
        RequestType: 'Update',
        ResourceProperties: OldResourceProperties!,
        OldResourceProperties: ResourceProperties,
        PhysicalResourceId,
      };
    // What was gone before is there again after a rollback.
    const undone = await this.expect(
      undo, this.row.name === 'Update, it is gone' ? undefined : this.before, 'what undoes it',
    );
    if (undone.problem !== undefined) return undone.problem;
    const again = RequestType === 'Create' ? this.event : { ...this.event, PhysicalResourceId: undone.physicalId };
    return (await this.expect(again, this.after, 'the event once more')).problem;
  }

  private async expect(
    event: Event, portrait: string | undefined, what: string,
  ): Promise<{ physicalId: string; problem?: string }> {
    const { status, physicalId, reason } = await this.theatre.play(this.row.type, event);
    if (status === 'FAILED') return { physicalId, problem: `${what} failed: ${reason}` };
    if (portrait === undefined || this.portrait() === portrait) return { physicalId };
    return { physicalId, problem: `after ${what} the service holds\n${difference(portrait, this.portrait())}` };
  }

  private portrait(): string {
    return portraitOf(this.theatre.service.world.state);
  }
}

/** Plays every row, each of its calls under each fault, once and lasting; the behaviours of the service take turns. */
export async function playMatrix(time: VirtualTime): Promise<Cell[]> {
  const theatre = new Theatre(time);
  const cells: Cell[] = [];
  for (const row of ROWS) {
    const scenes = await inTurn(BEHAVIOURS.keys(), behaviour => Scene.arrange(theatre, row, behaviour));
    for (const [turn, scene] of scenes.entries()) {
      for (let call = 1; call <= scene.undisturbed.operations.length; call++) {
        for (const [index, fault] of (Object.keys(FAULTS) as FaultName[]).entries()) {
          if ((call + index) % scenes.length !== turn) continue;
          for (const isLasting of [false, true]) cells.push(await scene.play(call, fault, isLasting));
        }
      }
    }
  }
  return cells;
}

async function inTurn<T, R>(items: Iterable<T>, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function difference(wanted: string, found: string): string {
  const [is, was] = [found.split('\n'), wanted.split('\n')];
  return [
    ...is.filter(line => !was.includes(line)).map(line => `+ ${line}`),
    ...was.filter(line => !is.includes(line)).map(line => `- ${line}`),
  ].join('\n');
}
