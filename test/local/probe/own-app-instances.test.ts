import { Laboratory, openLaboratory } from './laboratory';
import { PROBE_NAME_PREFIX, PROBE_TAG, mayStillRun, runMarker } from '../../../local/probe/marker';

let laboratory: Laboratory;

beforeAll(async () => {
  laboratory = await openLaboratory();
});
beforeEach(() => laboratory.emulator.reset());
afterAll(() => laboratory.close());

/** No process has it. */
const NO_PID = 2 ** 30;
const HOUR_MS = 3_600_000;

test.each<[string, string, boolean]>([
  ['an ended process of this machine', runMarker(NO_PID), false],
  ['a living one', runMarker(process.ppid), true],
  ['a living one, too long ago to be at work still', runMarker(process.ppid, Date.now() - HOUR_MS), false],
  ['a process that had this one\'s number', runMarker(process.pid, Date.now() - 1), false],
  ['another machine', `elsewhere.1.${Date.now()}`, true],
  ['another machine, an hour ago', `elsewhere.1.${Date.now() - HOUR_MS}`, false],
  ['nobody', 'nonsense', false],
])('what is of %s', (_, marker, expected) => {
  expect(mayStillRun(marker)).toBe(expected);
});

test('the machine\'s name is not in the tag', () => {
  expect(runMarker(1, 2)).toMatch(/^[0-9a-f]{12}\.1\.2$/);
});

test('what was left is found on whichever page it is', async () => {
  const { identity } = laboratory.service;
  for (let i = 0; i < 60; i++) {
    await identity.createAppInstance({ Name: `other-${i}` });
  }
  const { AppInstanceArn } = await identity.createAppInstance({
    Name: `${PROBE_NAME_PREFIX}left`, Tags: [{ Key: PROBE_TAG, Value: runMarker(NO_PID) }],
  });
  expect((await laboratory.appInstances().ofOthers()).left.map(({ arn }) => arn)).toEqual([AppInstanceArn]);
});

test('what is gone, yet still listed, is not found', async () => {
  const own = laboratory.appInstances();
  await own.create();
  laboratory.emulator.setBehaviour({ listConsistencyMs: 200 });
  await new Promise(resolve => setTimeout(resolve, 250));
  expect((await own.removeMade()).size).toBe(0);
  expect((await laboratory.appInstances().ofOthers()).left).toEqual([]);
});

test('what a question deleted is not deleted again, although it is still listed with its tags', async () => {
  const own = laboratory.appInstances();
  const kept = await own.create();
  const asked = await own.create();
  const { identity } = laboratory.service;
  const real = identity.deleteAppInstance.bind(identity) as (input: { AppInstanceArn: string }) => Promise<object>;
  const deletions: unknown[] = [];
  // As a deletion that goes on in the background, which the emulator knows nothing of.
  Object.assign(identity, {
    deleteAppInstance: async (input: { AppInstanceArn: string }) => {
      deletions.push(input.AppInstanceArn);
      return input.AppInstanceArn === asked ? { $metadata: { httpStatusCode: 204 } } : real(input);
    },
  });
  try {
    await own.deleteAsked(asked);
    expect((await own.removeMade()).size).toBe(0);
    expect(deletions).toEqual([asked, kept]);
  } finally {
    Object.assign(identity, { deleteAppInstance: real });
  }
});

test('who may not see tags is told so, before anything is made', async () => {
  const own = laboratory.appInstances();
  await own.create();
  laboratory.emulator.setBehaviour({ faults: [{ operation: 'ListTagsForResource', times: 9, error: 'AccessDenied' }] });
  await expect(laboratory.appInstances().ofOthers()).rejects.toThrow(
    'is not authorized to perform: chime:ListTagsForResource',
  );
});

test('one that was removed by somebody else is no problem', async () => {
  const own = laboratory.appInstances();
  const AppInstanceArn = await own.create();
  await laboratory.service.identity.deleteAppInstance({ AppInstanceArn });
  expect((await own.removeMade()).size).toBe(0);
});

test('what stays is named, with the service\'s words', async () => {
  const own = laboratory.appInstances(200);
  const arn = await own.create();
  laboratory.emulator.setBehaviour({ faults: [{ operation: 'DeleteAppInstance', times: 999, error: 'Conflict' }] });
  expect(await own.removeMade()).toEqual(new Map([[arn, 'this DeleteAppInstance fails because a fault is set']]));
});
