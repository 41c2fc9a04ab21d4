import type { Dice } from './dice';
import type { Disturbance } from './disturbance';
import { Line } from './line';
import { Traffic } from './traffic';
import type { VirtualTime } from './virtual-time';
import type { Behaviour } from '../../../local/emulator';
import { World } from '../../../local/emulator/http/world';
import { OPERATIONS } from '../../../local/emulator/operations';
import type { Call } from '../../../local/emulator/operations/access/call';
import { Invocations } from '../../../local/emulator/processors/invocations';
import type { OperationName } from '../../../local/emulator/protocol/services';

export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';

const noProcessors = async () => {};

/** The emulated service in this process: what the SDK's clients send reaches it without a socket. */
export class Service {
  public world: World;
  public readonly traffic: Traffic;

  public constructor(private readonly time: VirtualTime) {
    this.world = this.newWorld({});
    this.traffic = new Traffic(time.now);
  }

  public reset(behaviour: Partial<Behaviour>): void {
    this.world = this.newWorld(behaviour);
    this.traffic.forget();
  }

  /** The way from one invocation of a function to the service. */
  public line(dice: Dice, disturbance?: Disturbance): Line {
    return new Line(this.world, this.time, dice, this.traffic, disturbance);
  }

  /** One call behind every stack's back, of somebody who may do everything. */
  public byHand(operation: OperationName, input: object): Record<string, any> {
    const { world } = this;
    const call: Call<never> = {
      operation,
      input: input as never,
      region: REGION,
      accountId: ACCOUNT,
      state: world.state,
      behaviour: world.behaviour,
      now: world.now(),
      invocations: world.invocations,
    };
    const { check, act } = OPERATIONS[operation]!;
    return act(call, check(call)) as Record<string, any>;
  }

  private newWorld(behaviour: Partial<Behaviour>): World {
    return new World(
      ACCOUNT, behaviour, this.time.now, new Invocations(noProcessors, noProcessors, this.time.now, noProcessors),
    );
  }
}
