import { Laboratory, openLaboratory } from './laboratory';
import type { Behaviour, Fault } from '../../../local/emulator';
import { tableRow } from '../../../local/probe/report';

let laboratory: Laboratory;

beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

const failing = (fault: Fault): Partial<Behaviour> => ({ faults: [{ times: 1_000, ...fault }] });

/** What happened to one switch at a service that fails so, whose faults end before what was made is removed. */
async function resultOf(name: string, fault: Fault) {
  const { results, problems } = await laboratory.probe(failing(fault), { patienceMs: 300 });
  expect(problems.size).toBe(0);
  expect(laboratory.emulator.state().appInstances).toEqual([]);
  return results.find(result => result.name === name)!;
}

test('a denial by IAM is no answer of the service, though a 403', async () => {
  const result = await resultOf('missingFlow', { operation: 'DescribeChannelFlow', call: 1, error: 'AccessDenied' });
  expect(result).toMatchObject({
    kind: 'not answered', note: expect.stringContaining('is not authorized to perform: chime:DescribeChannelFlow'),
  });
  expect(result.answer).toBeUndefined();
  expect(tableRow(result)).toContain('DescribeChannelFlow 403 AccessDenied');
});

test.each<[string, Fault, string]>([
  [
    'untagMissingKey', { operation: 'UntagResource', error: 'Conflict' },
    'unforeseen: UntagResource 409 Conflict: this UntagResource fails',
  ],
  [
    'existingAdmin', { operation: 'CreateAppInstanceAdmin', call: 2, error: 'BadRequest' },
    'unforeseen: CreateAppInstanceAdmin 400 BadRequest',
  ],
  [
    'adminPromotionDelayMs', { operation: 'CreateAppInstanceAdmin', error: 'BadRequest' },
    'could not be asked: this CreateAppInstanceAdmin fails',
  ],
  [
    'missingAppInstance', { operation: 'DeleteAppInstance', call: 2, times: 1, error: 'Conflict' },
    'an empty app instance could not be deleted',
  ],
  [
    'unsentMessage', { operation: 'GetChannelMessageStatus', error: 'BadRequest' },
    'unforeseen: a message whose processor does not exist is',
  ],
  [
    'sendWithoutMembership', { operation: 'SendChannelMessage', error: 'NotFound' },
    'unforeseen: SendChannelMessage 404 NotFound',
  ],
])('%s: what nobody thought of is said, not taken for an answer', async (name, fault, note) => {
  expect(await resultOf(name, fault)).toMatchObject({ kind: 'not answered', note: expect.stringContaining(note) });
});

test.each<[keyof Behaviour, Partial<Behaviour>]>([
  ['adminPromotionDelayMs', { adminPromotionDelayMs: 60_000 }],
  ['deleteConsistencyMs', { deleteConsistencyMs: 60_000 }],
  ['listConsistencyMs', { listConsistencyMs: 60_000 }],
])('%s: what takes longer than patience has no answer', async (name, switches) => {
  const { results } = await laboratory.probe(switches, { patienceMs: 200 });
  expect(results.find(result => result.name === name)).toMatchObject({
    kind: 'not answered', note: expect.stringMatching(/^longer than \d+ ms: wait longer with --patience$/),
  });
});

test('operations that differ are noted: the emulator plays one answer', async () => {
  const result = await resultOf(
    'missingFlow', { operation: 'ListChannelsAssociatedWithChannelFlow', call: 4, error: 'Forbidden' },
  );
  expect(result).toMatchObject({
    kind: 'answered', answer: 'not-found', note: 'operations differ: the emulator can play the first only',
  });
});

test('a function that does not answer is said to be another one', async () => {
  const { results } = await laboratory.probe({}, {
    patienceMs: 300, functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:another',
  });
  expect(results.filter(({ kind }) => kind === 'not answered').map(({ name, note }) => [name, note])).toEqual([
    ['repeatedCallback', 'the function of --lambda-arn has not answered: see its logs and permissions'],
    ['deniedMessageStatus', 'unforeseen: the message is FAILED; is the function the one of --print-function?'],
    ['unnamedByCallback', 'the function of --lambda-arn has not answered: see its logs and permissions'],
  ]);
});
