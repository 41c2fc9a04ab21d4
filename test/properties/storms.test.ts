/**
 * Storms: hundreds of events at once to a service that allows a few calls per second (see storms/storm.ts). Whoever has
 * time left must not fail, nobody must answer twice, the allowed rate must be used, and those that wait must not wake
 * together.
 *
 * STORM_STEPS says how many events are played beyond the fixed part, in any weather (none by default, 100,000 in
 * `test:exhaustive`); PROPERTIES_SEED says with which seed. STORM_FIGURES=1 prints what each operation took.
 */
import * as fc from 'fast-check';
import { TYPES } from './engine/resource-types';
import { simulateTime } from './engine/simulation';
import { Violation } from './engine/violation';
import { SABOTEURS } from './storms/sabotage';
import { Storm, type Passage, type Weather } from './storms/storm';

const time = simulateTime();

const SEED = Number(process.env.PROPERTIES_SEED ?? 20_261_126);
const MORE_STEPS = Number(process.env.STORM_STEPS ?? 0);
const ROUGH = { throttled: 0.05, failing: 0.01 };

/**
 * What an operation may take of what its calls take at the allowed rate, beside what looking and waiting for lists take
 * anyway.
 */
const RATIO = 1.3;
const FIXED_SECONDS = 10;
/** How often many may call at once: when the events come, and when what they waited for is there. */
const BEGINNINGS = 12;

function requireOrder({ operation, ratio, seconds, together }: Passage): void {
  const inTime = ratio <= RATIO || seconds <= RATIO * seconds / ratio + FIXED_SECONDS;
  const found = [
    inTime ? [] : [`took ${seconds} s, ${ratio.toFixed(2)} of what it must`],
    together <= BEGINNINGS ? [] : [`many woke together ${together} times`],
  ].flat();
  if (found.length > 0) throw new Violation(`${operation}: ${found.join('; ')}`);
}

/**
 * The life of a stack, or several: made, changed, changed so that it fails half-way and is rolled back, and deleted.
 */
async function live(weather: Weather, types = TYPES): Promise<Storm> {
  const storm = new Storm(types, time, weather);
  await storm.create();
  storm.expect('COMPLETE');
  await storm.update({ flow: 2 });
  storm.expect('COMPLETE');
  await storm.update({ flow: 1, fails: true });
  storm.expect('COMPLETE');
  await storm.update({ flow: 1, fails: true }, { cancels: true });
  storm.expect('COMPLETE');
  await storm.delete();
  storm.expect('DELETED');
  storm.passages.forEach(requireOrder);
  return storm;
}

const CLEAR: Pick<Weather, 'perSecond' | 'burst'> = { perSecond: 1_000, burst: 1_000 };
const REASON = /\b[A-Z]\w+ was throttled by the service: \d+ attempts in \d+ s — deploy or delete again: .*\(CloudFormation sent the event \d+ min ago\)/;

let steps = 0;
afterAll(() => { process.stderr.write(`storms: ${steps} events\n`); });

test.each<[string, Weather]>([
  ['500 resources at 5 calls per second', { perSecond: 5, burst: 5, channels: 247, seed: SEED }],
  [
    '500 resources at 10 calls per second, where calls also fail by themselves',
    { perSecond: 10, burst: 20, channels: 247, seed: SEED, ...ROUGH },
  ],
  [
    '500 resources at 50 calls per second, where calls also fail by themselves',
    { perSecond: 50, burst: 10, channels: 247, seed: SEED, ...ROUGH },
  ],
  ['three stacks at once', { perSecond: 10, burst: 5, stacks: 3, channels: 50, seed: SEED, ...ROUGH }],
  [
    'an account that runs 10 functions at once',
    { perSecond: 5, burst: 5, channels: 60, concurrency: 10, seed: SEED, ...ROUGH },
  ],
])('%s', async (_, weather) => {
  const { events, passages } = await live(weather);
  steps += events;
  if (process.env.STORM_FIGURES) process.stderr.write(`${JSON.stringify(passages, null, 1)}\n`);
}, 600_000);

test('a service so slow that functions end before their work: Lambda delivers again, and nothing fails', async () => {
  // A wave takes 25 minutes, longer than an invocation.
  const { events } = await live({ perSecond: 0.02, burst: 1, channels: 30, seed: SEED });
  steps += events;
}, 600_000);

