import { Pace } from '../../../src/handlers/channel-flow/pace';

/** Time that passes in sleeps, and when a test says so. */
class StillClock {
  public time = 1_000_000;
  public readonly sleeps: number[] = [];

  public now = () => this.time;
  public remaining = () => 900_000;
  public sleep = async (ms: number) => {
    this.sleeps.push(ms);
    this.time += ms;
  };
}

let clock: StillClock;
let pace: Pace;

beforeEach(() => {
  clock = new StillClock();
  pace = new Pace(clock);
});

/** The rate at which the pace stands: the wait between one turn and the next. */
async function rate(): Promise<number> {
  clock.time += 10_000;
  await pace.turn();
  const before = clock.time;
  await pace.turn();
  return Math.round(10 * 1000 / (clock.time - before)) / 10;
}

/** Succeeds so often, at this many calls a second. */
function succeed(times: number, perSecond: number): void {
  for (let i = 0; i < times; i++) {
    clock.time += 1000 / perSecond;
    pace.succeeded();
  }
}

test('begins at once, and goes on with 50 calls a second', async () => {
  for (let i = 0; i < 4; i++) await pace.turn();
  expect(clock.sleeps).toEqual([20, 20, 20]);
});

test('makes up for no time that went by unused', async () => {
  await pace.turn();
  clock.time += 5_000;
  await pace.turn();
  expect(clock.sleeps).toEqual([]);
  await pace.turn();
  expect(clock.sleeps).toEqual([20]);
});

test('rises by one with each success until something is refused, up to a thousand', async () => {
  succeed(30, 50);
  expect(await rate()).toBe(80);
  succeed(2_000, 500);
  expect(await rate()).toBe(1_000);
});

test('halves at the first refusal, and waits as long as one call at that rate', async () => {
  await pace.turn();
  pace.throttled();
  const before = clock.time;
  await pace.turn();
  expect(clock.time - before).toBe(40);
  expect(await rate()).toBe(25);
});

test('takes refusals within a second of the last for the same', async () => {
  pace.throttled();
  clock.time += 999;
  pace.throttled();
  clock.time -= 999;
  expect(await rate()).toBe(25);
});

test('falls to just below what was borne in the last second at a later refusal', async () => {
  pace.throttled();
  clock.time += 5_000;
  succeed(10, 100);
  clock.time += 1_000;
  // Of these the last second holds 20, and those before don't count.
  succeed(20, 20.1);
  pace.throttled();
  expect(await rate()).toBe(19);
});

test('never falls above its own rate, nor below one call a second', async () => {
  pace.throttled();
  succeed(100, 1_000);
  clock.time += 900;
  pace.throttled();
  // 25, less one in twenty, although 100 were borne.
  expect(await rate()).toBe(23.8);
  clock.time += 2_000;
  pace.throttled();
  expect(await rate()).toBe(1);
});

test.each([[1_000, 25], [1_001, 25.1], [8_000, 27], [16_000, 33]])(
  'grows more than a second after a refusal, the faster the longer that is ago: %i ms',
  async (ms, expected) => {
    pace.throttled();
    clock.time += ms;
    pace.succeeded();
    expect(await rate()).toBe(expected);
  },
);

test('grows by the time since it grew last', async () => {
  pace.throttled();
  for (let i = 0; i < 2; i++) {
    clock.time += 8_000;
    pace.succeeded();
  }
  // By 1 % a second for eight seconds, then by 2 %.
  expect(await rate()).toBe(31.3);
});

test('grows by half every second at the most, and never above a thousand', async () => {
  pace.throttled();
  clock.time += 56_000;
  pace.succeeded();
  expect(await rate()).toBe(725);
  clock.time += 56_000;
  pace.succeeded();
  expect(await rate()).toBe(1_000);
});
