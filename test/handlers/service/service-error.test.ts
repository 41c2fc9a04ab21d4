import {
  describeFailure, explain, isBadRequest, isConflict, isForbidden, isIamDenial, isLimitExceeded, isNotFound, isThrottled, rememberOperation,
} from '../../../src/handlers/service/service-error';

const sdkError = (name: string, httpStatusCode?: number, message = 'said so') => Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

const DENIED = 'User: arn:aws:sts::1:assumed-role/r is not authorized to perform: chime:DeleteChannel on resource: x';

test.each([
  ['IAM denial', sdkError('AccessDeniedException', 403, DENIED), isIamDenial],
  ['IAM denial, under a short name', sdkError('AccessDenied', 403), isIamDenial],
  ['IAM denial, under the name of the service\'s own', sdkError('ForbiddenException', 403, DENIED), isIamDenial],
  ['refusal by the service', sdkError('ForbiddenException', 403), isForbidden],
  ['missing thing', sdkError('NotFoundException', 404), isNotFound],
  ['conflict', sdkError('ConflictException', 409), isConflict],
  ['bad request', sdkError('BadRequestException', 400), isBadRequest],
  ['limit', sdkError('ResourceLimitExceededException', 400), isLimitExceeded],
  ['throttling', sdkError('ThrottledClientException', 429), isThrottled],
  ['throttling by a gateway', sdkError('TooManyRequests', 429), isThrottled],
])('%s is told from everything else', (_, error, own) => {
  for (const predicate of [isIamDenial, isForbidden, isNotFound, isConflict, isBadRequest, isLimitExceeded, isThrottled]) {
    expect([predicate.name, predicate(error)]).toEqual([predicate.name, predicate === own]);
    expect([predicate.name, predicate(explain(error, 'fix it'))]).toEqual([predicate.name, predicate === own]);
  }
});

test.each([['nothing', undefined], ['text', 'x'], ['an error of ours', new Error('NotFoundException')]])('%s is no error of the service', (_, thrown) => {
  for (const predicate of [isIamDenial, isForbidden, isNotFound, isConflict, isBadRequest, isLimitExceeded, isThrottled]) {
    expect(predicate(thrown)).toBe(false);
  }
});

test('a failure says operation, code, message and the usual fix', () => {
  const error = sdkError('ResourceLimitExceededException', 400, 'too many flows');
  rememberOperation(error, 'CreateChannelFlow');
  expect(describeFailure(error)).toBe(
    'CreateChannelFlow failed: ResourceLimitExceededException: too many flows — delete what is not needed, or ask for a higher quota in Service Quotas',
  );
});

test('a failure that a lifecycle explains says its fix instead', () => {
  const error = sdkError('ForbiddenException', 403);
  rememberOperation(error, 'DeleteChannel');
  expect(describeFailure(explain(error, 'set bearer'))).toBe('DeleteChannel failed: ForbiddenException: said so — set bearer');
});

test.each([
  'AccessDeniedException', 'ForbiddenException', 'NotFoundException', 'ConflictException', 'BadRequestException', 'ThrottledClientException', 'Other',
])('%s has a usual fix', name => {
  expect(describeFailure(sdkError(name, 418))).toMatch(/ — .+[^.]$/);
});

test('an outage and a missing endpoint are told apart', () => {
  expect(describeFailure(sdkError('ServiceFailureException', 500))).toContain('deploy again later');
  expect(describeFailure(sdkError('Error', undefined))).toContain('could not be reached');
});
