import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseFunctionArn } from './function-arn';
import { Invoke } from './invocations';
import { describeThrown, ProcessorContext, remainingTime } from './processor-context';
import { ProcessorEvent } from './processor-event';
import { ProcessorWorker } from './processor-worker';

/** A processor's code, called as Lambda calls it. */
export type ProcessorHandler = (event: ProcessorEvent, context: ProcessorContext) => unknown;

/** Code that stands in for a Lambda function: the path of a module that exports `handler`, or the handler itself. */
export type LocalProcessor = string | ProcessorHandler;

/** Processors that run in this process, or in threads of it, instead of in Lambda. */
export class LocalProcessors {
  private readonly workers = new Map<string, ProcessorWorker>();

  /**
   * @param processors by the function's name or ARN
   * @param chimeEndpoint where a module's SDK finds the service
   * @param timeLimitMs how long an invocation may take
   */
  constructor(
    private readonly processors: Readonly<Record<string, LocalProcessor>>,
    private readonly chimeEndpoint: () => string,
    private readonly timeLimitMs: number,
  ) {
    for (const [name, processor] of Object.entries(processors)) {
      if (typeof processor === 'string' && !existsSync(processor)) {
        throw new Error(`processor ${name} must be the path of a module, got ${processor}, which does not exist`);
      }
    }
  }

  /** How to invoke this function; nothing if it is not one of them. */
  find(functionArn: string): Invoke | undefined {
    const { name, unqualified } = parseFunctionArn(functionArn);
    const key = [functionArn, unqualified, name].find(candidate => Object.hasOwn(this.processors, candidate));
    if (key === undefined) return undefined;
    const processor = this.processors[key];
    return typeof processor === 'string'
      ? this.worker(functionArn, processor).invoke
      : inProcess(processor, this.timeLimitMs);
  }

  /** Ends the threads of modules with all that runs in them; the next invocation loads its module anew. */
  async stop(): Promise<void> {
    await Promise.all([...this.workers.values()].map(worker => worker.stop()));
  }

  private worker(functionArn: string, path: string): ProcessorWorker {
    const worker = this.workers.get(functionArn)
      ?? new ProcessorWorker(resolve(path), functionArn, this.chimeEndpoint(), this.timeLimitMs);
    this.workers.set(functionArn, worker);
    return worker;
  }
}

function inProcess(handler: ProcessorHandler, timeLimitMs: number): Invoke {
  return async (functionArn, event, crashed) => {
    const context: ProcessorContext = {
      functionName: parseFunctionArn(functionArn).name,
      invokedFunctionArn: functionArn,
      awsRequestId: randomUUID(),
      getRemainingTimeInMillis: remainingTime(timeLimitMs),
    };
    // A handler must not share the event with those that get it again.
    void (async () => handler(structuredClone(event), context))().catch(
      (error: unknown) => crashed(describeThrown(error)),
    );
  };
}
