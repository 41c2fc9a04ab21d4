/**
 * Plays generated sequences of stack operations against the real handlers, and checks after every step that the service
 * holds exactly what the stacks hold (see engine/cloudformation.ts for what is played, engine/ledger.ts for what must
 * hold).
 *
 * A failure is shrunk and printed with the command that plays it again:
 *
 *     PROPERTIES_SEED=<seed> PROPERTIES_PATH=<path> npx jest test/properties/sequences
 *
 * PROPERTIES_STEPS says how many steps are played (2,000 by default), PROPERTIES_SEED from which seed on; half of the
 * steps come from a fixed seed, half from one that is new in every run, and printed. PROPERTIES_SHRINK=0 leaves a
 * failure as it is, and PROPERTIES_TRACE=1 shows every event and call.
 */
import * as fc from 'fast-check';
import { scenario } from './engine/arbitrary';
import { TYPES } from './engine/resource-types';
import { play, type Tally } from './engine/scenario';
import { simulateTime } from './engine/simulation';

const STEPS = Number(process.env.PROPERTIES_STEPS ?? 2_000);
const FIXED_SEED = 20_260_101;
/** Scenarios of one seed; a seed is what a failure names. */
const RUNS = 50;

const time = simulateTime();

async function run(seed: number, tally: Tally, path?: string): Promise<void> {
  const details = await fc.check(fc.asyncProperty(scenario, played => play(played, TYPES, time, tally)), {
    seed,
    path,
    numRuns: path === undefined
      ? RUNS
      : 1,
    endOnFailure: path !== undefined || process.env.PROPERTIES_SHRINK === '0',
  });
  if (!details.failed) return;
  const { counterexamplePath, counterexample, errorInstance } = details;
  throw new Error([
    (errorInstance as Error | null)?.message ?? 'failed',
    `play it again: PROPERTIES_SEED=${seed} PROPERTIES_PATH=${counterexamplePath} npx jest test/properties/sequences`,
    fc.stringify(counterexample),
    (errorInstance as Error | null)?.stack ?? '',
  ].join('\n'));
}

async function runUntil(steps: number, firstSeed: number): Promise<Tally> {
  const tally = { steps: 0, events: 0 };
  for (let seed = firstSeed; tally.steps < steps; seed++) await run(seed, tally);
  return tally;
}

const { PROPERTIES_SEED, PROPERTIES_PATH } = process.env;

if (PROPERTIES_PATH !== undefined) {
  test(
    'the scenario that failed', () => run(Number(PROPERTIES_SEED), { steps: 0, events: 0 }, PROPERTIES_PATH), 600_000,
  );
} else {
  test.each([
    ['a fixed seed', FIXED_SEED],
    ['a new seed', Number(PROPERTIES_SEED ?? Math.floor(Math.random() * 2 ** 31))],
  ])('%s, %i', async (_, seed) => {
    const { steps, events } = await runUntil(STEPS / 2, seed);
    process.stderr.write(`properties: ${steps} steps, ${events} events, seeds from ${seed} on\n`);
  }, 24 * 3_600_000);
}
