/** A check of the check: the sequences catch handlers that are wrong on purpose, in as many steps as a build plays. */
import * as fc from 'fast-check';
import { scenario } from './engine/arbitrary';
import { BROKEN_HANDLERS } from './engine/broken-handlers';
import { play, type Tally } from './engine/scenario';
import { simulateTime } from './engine/simulation';
import { Violation } from './engine/violation';

const WITHIN_STEPS = 2_000;
const SEED = 200;

const time = simulateTime();

test.each(Object.entries(BROKEN_HANDLERS))('a handler that %s is caught', async (name, types) => {
  const tally: Tally = { steps: 0, events: 0 };
  let caught: unknown;
  for (let seed = SEED; caught === undefined && tally.steps < WITHIN_STEPS; seed++) {
    const { errorInstance } = await fc.check(fc.asyncProperty(scenario, played => play(played, types, time, tally)), {
      seed, numRuns: 20, endOnFailure: true,
    });
    caught = errorInstance ?? undefined;
  }
  process.stderr.write(`properties: a handler that ${name} is caught after ${tally.steps} steps: `
    + `${(caught as Error | undefined)?.message}\n`);
  expect(caught).toBeInstanceOf(Violation);
  expect(tally.steps).toBeLessThan(WITHIN_STEPS);
}, 120_000);
