/**
 * Malformed requests to the emulator, over sockets: each is refused, none is answered by a failure of the emulator,
 * nothing is left of them in its memory, and whoever asks rightly is served meanwhile.
 *
 *     HOSTILE_SEED=<seed> HOSTILE_RUNS=<runs> npx jest --coverage=false test/hostile/emulator.test.ts
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ChimeSDKIdentity } from '@aws-sdk/client-chime-sdk-identity';
import * as fc from 'fast-check';
import { malformedRequest, type MalformedRequest } from './malformed-requests';
import { sendRaw, type Reply } from './raw-connection';
import { RUNS, SEED } from './runs';
import { startEmulator, type Emulator } from '../../local/emulator';
import { clientConfig } from '../local/emulator/fixture';

const AT_A_TIME = 50;
/** What requests may leave: the lists of calls, which end at 10,000. */
const MOST_LEFT_BYTES = 8 * 1024 * 1024 + RUNS * 256;

let emulator: Emulator;
const replies = new Map<string, Map<Reply, number>>();

beforeAll(async () => { emulator = await startEmulator(); });
afterAll(() => emulator.close());

async function play(requests: readonly MalformedRequest[]): Promise<void> {
  const heard = await Promise.all(requests.map(({ bytes }) => sendRaw(emulator.port, bytes)));
  requests.forEach(({ name }, index) => {
    const counts = replies.get(name) ?? new Map<Reply, number>();
    replies.set(name, counts.set(heard[index], (counts.get(heard[index]) ?? 0) + 1));
  });
  const wrong = requests.flatMap(
    (request, index) => isRight(request, heard[index]) ? [] : [`${request.name}: ${heard[index]}: ${show(request)}`],
  );
  expect(wrong).toEqual([]);
  await serves();
}

function isRight({ isBroken, mayPass }: MalformedRequest, reply: Reply): boolean {
  if (reply === 'silence') return false;
  if (reply === 'closed') return isBroken;
  return (reply >= 400 && reply < 500) || (mayPass && reply < 300);
}

async function serves(): Promise<void> {
  const { AppInstances = [] } = await new ChimeSDKIdentity(clientConfig(emulator)).listAppInstances({});
  expect(Array.isArray(AppInstances)).toBe(true);
}

function show({ bytes }: MalformedRequest): string {
  const text = bytes.toString('latin1').replace(/Signature=0+/, 'Signature=0');
  return JSON.stringify(text.length > 1_500 ? `${text.slice(0, 1_000)}…${text.slice(-500)}` : text);
}

/** Bytes in use when connections are gone and nothing is left to collect. */
async function bytesInUse(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round++) {
    await new Promise(resolve => setTimeout(resolve, 200));
    collect();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test(`${RUNS} malformed requests of seed ${SEED} are refused, and leave nothing`, async () => {
  const runs = Math.ceil(RUNS / AT_A_TIME);
  const property = fc.asyncProperty(fc.array(malformedRequest, { minLength: AT_A_TIME, maxLength: AT_A_TIME }), play);
  // What the first of all need stays: compiled code, and the connections of clients.
  await fc.assert(property, { seed: SEED + 1, numRuns: 2, endOnFailure: true });
  const before = await bytesInUse();
  await fc.assert(property, { seed: SEED, numRuns: runs, endOnFailure: true });
  const left = await bytesInUse() - before;
  process.stderr.write(
    `hostile: ${runs * AT_A_TIME} requests, ${(left / 2 ** 20).toFixed(1)} MiB left; seed ${SEED}\n`,
  );
  expect(left).toBeLessThan(MOST_LEFT_BYTES);
  expect(emulator.state().appInstances.length).toBeLessThan(RUNS / 20);
}, 24 * 3_600_000);
