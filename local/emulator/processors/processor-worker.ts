import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { MessageChannel, MessagePort, Worker } from 'node:worker_threads';
import { parseFunctionArn } from './function-arn';
import { Invoke } from './invocations';
import { describeThrown } from './processor-context';
import { ProcessorEvent } from './processor-event';

/**
 * What runs in the thread. It is text because the emulator is bundled into one file. It answers by a port that the
 * module does not get, so that whatever a module posts to its parent is not an answer; and Node's own messages to the
 * parent, which it does not check, stay as they are.
 */
const CODE = `
const { MessagePort, workerData } = require('node:worker_threads');
const { port, url, context, timeLimit } = workerData;
delete workerData.port;
Object.freeze(MessagePort.prototype);
const loaded = import(url).then(module => module.handler ?? module.default?.handler ?? module.default);
port.on('message', async ({ event, awsRequestId }) => {
  try {
    const handler = await loaded;
    if (typeof handler !== 'function') throw new Error(url + ' must export a function named handler');
    const end = Date.now() + timeLimit;
    await handler(event, { ...context, awsRequestId, getRemainingTimeInMillis: () => Math.max(0, end - Date.now()) });
    port.postMessage({ awsRequestId });
  } catch (error) {
    let problem = 'the processor threw a value that cannot be shown';
    try { problem = String(error?.stack ?? error); } catch {}
    port.postMessage({ awsRequestId, problem });
  }
});`;

/** More would be taken from the emulator, and from whatever else runs on this machine. */
const MAX_HEAP_MB = 512;

/** A module in threads of its own: whatever it does, the emulator goes on. */
export class ProcessorWorker {
  private readonly threads = new Set<ProcessorThread>();

  constructor(
    private readonly path: string, private readonly functionArn: string, private readonly chimeEndpoint: string,
    private readonly timeLimitMs: number,
  ) {}

  readonly invoke: Invoke = async (_, event, crashed) => {
    const thread = [...this.threads].find(({ isOpen }) => isOpen) ?? this.start();
    thread.run(event, crashed);
  };

  /** Ends all that runs, and tells nobody. */
  async stop(): Promise<void> {
    await Promise.all([...this.threads].map(thread => thread.stop()));
  }

  private start(): ProcessorThread {
    const { name, region } = parseFunctionArn(this.functionArn);
    const { port1: port, port2 } = new MessageChannel();
    const worker = new Worker(CODE, {
      eval: true,
      workerData: {
        port: port2,
        url: pathToFileURL(this.path).href,
        timeLimit: this.timeLimitMs,
        context: { functionName: name, invokedFunctionArn: this.functionArn },
      },
      transferList: [port2],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      env: {
        // Without credentials no SDK signs; none but the local service is to see these.
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        ...process.env,
        AWS_REGION: region,
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: this.chimeEndpoint,
        AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY: this.chimeEndpoint,
      },
    });
    const thread = new ProcessorThread(worker, port, this.timeLimitMs);
    this.threads.add(thread);
    worker.once('exit', () => this.threads.delete(thread));
    return thread;
  }
}

interface Running {
  readonly crashed: (problem: string) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * One thread with what runs in it. After a time-out or a crash the next invocation gets another thread, as in Lambda
 * another environment.
 */
class ProcessorThread {
  /** Whether it takes further invocations. */
  isOpen = true;
  /** By request id. */
  private readonly running = new Map<string, Running>();

  constructor(
    private readonly worker: Worker, private readonly port: MessagePort, private readonly timeLimitMs: number,
  ) {
    port.on('message', message => this.end(message?.awsRequestId, message?.problem));
    worker.on('error', error => this.ended(describeThrown(error)));
    worker.on('exit', code => this.ended(`the processor ended its thread with exit code ${code}`));
    port.unref();
    worker.unref();
  }

  run(event: ProcessorEvent, crashed: (problem: string) => void): void {
    const awsRequestId = randomUUID();
    const timer = setTimeout(() => this.timeOut(awsRequestId), this.timeLimitMs).unref();
    this.running.set(awsRequestId, { crashed, timer });
    this.port.postMessage({ event, awsRequestId });
  }

  async stop(): Promise<void> {
    this.isOpen = false;
    this.running.forEach(({ timer }) => clearTimeout(timer));
    this.running.clear();
    this.port.close();
    await this.worker.terminate();
  }

  /** The thread ends with the last that runs in it: a loop without an end keeps a core busy until then. */
  private timeOut(awsRequestId: string): void {
    this.isOpen = false;
    this.end(awsRequestId, `the processor did not end within ${this.timeLimitMs} ms`);
  }

  private end(awsRequestId: string, problem?: string): void {
    const running = this.running.get(awsRequestId);
    if (!running) return;
    this.running.delete(awsRequestId);
    clearTimeout(running.timer);
    if (problem !== undefined) running.crashed(describeThrown(problem));
    if (!this.isOpen && this.running.size === 0) void this.stop();
  }

  private ended(problem: string): void {
    this.isOpen = false;
    [...this.running.keys()].forEach(awsRequestId => this.end(awsRequestId, problem));
  }
}
