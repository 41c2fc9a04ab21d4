import { decisionTime, remainingTime } from '../../src/processor-runtime/remaining-time';

test.each([
  [3_000, 2_000],
  [1_000, 500],
  [10_000, 7_500],
  [60_000, 55_000],
  [900_000, 895_000],
  [0, 0],
  [-20, 0],
])('of %d ms a decision may take %d', (remaining, decision) => {
  expect(decisionTime(remaining)).toBe(decision);
});

test('keeps a moment for the return, and never waits longer than any Lambda function runs', () => {
  expect(remainingTime({ getRemainingTimeInMillis: () => 1_000 })()).toBe(950);
  expect(remainingTime({ getRemainingTimeInMillis: () => Infinity })()).toBe(900_000);
});
