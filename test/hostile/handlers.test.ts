/**
 * Hostile events for the function of every resource type, as Lambda calls it: whatever comes, CloudFormation gets one
 * answer if it can be told, the service is asked about nothing of others, and nothing else is connected to.
 *
 *     HOSTILE_SEED=<seed> HOSTILE_RUNS=<runs> npx jest --coverage=false test/hostile/handlers.test.ts
 */
import * as fc from 'fast-check';
import { Connections } from './connections';
import { foreignArns } from './foreign-arns';
import { ANSWERS_HERE, hostileEvent, REFUSED_URLS, type HostileEvent } from './handler-events';
import { HANDLERS, type Entry } from './handlers';
import { RUNS, SEED } from './runs';
import { startService, type Service } from '../handlers/fixture';
import { SIGNATURE, startResponseServer, type ResponseServer } from '../handlers/protocol/response-server';
import { World } from '../handlers/world';

/** So many events are under way at a time; that is how the waits among them cost little. */
const AT_A_TIME = 250;
/** What Lambda gives an event here; whoever waits for something is made to answer before. */
const TIMEOUT_MS = 3_000;
const HOME = { partition: 'aws', region: 'us-east-1', account: '000000000000' };

const ownPorts = new Set<number>();
const connections = new Connections(ownPorts);
let service: Service;
let answers: ResponseServer;
let logged: string[];
const tally = { events: 0, succeeded: 0, failed: 0, calls: 0 };

beforeAll(async () => {
  process.env.CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE = '1';
  answers = await startResponseServer();
  ownPorts.add(Number(new URL(answers.url()).port));
  service = await startService();
  ownPorts.add(service.emulator.port);
});
beforeEach(() => {
  logged = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    jest.spyOn(console, method).mockImplementation((...line: unknown[]) => { logged.push(line.join(' ')); });
  }
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  connections.restore();
  await service.close();
  await answers.close();
});

function invoke(entry: Entry, event: unknown, timeout = TIMEOUT_MS): Promise<void> {
  const end = Date.now() + timeout;
  const { region, account } = HOME;
  return HANDLERS[entry].handler(event, {
    getRemainingTimeInMillis: () => end - Date.now(),
    invokedFunctionArn: `arn:aws:lambda:${region}:${account}:function:provider`,
  });
}

/** A world of their own for some events; what its things are called in the text of an event. */
async function newPlaces(): Promise<Record<string, string>> {
  service.emulator.reset();
  const world = await World.create(service);
  const [channel, flow, user] = [await world.channel('lobby'), await world.flow('moderation'), await world.user('bob')];
  await world.associate(channel, flow);
  const spare = await World.create(service);
  return { appInstance: world.appInstance, admin: world.admin, channel, flow, user, spare: spare.appInstance };
}

async function play(events: readonly HostileEvent[]): Promise<void> {
  const places = await newPlaces();
  answers.received.length = 0;
  const arranged = service.emulator.calls().length;
  const problems = await Promise.all(events.map(async ({ entry, text }, index) => {
    const put = { ...places, answers: `${answers.url()}&event=${index}.` };
    const event = JSON.parse(
      Object.entries(put).reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, value), text),
    );
    return invoke(entry, event).then(() => undefined, (error: unknown) => `throws ${error}`);
  }));
  events.forEach(({ isAnswerable }, index) => {
    const received = answers.received.filter(({ path }) => path!.endsWith(`event=${index}.`));
    // On a machine that is busy an answer is sent again, for nobody has acknowledged it in time: it is the same then.
    const different = new Set(received.map(({ answer }) => JSON.stringify(answer))).size;
    problems[index] ??= different === (isAnswerable ? 1 : 0) ? undefined : `was answered ${different} times`;
    problems[index] ??= received.map(({ answer, bytes }) => faultOf(answer, bytes)).find(fault => fault !== undefined);
  });
  const wrong = problems.flatMap(
    (problem, index) => problem === undefined ? [] : [`${problem}: ${show(events[index])}`],
  );
  const calls = service.emulator.calls().slice(arranged);
  const foreign = calls.flatMap(
    ({ operation, input }) => foreignArns(input, HOME).map(arn => `${operation} was called with ${arn}`),
  );
  const untidy = logged.splice(0).filter(line => !isTidy(line)).map(line => `logged ${line.slice(0, 300)}`);
  const outside = connections.refused.splice(0).map(where => `connected to ${where}`);
  const polluted = Object.keys(Object.prototype).map(name => `every object has ${name}`);
  const succeeded = answers.received.filter(({ answer }) => answer.Status === 'SUCCESS').length;
  tally.events += events.length;
  tally.succeeded += succeeded;
  tally.failed += answers.received.length - succeeded;
  tally.calls += calls.length;
  expect([...wrong, ...foreign, ...untidy, ...outside, ...polluted].slice(0, 20)).toEqual([]);
}

