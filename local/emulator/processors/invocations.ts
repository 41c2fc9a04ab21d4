import { failureEvent } from './failure-event';
import { processorEvent, ProcessorEvent } from './processor-event';
import { fallBack } from '../messages/processing';
import { ProcessorQueue, Stage } from '../messages/stage';
import { PendingCallback } from '../store/state';

/**
 * Hands an event to a function. Rejects if the function can't be invoked; what happens to it afterwards is not its
 * caller's business, as with Lambda's asynchronous invocation.
 *
 * @param crashed is told if the function fails
 */
export type Invoke = (functionArn: string, event: ProcessorEvent, crashed: (problem: string) => void) => Promise<void>;

/** Puts an event of the service on the account's event bus; rejects if the bus does not take it. */
export type PutEvent = (
  event: { detailType: string; detail: Readonly<Record<string, string>>; time: number; functionArn: string },
) => Promise<void>;

/** The log of events keeps many, and what a processor throws may be as long as it likes. */
const LONGEST_PROBLEM = 4_096;

/** Has processors invoked, after the call that made it necessary was answered. */
export class Invocations implements ProcessorQueue {
  /** @param stop ends what runs */
  constructor(
    private readonly invoke: Invoke, private readonly putEvent: PutEvent, private readonly now: () => number,
    readonly stop: () => Promise<void>,
  ) {}

  enqueue(stage: Stage, callback: PendingCallback): void {
    setImmediate(() => void this.run(stage, callback));
  }

  /** The stage keeps the state that it began with: what a reset leaves behind changes nothing any more. */
  private async run(stage: Stage, callback: PendingCallback): Promise<void> {
    const event = processorEvent(stage.state, callback);
    if (!event) return;
    const processorResourceArn = callback.processor.Configuration.Lambda.ResourceArn;
    const crashed = (problem: string) =>
      stage.state.events.add(this.now(), {
        kind: 'processor-crash',
        processorResourceArn,
        messageId: callback.MessageId,
        problem: problem.slice(0, LONGEST_PROBLEM),
      });
    try {
      await this.invoke(processorResourceArn, event, crashed);
    } catch (error) {
      const reason = (error as Error).message;
      fallBack({ ...stage, now: this.now() }, callback, reason);
      await this.report(stage, callback, reason);
      return;
    }
    for (let delivery = 2; delivery <= stage.behaviour.processorDeliveries; delivery++) {
      await this.invoke(processorResourceArn, event, crashed).catch((error: Error) => crashed(error.message));
    }
  }

  private async report(stage: Stage, callback: PendingCallback, reason: string): Promise<void> {
    const { detailType, detail } = failureEvent(callback, reason);
    const functionArn = detail.processorResourceArn;
    const problem = await this.putEvent({ detailType, detail, time: this.now(), functionArn }).then(
      () => undefined, (error: Error) => error.message,
    );
    stage.state.events.add(
      this.now(), { kind: 'bus', detailType, detail, ...problem !== undefined ? { problem } : {} },
    );
  }
}
