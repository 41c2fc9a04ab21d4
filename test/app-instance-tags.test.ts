import { CfnParameter, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { APP_INSTANCE_ARN, ENV, importedAppInstance, newStack, resourceOf, synthesisError } from './fixture';
import { AppInstanceTags } from '../src';

const TAGS = 'Custom::ChimeMessagingAppInstanceTags';

test('the custom resource carries the properties of the contract, and Tags.of does not reach it', () => {
  const stack = newStack();
  new AppInstanceTags(
    stack, 'Tags', { appInstance: importedAppInstance(stack), tags: { team: 'care', stage: 'prod' } },
  );
  Tags.of(stack).add('other', 'tag');

  expect(resourceOf(stack, TAGS)).toMatchObject({
    Properties: {
      AppInstanceArn: APP_INSTANCE_ARN, Tags: [{ Key: 'team', Value: 'care' }, { Key: 'stage', Value: 'prod' }],
    },
    DeletionPolicy: 'Delete',
  });
});

test('tags may stay', () => {
  const stack = newStack();
  new AppInstanceTags(stack, 'Tags', {
    appInstance: importedAppInstance(stack), tags: { team: 'care' }, removalPolicy: RemovalPolicy.RETAIN,
  });
  expect(resourceOf(stack, TAGS).DeletionPolicy).toBe('Retain');
});

test('tags may be tokens', () => {
  const stack = newStack();
  const token = new CfnParameter(stack, 'Text').valueAsString;
  new AppInstanceTags(stack, 'Tags', { appInstance: importedAppInstance(stack), tags: { [token]: token } });
  expect(resourceOf(stack, TAGS).Properties.Tags).toEqual([{ Key: { Ref: 'Text' }, Value: { Ref: 'Text' } }]);
});

test.each([
  ['none', {}, 'tags must be 1 to 49, got none: add one, or remove this construct'],
  ['51', Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'v'])), 'tags must be at most 49'],
  ['an empty key', { '': 'v' }, 'the tag key "" must be 1 to 128 characters, got 0'],
  ['a value of 257 characters', { k: 'v'.repeat(257) }, 'the value of tag "k" must be 1 to 256 characters, got 257'],
  [
    'a reserved key', { 'cdk-chime-messaging:x': 'v' },
    'a tag key must not begin with the reserved "cdk-chime-messaging:"',
  ],
])('%s is an error', (_, tags, expected) => {
  const stack = newStack();
  new AppInstanceTags(stack, 'Tags', { appInstance: importedAppInstance(stack), tags });
  expect(synthesisError(stack)).toContain(expected);
});

test('an app instance elsewhere is an error', () => {
  const stack = newStack({ env: { account: '222222222222', region: 'eu-central-1' } });
  new AppInstanceTags(stack, 'Tags', { appInstance: importedAppInstance(stack), tags: { team: 'care' } });
  expect(synthesisError(stack)).toContain(`the app instance must be in account 222222222222, got ${ENV.account}`);
  expect(synthesisError(stack)).toContain(`the app instance must be in region eu-central-1, got ${ENV.region}`);
});
