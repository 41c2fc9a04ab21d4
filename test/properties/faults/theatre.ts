import { randomUUID } from 'node:crypto';
import type { Behaviour } from '../../../local/emulator';
import type { Sent } from '../engine/answers';
import { Dice } from '../engine/dice';
import type { Disturbance } from '../engine/disturbance';
import { invoke } from '../engine/lambda';
import { TYPES, type TypeName } from '../engine/resource-types';
import { ACCOUNT, REGION, Service } from '../engine/service';
import type { Properties } from '../engine/template';
import type { VirtualTime } from '../engine/virtual-time';

export const STACK_ID = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/matrix/1`;
export const OTHER_STACK_ID = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/other/2`;

export interface Event {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResourceProperties: Properties;
  readonly OldResourceProperties?: Properties;
  readonly PhysicalResourceId?: string;
  readonly StackId?: string;
  readonly LogicalResourceId?: string;
}

export interface Reply {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalId: string;
  readonly reason: string;
  /** The calls of the first delivery. */
  readonly operations: readonly string[];
}

const LAMBDA_RETRIES_AFTER_MS = [60_000, 120_000];
const SERVICE_TIMEOUT_MS = 3_600_000;

/** A service, and the handlers before it: for one event at a time. */
export class Theatre {
  public readonly service: Service;

  public constructor(public readonly time: VirtualTime) {
    this.service = new Service(time);
  }

  public open(behaviour: Partial<Behaviour>): void {
    this.time.reset();
    this.service.reset(behaviour);
    Math.random = new Dice(1).throw;
  }

  /** Plays one event with all of Lambda's deliveries; what disturbs disturbs the first. */
  public async play(type: TypeName, event: Event, disturbance?: Disturbance): Promise<Reply> {
    // Nobody sends two events in a moment.
    this.time.pass(100_000);
    const signed = Math.floor(this.time.now() / 1_000) * 1_000;
    const inbox: Sent[] = [];
    const full = {
      StackId: STACK_ID,
      LogicalResourceId: 'Resource',
      RequestId: randomUUID(),
      ResourceType: TYPES[type].name,
      ...event,
    };
    const around = { service: this.service, time: this.time, dice: new Dice(1) };
    let calls: readonly string[] | undefined;
    for (let delivery = 0; ; delivery++) {
      const disturbing = delivery === 0 ? disturbance : undefined;
      const { end, operations } = await invoke(
        TYPES[type], { event: full, signed, inbox, disturbance: disturbing }, around,
      );
      calls ??= operations;
      if (end === 'returned' || delivery === LAMBDA_RETRIES_AFTER_MS.length) break;
      await this.time.sleep(LAMBDA_RETRIES_AFTER_MS[delivery]);
    }
    if (inbox.length === 0) {
      await this.time.sleep(signed + SERVICE_TIMEOUT_MS + 1_000 - this.time.now());
      return {
        status: 'FAILED',
        physicalId: event.PhysicalResourceId ?? inventedId(),
        reason: 'no answer in time',
        operations: calls,
      };
    }
    const { Status, PhysicalResourceId, Reason = '' } = inbox[0].answer;
    return { status: Status, physicalId: PhysicalResourceId, reason: Reason, operations: calls };
  }
}

export function inventedId(): string {
  return 'matrix-Resource-1X2Y3Z4A5B6C7';
}