describe('a service so slow that an hour is not enough', () => {
  const weather: Weather = { perSecond: 0.005, burst: 1, channels: 30, seed: SEED };

  test('fails with operation and time; what was made goes when the service recovers, and is made anew', async () => {
    const storm = new Storm(TYPES, time, weather);
    storm.mayRunOut = true;
    await storm.create();
    storm.expect('ROLLBACK_COMPLETE', 'ROLLBACK_FAILED');
    expect(storm.ranOut.length).toBeGreaterThan(5);
    for (const reason of storm.ranOut) expect(reason).toMatch(REASON);
    storm.mayRunOut = false;
    storm.changeWeather(CLEAR);
    await storm.delete();
    storm.expect('DELETED');
    storm.forgetDeleted();
    await storm.create();
    storm.expect('COMPLETE');
    await storm.delete();
    storm.expect('DELETED');
    steps += storm.events;
  }, 600_000);

  test('fails an update and its rollback; both go on when the service recovers', async () => {
    const storm = new Storm(TYPES, time, weather);
    storm.changeWeather(CLEAR);
    await storm.create();
    storm.changeWeather(weather);
    storm.mayRunOut = true;
    await storm.update({ flow: 2 });
    storm.expect('COMPLETE', 'UPDATE_ROLLBACK_FAILED');
    expect(storm.ranOut.length).toBeGreaterThan(5);
    storm.mayRunOut = false;
    storm.changeWeather(CLEAR);
    await storm.continueRollback();
    storm.expect('COMPLETE');
    await storm.update({ flow: 2 });
    storm.expect('COMPLETE');
    await storm.delete();
    storm.expect('DELETED');
    steps += storm.events;
  }, 600_000);
});

test('a service that only ever answers 429 fails every event with its reason, and holds nothing', async () => {
  const storm = new Storm(TYPES, time, { perSecond: 5, burst: 5, throttled: 1, channels: 10, seed: SEED });
  storm.mayRunOut = true;
  await storm.create();
  storm.expect('ROLLBACK_COMPLETE', 'ROLLBACK_FAILED');
  for (const reason of storm.ranOut) expect(reason).toMatch(REASON);
  storm.mayRunOut = false;
  storm.changeWeather(CLEAR);
  await storm.delete();
  storm.expect('DELETED');
  steps += storm.events;
}, 600_000);

describe('a handler is caught that', () => {
  test.each<[string, Weather, string]>([
    ['gives up after eight attempts', { perSecond: 5, burst: 5, channels: 150, seed: SEED }, 'failed without need'],
    ['waits without jitter', { perSecond: 5, burst: 5, channels: 130, seed: SEED }, 'many woke together'],
    ['answers twice after a redelivery', { perSecond: 0.02, burst: 1, channels: 25, seed: SEED }, 'answered twice'],
  ])('%s', async (name, weather, violation) => {
    await expect(live(weather, SABOTEURS[name])).rejects.toThrow(violation);
  }, 600_000);
});

/** Any weather, for long searches. */
const weathers = fc.record({
  perSecond: fc.constantFrom(5, 10, 50),
  burst: fc.integer({ min: 1, max: 50 }),
  channels: fc.integer({ min: 20, max: 247 }),
  stacks: fc.constantFrom(1, 1, 2, 3),
  concurrency: fc.constantFrom(undefined, undefined, 10, 50),
  throttled: fc.constantFrom(0, 0.05, 0.2),
  failing: fc.constantFrom(0, 0.01, 0.03),
  seed: fc.integer({ min: 1, max: 2 ** 30 }),
}).map(weather => ({ ...weather, channels: Math.ceil(weather.channels / weather.stacks) }));

if (MORE_STEPS > 0) {
  test(`${MORE_STEPS} more events in any weather`, async () => {
    for (let seed = SEED, played = 0; played < MORE_STEPS; seed++) {
      const [weather] = fc.sample(weathers, { seed, numRuns: 1 });
      try {
        played += (await live(weather)).events;
      } catch (error) {
        (error as Error).message += `\nin ${fc.stringify(weather)}, PROPERTIES_SEED=${seed}`;
        throw error;
      }
      process.stderr.write(`storms: ${played} of ${MORE_STEPS} events, seed ${seed}\n`);
    }
  }, 24 * 3_600_000);
}
