import { CfnParameter, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { APP_INSTANCE_ARN, ENV, logicalId, newAgnosticStack, newStack, resourceOf, synthesisError } from './fixture';
import { TaggedAppInstance } from '../src';

const APP_INSTANCE = 'Custom::ChimeMessagingAppInstance';

test('the custom resource carries the properties of the contract', () => {
  const stack = newStack();
  const appInstance = new TaggedAppInstance(stack, 'Chat', {
    appInstanceName: 'support', metadata: '{"tier":1}', tags: { team: 'care' },
  });
  Tags.of(stack).add('stage', 'prod');

  expect(resourceOf(stack, APP_INSTANCE)).toMatchObject({
    Properties: {
      Name: 'support',
      Metadata: '{"tier":1}',
      Tags: [{ Key: 'stage', Value: 'prod' }, { Key: 'team', Value: 'care' }],
    },
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
  expect(stack.resolve(appInstance.appInstanceArn)).toEqual({
    'Fn::GetAtt': [logicalId(stack, appInstance), 'AppInstanceArn'],
  });
  expect(appInstance.appInstanceName).toBe('support');
});

test('it needs no properties', () => {
  const stack = newStack();
  new TaggedAppInstance(stack, 'Chat');
  expect(Object.keys(resourceOf(stack, APP_INSTANCE).Properties).sort()).toEqual(['Name', 'ServiceToken']);
  expect(resourceOf(stack, APP_INSTANCE).Properties.Name).toMatch(/^Stack-Chat-/);
});

test('it can be deleted with its stack', () => {
  const stack = newStack();
  new TaggedAppInstance(stack, 'Chat', { removalPolicy: RemovalPolicy.DESTROY });
  expect(resourceOf(stack, APP_INSTANCE)).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
});

test('one error lists all that is wrong', () => {
  const stack = newStack({ env: { ...ENV, region: 'ap-south-1' } });
  new TaggedAppInstance(stack, 'Chat', {
    appInstanceName: 'a\u0007b',
    metadata: `${'x'.repeat(1024)}\n`,
    tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'v'])),
  });

  const message = synthesisError(stack);
  expect(message.match(/\[Stack\/Chat\]/g)).toHaveLength(1);
  expect(message).toContain('got ap-south-1: move the stack there');
  expect(message).toContain('appInstanceName must not contain control characters, got "a\\u0007b": remove them');
  expect(message).toContain('metadata must be 0 to 1024 characters, got 1025: shorten it');
  expect(message).toContain('metadata must be one line, got "xxx');
  expect(message).toContain('tags must be at most 49 (the service allows 50, the library needs 1), got 51: remove 2');
});

describe('import', () => {
  test('has the environment of its ARN', () => {
    const chat = TaggedAppInstance.fromAppInstanceArn(newAgnosticStack(), 'Chat', APP_INSTANCE_ARN);
    expect(chat.appInstanceArn).toBe(APP_INSTANCE_ARN);
    expect(chat.env).toEqual(ENV);
  });

  test('of a token has the environment of its stack', () => {
    const stack = newStack();
    const arn = new CfnParameter(stack, 'Arn').valueAsString;
    expect(TaggedAppInstance.fromAppInstanceArn(stack, 'Chat', arn).env).toEqual(ENV);
  });

  test.each(['chat', `${APP_INSTANCE_ARN}/user/ada`, APP_INSTANCE_ARN.replace('111111111111', '1'), ''])(
    'refuses "%s"',
    arn => {
      expect(() => TaggedAppInstance.fromAppInstanceArn(newStack(), 'Chat', arn))
        .toThrow(`appInstanceArn must be arn:<partition>:chime:<region>:<account>:app-instance/<id>, got "${arn}"`);
    },
  );
});
