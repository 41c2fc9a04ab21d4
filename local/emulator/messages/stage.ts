import { PendingCallback, State } from '../store/state';
import { Behaviour } from '../switches/behaviour';

/** What moving a message on takes; also when no call does it. */
export interface Stage {
  readonly state: State;
  readonly behaviour: Readonly<Behaviour>;
  /** In milliseconds of the emulator's clock. */
  readonly now: number;
  readonly invocations: ProcessorQueue;
}

/** Has processors invoked. */
export interface ProcessorQueue {
  enqueue(stage: Stage, callback: PendingCallback): void;
}
