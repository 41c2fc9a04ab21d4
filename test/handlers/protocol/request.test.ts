import { parseRequest } from '../../../src/handlers/protocol/request';

const FRAME = { RequestType: 'Create', RequestId: 'r', StackId: 's', LogicalResourceId: 'l', ResourceProperties: {} };

test.each([['nothing', undefined], ['null', null], ['text', 'hello'], ['a list', [FRAME]]])(
  '%s is no event',
  (_, event) => {
    expect(() => parseRequest(event)).toThrow(expect.objectContaining({
      name: 'Malformed', message: 'the event is not an object: this function serves CloudFormation only',
    }));
  },
);

test('says all that is wrong, and never a value: it may be content', () => {
  const wrong = {
    ...FRAME,
    RequestType: 'Update',
    RequestId: {},
    StackId: ['secret'],
    PhysicalResourceId: true,
    ResourceProperties: 'secret',
    OldResourceProperties: null,
  };
  expect(() => parseRequest(wrong)).toThrow(expect.objectContaining({
    name: 'Malformed',
    message: 'the event is not a custom resource request: RequestId is an object, not a string; '
      + 'StackId is a list, not a string; '
      + 'PhysicalResourceId is a boolean, not a string; ResourceProperties is a string, not an object; '
        + 'OldResourceProperties is null, not an object'
      + ' — invoke this function by CloudFormation only',
  }));
});

test.each(['Update', 'Delete'])('an %s needs a physical id', RequestType => {
  expect(() => parseRequest({ ...FRAME, RequestType })).toThrow('PhysicalResourceId is missing, not a string');
  expect(() => parseRequest({ ...FRAME, RequestType, PhysicalResourceId: '' })).toThrow(
    'PhysicalResourceId is empty, not a string',
  );
  expect(parseRequest({ ...FRAME, RequestType, PhysicalResourceId: 'id' })).toMatchObject({ PhysicalResourceId: 'id' });
});

test('a Create needs neither a physical id nor former properties, and makes none up', () => {
  expect(Object.keys(parseRequest(FRAME))).not.toContain('OldResourceProperties');
  expect(parseRequest(FRAME)).toEqual(FRAME);
});
