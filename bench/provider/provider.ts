import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_HOST, startAnswerServer } from './answer-server';
import { providerOf, sizesOf, type ProviderCode } from './asset';
import { startParameterStore } from './parameter-store';
import { lambdaNode, runNode } from '../child';
import { ALL, BENCH, type Contestant } from '../contestants';
import { inRounds, type Figure, type Sample } from '../figures';
import { startService } from '../service';

const ROUNDS = 7;
const EVENTS = 100;

/** Memory at which a function has one CPU for itself. */
const WHOLE_CPU_MB = 1769;

const MEMORY_SIZES = [128, 256, 512, 1024, 1769];

/**
 * How long a first event may wait for the service and for CloudFormation's bucket: two connections with TLS, and the
 * answers.
 */
const WAITING_MS = 170;

interface Times {
  readonly wallMs: number;
  readonly cpuMs: number;
}

interface Handled {
  readonly load: Times;
  readonly heapMB: number;
  readonly heapAfterFirstMB: number;
  readonly handled: readonly Times[];
  readonly rssMB: number;
}

/** Asset, loading, and the first and hundredth event of each provider. */
export async function measureProvider(runDirectory: string): Promise<Figure[]> {
  const service = await startService();
  const answers = await startAnswerServer(runDirectory);
  const parameters = await startParameterStore();
  const providers = new Map<Contestant, ProviderCode>();
  try {
    return await inRounds({
      part: 'provider',
      rounds: ROUNDS,
      // CloudFormation makes the native resource itself.
      contestants: ALL.filter(contestant => contestant !== 'native'),
      units: {
        'asset': 'B',
        'asset, zipped': 'B',
        'load': 'ms',
        'heap after load': 'MB',
        'heap after first event': 'MB',
        'first event': 'ms',
        'load + first event': 'ms',
        'load + first event, CPU': 'ms',
        'load + first event at 128 MB': 'ms',
        'load + first event at 512 MB': 'ms',
        'hundredth event, CPU': 'ms',
        'peak memory': 'MB',
        ...Object.fromEntries(MEMORY_SIZES.map(size => [costTimesTime(size), 'GB·s²'])),
      },
    }, async contestant => {
      const code = providers.get(contestant) ?? await providerOf(contestant, runDirectory, service.appInstanceArn);
      providers.set(contestant, code);
      const events = join(runDirectory, 'events.json');
      writeFileSync(
        events,
        JSON.stringify({ module: code.module, exported: code.exported, port: answers.port, events: eventsFor(code) }),
      );
      const said = await runNode(['--expose-gc', 'provider/one-process.js', events], {
        runDirectory,
        node: lambdaNode(),
        env: {
          ...service.environment,
          AWS_ENDPOINT_URL_SSM: parameters.url,
          // The SDK that Lambda's runtime brings, for who has none inside.
          NODE_PATH: join(BENCH, 'node_modules'),
          NODE_EXTRA_CA_CERTS: answers.certificate,
          AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
          AWS_LAMBDA_FUNCTION_NAME: 'bench',
        },
      });
      const { Status, Reason } = answers.last();
      if (Status === 'FAILED') throw new Error(`the provider answered: ${Reason}`);
      return figuresOf(JSON.parse(said), sizesOf(code.directory));
    });
  } finally {
    parameters.close();
    answers.close();
    await service.close();
  }
}

function figuresOf(
  { load, heapMB, heapAfterFirstMB, handled, rssMB }: Handled, { raw, zipped }: { raw: number; zipped: number },
): Sample {
  const [first] = handled;
  const last = handled[EVENTS - 1];
  const cpuMs = load.cpuMs + first.cpuMs;
  return {
    'asset': raw,
    'asset, zipped': zipped,
    'load': load.wallMs,
    'heap after load': heapMB,
    'heap after first event': heapAfterFirstMB,
    'first event': first.wallMs,
    'load + first event': load.wallMs + first.wallMs,
    'load + first event, CPU': cpuMs,
    // All waiting is for this machine's own servers, which is next to nothing, so the CPU's share decides.
    'load + first event at 128 MB': cpuMs * WHOLE_CPU_MB / 128,
    'load + first event at 512 MB': cpuMs * WHOLE_CPU_MB / 512,
    'hundredth event, CPU': last.cpuMs,
    'peak memory': rssMB,
    ...Object.fromEntries(MEMORY_SIZES.map(size => {
      const seconds = (cpuMs * WHOLE_CPU_MB / size + WAITING_MS) / 1000;
      return [costTimesTime(size), size / 1024 * seconds * seconds];
    })),
  };
}

/** What the first event costs, by the time that it takes: the least is the size to choose. */
function costTimesTime(size: number): string {
  return `cost × time at ${size} MB`;
}

/** A Create, and Updates of the name that follow each other. */
function eventsFor({ resourceType, properties }: ProviderCode) {
  return Array.from({ length: EVENTS }, (_, index) => ({
    RequestType: index === 0 ? 'Create' : 'Update',
    RequestId: `request-${process.pid}-${index}-${Date.now()}`,
    ResponseURL: `https://${ANSWER_HOST}/answer`,
    StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/Bench/1',
    LogicalResourceId: `Flow${Date.now()}`,
    ResourceType: resourceType,
    ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:bench',
    ResourceProperties: properties[index % 2],
    ...index === 0 ? {} : { OldResourceProperties: properties[(index + 1) % 2] },
  }));
}
