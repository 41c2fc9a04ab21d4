import {
  failureMessage, describeStack, explain, isBadRequest, isConflict, isForbidden, isLimitExceeded, isNotFound,
  mayHaveSucceeded, rememberCall, rememberNoAnswer,
} from '../../../src/handlers/service/service-error';
import { isIamDenial, isTransient, isThrottled } from '../../../src/lambda-environment/sdk-error';

const sdkError = (name: string, httpStatusCode?: number, message = 'said so') =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

const DENIAL = 'User: arn:aws:sts::123456789012:assumed-role/provider/function is not authorized to perform: '
  + 'chime:DeleteChannel on resource: '
  + 'arn:aws:chime:us-east-1:123456789012:app-instance/a/channel/c';
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
  for (const predicate of [
    isIamDenial, isForbidden, isNotFound, isConflict, isBadRequest, isLimitExceeded, isThrottled,
  ]) {
    expect([predicate.name, predicate(error)]).toEqual([predicate.name, predicate === own]);
    expect([predicate.name, predicate(explain(error, 'fix it'))]).toEqual([predicate.name, predicate === own]);
  }
});

test.each([['nothing', undefined], ['text', 'x'], ['an error of ours', new Error('NotFoundException')]])(
  '%s is no error of the service',
  (_, thrown) => {
    for (const predicate of [
      isIamDenial, isForbidden, isNotFound, isConflict, isBadRequest, isLimitExceeded, isThrottled,
    ]) {
      expect(predicate(thrown)).toBe(false);
    }
  },
);

test('a failure says operation, code, status, request, the members that the message names, and the usual fix', () => {
  const error = sdkError('ResourceLimitExceededException', 400, 'too many flows of this name in appInstanceArn');
  Object.assign(error.$metadata, { requestId: '11111111-1111-4111-8111-111111111111' });
  rememberCall(error, 'CreateChannelFlow', { AppInstanceArn: 'arn', Name: 'secret', Tags: [] });
  expect(failureMessage(error)).toBe(
    'CreateChannelFlow failed: ResourceLimitExceededException: status 400, request '
      + '11111111-1111-4111-8111-111111111111, about AppInstanceArn, Name — '
    + 'delete what is not needed, or ask for a higher quota in Service Quotas',
  );
});

test.each([
  ['a denial', `${DENIAL}`],
  ['a denial by an explicit deny', `${DENIAL} with an explicit deny in a service control policy`],
  ['a denial by what is missing', `${DENIAL} because no identity-based policy allows the chime:DeleteChannel action`],
])('of %s IAM\'s own words are told', (_, message) => {
  const error = sdkError('AccessDeniedException', 403, message);
  rememberCall(error, 'DeleteChannel', { Name: 'x' });
  expect(failureMessage(error)).toContain(`DeleteChannel failed: AccessDeniedException: ${message}, status 403 — `);
});

test.each([
  ['what follows it', `${DENIAL}; got canary`],
  ['what is before it', `got canary; ${DENIAL}`],
  [
    'what stands in the place of the user',
    'User: canary is not authorized to perform: chime:DeleteChannel on resource: *',
  ],
  ['what stands in the place of the policy', `${DENIAL} because no canary allows it`],
])('of a denial %s is not told', (_, message) => {
  expect(failureMessage(sdkError('AccessDeniedException', 403, message))).not.toContain('canary');
});

test.each([
  ['a code that is none', sdkError('canary!', 400)],
  [
    'a request id that is none',
    Object.assign(sdkError('X', 400), { $metadata: { httpStatusCode: 400, requestId: 'the canary' } }),
  ],
  ['an error of the network', Object.assign(sdkError('Error'), { code: 'got canary' })],
  ['an error of the runtime, which quotes', new SyntaxError('Unexpected token c in JSON: "canary" is not valid JSON')],
  ['another one', new TypeError("Cannot read properties of undefined (reading 'canary')")],
])('of %s nothing is told', (_, error) => {
  expect(failureMessage(error)).not.toContain('canary');
  expect(explain(error, 'fix').message).not.toContain('canary');
});

test('an error of a call that is none of the service\'s is not told either', () => {
  const error = new Error('Expected a string, got canary');
  rememberCall(error, 'CreateChannel', {});
  expect(failureMessage(error)).toBe('CreateChannel failed before it was answered');
});