/** What is wrong with an answer. */
function faultOf(answer: Record<string, any>, bytes: number): string | undefined {
  const { Status, Reason, PhysicalResourceId } = answer;
  if (Status !== 'SUCCESS' && Status !== 'FAILED') return `has the status ${Status}`;
  if (Status === 'FAILED' && (typeof Reason !== 'string' || Reason === '')) return 'fails without a reason';
  if (typeof PhysicalResourceId !== 'string' || PhysicalResourceId === '') return 'is answered without a physical id';
  // CloudFormation ignores a longer one.
  if (bytes > 4096) return `is answered with ${bytes} bytes`;
  return undefined;
}

function isTidy(line: string): boolean {
  if (line.includes(SIGNATURE) || line.includes('\n')) return false;
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

function show({ entry, text }: HostileEvent): string {
  return `${entry} ${text.length > 2_000 ? `${text.slice(0, 2_000)}… (${text.length} characters)` : text}`;
}

test(`${RUNS} hostile events of seed ${SEED} are answered, and ask for nothing of others`, async () => {
  await fc.assert(fc.asyncProperty(fc.array(hostileEvent, { minLength: AT_A_TIME, maxLength: AT_A_TIME }), play), {
    seed: SEED, numRuns: Math.ceil(RUNS / AT_A_TIME), endOnFailure: true,
  });
  const { events, succeeded, failed, calls } = tally;
  process.stderr.write(`hostile: ${events} events, ${succeeded} succeeded, ${failed} failed, the others could not be `
    + `answered; ${calls} calls; seed ${SEED}\n`);
  // Else the fuzz would stop at the door.
  expect(succeeded).toBeGreaterThan(events / 10);
  expect(calls).toBeGreaterThan(events / 2);
}, 24 * 3_600_000);

test.each(REFUSED_URLS.map(url => [url] as const))('an answer is never sent to %j', async url => {
  await newPlaces();
  service.forgetCalls();
  await invoke('app-instance', {
    RequestType: 'Create',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Resource',
    ResponseURL: url,
    ResourceProperties: { Name: 'chat' },
  });
  expect(service.operations()).toEqual([]);
  expect(connections.refused).toEqual([]);
  expect(logged.map(line => JSON.parse(line))).toMatchObject([{ status: 'UNANSWERABLE' }]);
});

test('the fuzz fits the functions: events that are right succeed', async () => {
  const places = await newPlaces();
  answers.received.length = 0;
  for (const entry of Object.keys(HANDLERS) as Entry[]) {
    const text = JSON.stringify({
      RequestType: 'Create',
      StackId: 'stack',
      RequestId: `request-${entry}`,
      LogicalResourceId: 'Resource',
      ResponseURL: ANSWERS_HERE,
      ResourceProperties: HANDLERS[entry].valid,
    });
    await invoke(entry, JSON.parse(Object.entries({ ...places, answers: answers.url() }).reduce(
      (filled, [name, value]) => filled.replaceAll(`{${name}}`, value), text,
    )), 5_000);
  }
  // The verification's messages find nobody who answers.
  expect(answers.received.map(({ answer }) => answer.Status)).toEqual([...Array(7).fill('SUCCESS'), 'FAILED']);
});
