import { createdByEvent, createdRecently } from '../../../src/handlers/claims/creation-time';

const NOW = Date.UTC(2026, 0, 2, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const clock = { now: () => NOW, sleep: async () => {}, remaining: () => 900_000 };
const ago = (ms: number) => new Date(NOW - ms);

test.each([
  ['an hour ago', ago(HOUR), true],
  ['a moment less than twelve hours ago', ago(12 * HOUR - 1), true],
  ['twelve hours ago', ago(12 * HOUR), false],
  ['nobody knows when', undefined, false],
])('what was made %s was made lately, or not', (_, made, lately) => {
  expect(createdRecently(made, clock)).toBe(lately);
});

test.each([
  ['a moment less than two hours ago', ago(2 * HOUR - 1), true],
  ['two hours ago', ago(2 * HOUR), false],
  ['nobody knows when', undefined, false],
])('by an event that says no time may be what was made %s', (_, made, byEvent) => {
  expect(createdByEvent(made, { signed: undefined }, clock)).toBe(byEvent);
});

test.each([
  ['after it', NOW - 29 * MINUTE, true],
  ['a moment before it, by another clock', NOW - 31 * MINUTE + 1, true],
  ['a minute before it', NOW - 31 * MINUTE, false],
])('by an event that says its time may be what was made %s', (_, made, byEvent) => {
  expect(createdByEvent(new Date(made), { signed: NOW - 30 * MINUTE }, clock)).toBe(byEvent);
});
