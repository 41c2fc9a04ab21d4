import {
  describeFailure, explain, isBadRequest, isConflict, isForbidden, isIamDenial, isLimitExceeded, isNotFound, isPassing, isThrottled, mayHaveActed,
  rememberCall,
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
  rememberCall(error, 'CreateChannelFlow');
  expect(describeFailure(error)).toBe(
    'CreateChannelFlow failed: ResourceLimitExceededException: too many flows — delete what is not needed, or ask for a higher quota in Service Quotas',
  );
});

test('a failure that a lifecycle explains says its fix instead', () => {
  const error = sdkError('ForbiddenException', 403);
  rememberCall(error, 'DeleteChannel');
  expect(describeFailure(explain(error, 'set bearer'))).toBe('DeleteChannel failed: ForbiddenException: said so — set bearer');
});

test.each([
  ['AccessDeniedException', 403, 'the role of this provider must be allowed this action: look for a permissions boundary or a service control policy that denies it'],
  ['ForbiddenException', 403, 'check that the app instance and the bearer exist, and that the bearer is an app instance admin'],
  ['NotFoundException', 404, 'check that what the properties name exists in this account and region'],
  ['ConflictException', 409, 'what the properties ask for clashes with what the service holds: delete or rename one of the two'],
  ['BadRequestException', 400, 'correct the property that the service refuses'],
  ['ThrottledClientException', 429, 'the service throttled every attempt: deploy again, with fewer changes at a time'],
  ['ServiceFailureException', 500, 'the service could not answer: deploy again later'],
  ['Error', undefined, 'the service could not be reached: Amazon Chime SDK messaging is in us-east-1 and eu-central-1 only'],
  ['Other', 418, 'deploy again, or ask AWS Support about this code'],
  ['Other', 499, 'deploy again, or ask AWS Support about this code'],
])('%s has a usual fix', (name, status, fix) => {
  expect(describeFailure(sdkError(name, status))).toBe(`a call failed: ${name}: said so — ${fix}`);
});

test.each([
  ['an error of ours', new Error('x must be y — set x'), 'x must be y — set x'],
  ['text', 'oops', 'oops'],
  ['nothing', undefined, 'undefined'],
  ['what only looks like an error of the service', { name: 'NotFoundException', message: 'm', $metadata: {} }, '[object Object]'],
  ['an error of another library', Object.assign(new Error('m'), { $metadata: 'x' }), 'm'],
])('%s is said as it is', (_, thrown, said) => {
  expect(describeFailure(thrown)).toBe(said);
  expect(explain(thrown, 'fix it').message).toBe(`${said} — fix it`);
});

test('an operation can be noted of an error only', () => {
  for (const thrown of [undefined, null, 'x', 7]) expect(() => rememberCall(thrown, 'X')).not.toThrow();
});

test.each([
  ['throttling', sdkError('ThrottledClientException', 429), true, false],
  ['other throttling', sdkError('ThrottlingException', 400), true, false],
  ['too many requests', sdkError('TooManyRequestsException', 400), true, false],
  ['an outage', sdkError('ServiceFailureException', 500), true, true],
  ['a bad gateway', sdkError('Whatever', 502), true, true],
  ['no answer', sdkError('TimeoutError'), true, true],
  ['a conflict', sdkError('ConflictException', 409), false, true],
  ['a bad request', sdkError('BadRequestException', 400), false, false],
  ['status 499', sdkError('Whatever', 499), false, false],
  ['an error of ours', new Error('x'), false, false],
  ['nothing', undefined, false, false],
])('%s passes, or not; a Create may have had its effect, or not', (_, error, passes, acted) => {
  expect([isPassing(error), mayHaveActed(error)]).toEqual([passes, acted]);
});

test.each([[undefined, false], [1, false], [2, true]])('a Create that was refused after %s attempts may have had its effect at one before: %s', (attempts, acted) => {
  const error = Object.assign(new Error('m'), { name: 'BadRequestException', $metadata: { httpStatusCode: 400, attempts } });
  expect(mayHaveActed(error)).toBe(acted);
});

test('a 403 counts as IAM\'s by its message, another status does not', () => {
  expect(isIamDenial(sdkError('Whatever', 403, DENIED))).toBe(true);
  expect(isIamDenial(sdkError('Whatever', 400, DENIED))).toBe(false);
  expect(isIamDenial(sdkError('NotAccessDenied', 403))).toBe(false);
});
