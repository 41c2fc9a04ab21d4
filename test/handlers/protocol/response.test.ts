import { createFailedId, createUnknownId, isCreateFailedId } from '../../../src/handlers/protocol/create-failed';
import { responseBody, type Response } from '../../../src/handlers/protocol/response';

const ANSWER: Response = {
  Status: 'FAILED', Reason: '', PhysicalResourceId: 'id', StackId: 's', RequestId: 'r', LogicalResourceId: 'l',
};
const ROOM = 4096 - JSON.stringify(ANSWER).length;

const reasonOf = (body: string): string => JSON.parse(body).Reason;

test('a reason that just fits is left alone', () => {
  const answer = { ...ANSWER, Reason: 'x'.repeat(ROOM) };
  expect(responseBody(answer)).toBe(JSON.stringify(answer));
});

test('a reason that is too long by one character loses no more of its middle than it must: three parts of four are the '
  + 'beginning', () => {
  const reason = Array.from({ length: ROOM + 1 }, (_, i) => String.fromCharCode(97 + i % 26)).join('');
  const body = responseBody({ ...ANSWER, Reason: reason });
  expect(Buffer.byteLength(body)).toBe(4096);
  const [beginning, end] = reasonOf(body).split('…');
  expect(reason.startsWith(beginning)).toBe(true);
  expect(reason.endsWith(end)).toBe(true);
  expect(end).toHaveLength(Math.floor((ROOM - 3) / 4));
});

test('attributes that do not fit are left out, the last ones first; what it says is a success all the same', () => {
  const Data = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`Attribute${index}`, 'é'.repeat(30)]));
  const body = responseBody({ ...ANSWER, Reason: undefined, Status: 'SUCCESS', Data });
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096);
  expect(Buffer.byteLength(body)).toBeGreaterThan(4000);
  const { Data: kept, ...rest } = JSON.parse(body);
  expect(rest).toEqual({ ...ANSWER, Status: 'SUCCESS', Reason: undefined });
  expect(Object.entries(kept)).toEqual(Object.entries(Data).slice(0, Object.keys(kept).length));
});

test.each([
  ['a character of four bytes', '\u{1F600}'], ['a quote', '"'], ['a control character', '\u0001'],
  ['half a character', '\ud83d'],
])('no answer is longer than CloudFormation takes, and each is JSON with its status: %s', (_, character) => {
  for (const length of [1, 50, 500, 1_000, 1_500, 5_000, 20_000]) {
    const long = character.repeat(length);
    const names = { StackId: long, LogicalResourceId: long, RequestId: long, PhysicalResourceId: long };
    for (const some of [{ Reason: long }, { Data: { a: long, b: long } }, { ...names, Reason: long }]) {
      const body = responseBody({ ...ANSWER, ...some });
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096);
      expect(JSON.parse(body)).toMatchObject({ Status: 'FAILED' });
    }
  }
});

test('an id of the length that CloudFormation allows is left alone, whatever else is too long', () => {
  const PhysicalResourceId = 'i'.repeat(1024);
  expect(JSON.parse(responseBody({ ...ANSWER, PhysicalResourceId, Reason: 'x'.repeat(9_000) }))).toMatchObject({
    PhysicalResourceId,
  });
  expect(JSON.parse(responseBody({ ...ANSWER, PhysicalResourceId, Reason: undefined, Data: { a: 'x'.repeat(9_000) } })))
    .toMatchObject({ PhysicalResourceId, Data: {} });
});

test('ids that are made for a failed Create fit, whatever the request is called', () => {
  const requestId = '\u{1F600}'.repeat(5_000);
  expect(isCreateFailedId(createFailedId(requestId))).toBe(true);
  for (const id of [createFailedId(requestId), createUnknownId(requestId)]) {
    expect(Buffer.byteLength(id)).toBeLessThan(1024);
  }
});

test('only the id of a Create that left nothing is known as such', () => {
  expect(isCreateFailedId(createFailedId('r'))).toBe(true);
  for (const id of [undefined, '', 'id', createUnknownId('r'), `x${createFailedId('r')}`]) {
    expect(isCreateFailedId(id)).toBe(false);
  }
});
