import { Invocations } from '../processors/invocations';
import { CallLog } from '../store/call-log';
import { State } from '../store/state';
import { Behaviour, DEFAULT_BEHAVIOUR, withSwitches } from '../switches/behaviour';
import { FaultPlan } from '../switches/faults';
import { Throttle } from '../switches/throttle';

/** Everything that changes while the emulator runs. */
export class World {
  state: State;
  calls = new CallLog();
  throttle!: Throttle;
  faults!: FaultPlan;
  private switches!: Behaviour;
  private readonly initial: Behaviour;

  /** @param initial the switches that a reset returns to */
  constructor(
    readonly accountId: string, initial: Partial<Behaviour>, readonly now: () => number,
    readonly invocations: Invocations,
  ) {
    this.initial = withSwitches(DEFAULT_BEHAVIOUR, initial);
    this.state = new State(now);
    this.become(this.initial);
  }

  get behaviour(): Readonly<Behaviour> {
    return this.switches;
  }

  /** Sets some switches and leaves the others. Setting faults, or rates, starts their counts anew. */
  setBehaviour(switches: unknown): void {
    const next = withSwitches(this.switches, switches);
    const { faults, throttle } = this;
    this.become(next);
    const given = switches as Partial<Behaviour>;
    this.faults = given.faults ? this.faults : faults;
    this.throttle = given.requestRate ? this.throttle : throttle;
  }

  reset(): void {
    this.state = new State(this.now);
    this.calls = new CallLog();
    this.become(this.initial);
    void this.invocations.stop();
  }

  private become(behaviour: Behaviour): void {
    this.switches = behaviour;
    this.faults = new FaultPlan(behaviour.faults);
    this.throttle = new Throttle(behaviour.requestRate, this.now);
  }
}