test('an error of the network says Node\'s name for it', () => {
  expect(failureMessage(Object.assign(sdkError('Error'), { code: 'ECONNREFUSED' }))).toContain(
    'Error: no answer (ECONNREFUSED) — ',
  );
});

/** As the SDK does with what the service says, after the stack was written. */
function changed(): Error {
  const error = new Error('canary');
  return error.stack === undefined ? error : Object.assign(error, { message: 'other' });
}

describe('the stack in the log', () => {
  test('is where the error comes from, without its message', () => {
    const stack = describeStack(new Error('canary\n    at canary (canary:1:1)'))!;
    expect(stack).toMatch(/^    at .*service-error\.test\.ts/);
    expect(stack).not.toContain('canary');
  });

  test.each([
    ['a message that was changed later', changed()],
    ['no stack', Object.assign(new Error('canary'), { stack: undefined })],
    ['no error', 'canary'],
  ])('is none for %s', (_, thrown) => {
    expect(describeStack(thrown)).toBeUndefined();
  });

  test('is that of a class of its own, too', () => {
    class Own extends Error { public readonly name = 'Own'; }
    expect(describeStack(new Own('m'))).toMatch(/^    at /);
  });
});

test('a failure that a lifecycle explains says its fix instead', () => {
  const error = sdkError('ForbiddenException', 403);
  rememberCall(error, 'DeleteChannel');
  expect(failureMessage(explain(error, 'set bearer'))).toBe(
    'DeleteChannel failed: ForbiddenException: status 403 — set bearer',
  );
});

test.each([
  ['AccessDeniedException', 403, 'the role of this provider must be allowed this action: look for a permissions '
    + 'boundary or a service control policy that denies it'],
  [
    'ForbiddenException', 403,
    'check that the app instance and the bearer exist, and that the bearer is an app instance admin',
  ],
  ['NotFoundException', 404, 'check that what the properties name exists in this account and region'],
  [
    'ConflictException', 409,
    'what the properties ask for clashes with what the service holds: delete or rename one of the two',
  ],
  ['BadRequestException', 400, 'correct the property that the service refuses'],
  ['ServiceFailureException', 500, 'the service could not answer: deploy again later'],
  [
    'Error', undefined,
    'the service could not be reached: Amazon Chime SDK messaging is in us-east-1 and eu-central-1 only',
  ],
  ['Other', 418, 'deploy again, or ask AWS Support about this code'],
  ['Other', 499, 'deploy again, or ask AWS Support about this code'],
])('%s has a usual fix', (name, status, fix) => {
  expect(failureMessage(sdkError(name, status))).toBe(
    `a call failed: ${name}: ${status === undefined ? 'no answer' : `status ${status}`} — ${fix}`,
  );
});

test.each([
  ['an error of ours', new Error('x must be y — set x'), 'x must be y — set x'],
  ['text', 'oops', 'oops'],
  ['nothing', undefined, 'undefined'],
  [
    'what only looks like an error of the service', { name: 'NotFoundException', message: 'm', $metadata: {} },
    '[object Object]',
  ],
  ['an error of another library', Object.assign(new Error('m'), { $metadata: 'x' }), 'm'],
])('%s is said as it is', (_, thrown, said) => {
  expect(failureMessage(thrown)).toBe(said);
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
  expect([isTransient(error), mayHaveSucceeded(error)]).toEqual([passes, acted]);
});

test('a Create that was refused may have had its effect at an earlier attempt that got no answer', () => {
  const error = sdkError('BadRequestException', 400);
  expect(mayHaveSucceeded(error)).toBe(false);
  rememberNoAnswer(error);
  expect(mayHaveSucceeded(error)).toBe(true);
  for (const thrown of [undefined, null, 'x', new Error('x')]) expect(() => rememberNoAnswer(thrown)).not.toThrow();
});

test('a 403 counts as IAM\'s by its message, another status does not', () => {
  expect(isIamDenial(sdkError('Whatever', 403, DENIED))).toBe(true);
  expect(isIamDenial(sdkError('Whatever', 400, DENIED))).toBe(false);
  expect(isIamDenial(sdkError('ForbiddenException', 403, `can't do that to ${DENIED}`))).toBe(false);
  expect(isIamDenial(sdkError('NotAccessDenied', 403))).toBe(false);
});
