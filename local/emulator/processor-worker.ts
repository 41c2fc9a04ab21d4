import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { parseFunctionArn } from './function-arn';
import { Invoke } from './invocations';
import { TIME_LIMIT_MS } from './processor-context';

/** What runs in the thread. It is text because the emulator is bundled into one file. */
const CODE = `
const { parentPort, workerData } = require('node:worker_threads');
const loaded = import(workerData.url).then(module => module.handler ?? module.default?.handler ?? module.default);
parentPort.on('message', async ({ event, awsRequestId }) => {
  try {
    const handler = await loaded;
    if (typeof handler !== 'function') throw new Error(workerData.url + ' must export a function named handler');
    const end = Date.now() + workerData.timeLimit;
    await handler(event, { ...workerData.context, awsRequestId, getRemainingTimeInMillis: () => Math.max(0, end - Date.now()) });
    parentPort.postMessage({ awsRequestId });
  } catch (error) {
    parentPort.postMessage({ awsRequestId, problem: error?.stack ?? String(error) });
  }
});`;

/** A module in a thread of its own: whatever it does, the emulator goes on. */
export class ProcessorWorker {
  private worker?: Worker;
  /** Who is to be told when an invocation crashes, by its request id. */
  private readonly running = new Map<string, (problem: string) => void>();

  constructor(private readonly path: string, private readonly functionArn: string, private readonly chimeEndpoint: string) {}

  readonly invoke: Invoke = async (_, event, crashed) => {
    const awsRequestId = randomUUID();
    this.running.set(awsRequestId, crashed);
    this.worker ??= this.start();
    this.worker.postMessage({ event, awsRequestId });
  };

  async close(): Promise<void> {
    this.running.clear();
    await this.worker?.terminate();
  }

  private start(): Worker {
    const { name, region } = parseFunctionArn(this.functionArn);
    const worker = new Worker(CODE, {
      eval: true,
      workerData: {
        url: pathToFileURL(this.path).href,
        timeLimit: TIME_LIMIT_MS,
        context: { functionName: name, invokedFunctionArn: this.functionArn },
      },
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
    worker.on('message', ({ awsRequestId, problem }) => this.end(awsRequestId, problem));
    worker.on('error', error => this.stopped(worker, error.stack ?? error.message));
    worker.on('exit', code => this.stopped(worker, `the processor ended its thread with exit code ${code}`));
    worker.unref();
    return worker;
  }

  private end(awsRequestId: string, problem: string | undefined): void {
    const crashed = this.running.get(awsRequestId);
    this.running.delete(awsRequestId);
    if (problem !== undefined) {
      crashed?.(problem);
    }
  }

  /** The next invocation starts another thread, as Lambda starts another environment. */
  private stopped(worker: Worker, problem: string): void {
    if (this.worker === worker) {
      this.worker = undefined;
      [...this.running.keys()].forEach(awsRequestId => this.end(awsRequestId, problem));
    }
  }
}
