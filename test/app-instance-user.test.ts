import { RemovalPolicy, Tags } from 'aws-cdk-lib';
import {
  APP_INSTANCE_ARN, ENV, importedAppInstance, logicalId, newAgnosticStack, newStack, resourceOf, synthesisError,
  USER_ARN,
} from './fixture';
import { AppInstanceUser } from '../src';

const USER = 'Custom::ChimeMessagingAppInstanceUser';

test('the custom resource carries the properties of the contract', () => {
  const stack = newStack();
  const user = new AppInstanceUser(stack, 'Ada', {
    appInstance: importedAppInstance(stack),
    appInstanceUserId: 'ada',
    appInstanceUserName: 'Ada L.',
    metadata: 'm',
    tags: { team: 'care' },
  });
  Tags.of(stack).add('stage', 'prod');

  expect(resourceOf(stack, USER)).toMatchObject({
    Properties: {
      AppInstanceArn: APP_INSTANCE_ARN,
      AppInstanceUserId: 'ada',
      Name: 'Ada L.',
      Metadata: 'm',
      Tags: [{ Key: 'stage', Value: 'prod' }, { Key: 'team', Value: 'care' }],
    },
    DeletionPolicy: 'Delete',
  });
  const arn = { 'Fn::GetAtt': [logicalId(stack, user), 'AppInstanceUserArn'] };
  expect(stack.resolve(user.appInstanceUserArn)).toEqual(arn);
  expect(stack.resolve(user.bearerArn)).toEqual(arn);
});

test('id and name have defaults', () => {
  const stack = newStack();
  const user = new AppInstanceUser(stack, 'A'.repeat(200), { appInstance: importedAppInstance(stack) });
  expect(user.appInstanceUserId).toMatch(/^[A-Za-z0-9-]{1,64}$/);
  expect(user.appInstanceUserName).toBe(user.appInstanceUserId);
  resourceOf(stack, USER);
});

test('a user may be retained', () => {
  const stack = newStack();
  new AppInstanceUser(stack, 'Ada', { appInstance: importedAppInstance(stack), removalPolicy: RemovalPolicy.RETAIN });
  expect(resourceOf(stack, USER).DeletionPolicy).toBe('Retain');
});

test.each([
  [
    'appInstanceUserId', '-ada',
    'appInstanceUserId must be 1 to 64 letters, digits or :-_.@, with a letter or digit at both ends, got "-ada"',
  ],
  ['appInstanceUserId', 'a'.repeat(65), 'appInstanceUserId must be 1 to 64 letters'],
  ['appInstanceUserId', '', 'appInstanceUserId must be 1 to 64 letters'],
  ['appInstanceUserName', 'x'.repeat(101), 'appInstanceUserName must be 1 to 100 characters, got 101: shorten it'],
  ['appInstanceUserName', '  ', 'appInstanceUserName must not be blank, got "  "'],
  ['metadata', 'x'.repeat(1025), 'metadata must be 0 to 1024 characters, got 1025'],
])('%s "%s" is an error', (prop, value, expected) => {
  const stack = newStack();
  new AppInstanceUser(
    stack, 'Ada', { appInstance: importedAppInstance(stack), appInstanceUserId: 'ada', [prop]: value },
  );
  expect(synthesisError(stack)).toContain(expected);
});

test('at most 48 tags', () => {
  const stack = newStack();
  new AppInstanceUser(stack, 'Ada', {
    appInstance: importedAppInstance(stack),
    tags: Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`k${i}`, 'v'])),
  });
  expect(synthesisError(stack)).toContain(
    'tags must be at most 48 (the service allows 50, the library needs 2), got 49',
  );
});

test('an import is a bearer with the environment of its ARN', () => {
  const user = AppInstanceUser.fromAppInstanceUserArn(newAgnosticStack(), 'Ada', USER_ARN);
  expect(user.appInstanceUserArn).toBe(USER_ARN);
  expect(user.bearerArn).toBe(USER_ARN);
  expect(user.env).toEqual(ENV);
});

test('a malformed import is refused', () => {
  expect(() => AppInstanceUser.fromAppInstanceUserArn(newStack(), 'Ada', `${APP_INSTANCE_ARN}/bot/ada`))
    .toThrow('appInstanceUserArn must be arn:<partition>:chime:<region>:<account>:app-instance/<id>/user/<id>, got');
});
