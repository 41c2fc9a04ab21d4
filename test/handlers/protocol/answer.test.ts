import { answerBody, type Answer } from '../../../src/handlers/protocol/answer';
import { createFailedId, createUnknownId, isCreateFailedId } from '../../../src/handlers/protocol/create-failed';

const ANSWER: Answer = { Status: 'FAILED', Reason: '', PhysicalResourceId: 'id', StackId: 's', RequestId: 'r', LogicalResourceId: 'l' };
const ROOM = 4096 - JSON.stringify(ANSWER).length;

const reasonOf = (body: string): string => JSON.parse(body).Reason;

test('a reason that just fits is left alone', () => {
  const answer = { ...ANSWER, Reason: 'x'.repeat(ROOM) };
  expect(answerBody(answer)).toBe(JSON.stringify(answer));
});

test('a reason that is too long by one character loses no more of its middle than it must: three parts of four are the beginning', () => {
  const reason = Array.from({ length: ROOM + 1 }, (_, i) => String.fromCharCode(97 + i % 26)).join('');
  const body = answerBody({ ...ANSWER, Reason: reason });
  expect(Buffer.byteLength(body)).toBe(4096);
  const [beginning, end] = reasonOf(body).split('…');
  expect(reason.startsWith(beginning)).toBe(true);
  expect(reason.endsWith(end)).toBe(true);
  expect(end).toHaveLength(Math.floor((ROOM - 3) / 4));
});

test('an answer without a reason is left alone, whatever its length', () => {
  const answer: Answer = { ...ANSWER, Reason: undefined, Status: 'SUCCESS', Data: { Name: 'x'.repeat(5_000) } };
  expect(answerBody(answer)).toBe(JSON.stringify(answer));
});

test('only the id of a Create that left nothing is known as such', () => {
  expect(isCreateFailedId(createFailedId('r'))).toBe(true);
  for (const id of [undefined, '', 'id', createUnknownId('r'), `x${createFailedId('r')}`]) expect(isCreateFailedId(id)).toBe(false);
});
