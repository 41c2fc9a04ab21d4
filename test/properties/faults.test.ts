/**
 * Disturbs every call of every event in every way that a service, a network or IAM may fail (see faults/matrix.ts), and
 * keeps docs/reliability.md, the table of what that comes to. When handlers or rows change, write it anew:
 *
 *     RELIABILITY=write npx jest test/properties/faults
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { simulateTime } from './engine/simulation';
import { uncovered } from './faults/behaviours';
import { playMatrix, type Cell } from './faults/matrix';
import { reportOf } from './faults/report';

const REPORT = join(__dirname, '../../docs/reliability.md');

const time = simulateTime();
let cells: Cell[];

beforeAll(async () => {
  jest.spyOn(console, 'log').mockImplementation();
  cells = await playMatrix(time);
}, 600_000);

test('every fault of every call ends right, or fails with a reason and recovers with the next events', () => {
  const wrong = cells.filter(({ problem }) => problem !== undefined).map((
    { row, operation, fault, isLasting, behaviour, problem },
  ) =>
    `${row.type}: ${row.name}: ${operation} × ${fault}${isLasting ? ', lasting' : ''} (behaviour ${behaviour}): `
      + `${problem}`);
  expect(wrong).toEqual([]);
});

test('each value of each switch occurs', () => {
  expect(uncovered()).toEqual([]);
});

test('docs/reliability.md is up to date', () => {
  const report = reportOf(cells);
  if (process.env.RELIABILITY === 'write') {
    mkdirSync(dirname(REPORT), { recursive: true });
    writeFileSync(REPORT, report);
  }
  expect(readFileSync(REPORT, 'utf8')).toBe(report);
});
