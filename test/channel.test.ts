import { RemovalPolicy, Tags } from 'aws-cdk-lib';
import {
  APP_INSTANCE_ARN, BEARER, CHANNEL_ARN, ENV, importedAppInstance, logicalId, newAgnosticStack, newChat, newStack,
  resourceOf, synthesisError, USER_ARN,
} from './fixture';
import { Bearer, Channel, ChannelMode, ChannelPrivacy } from '../src';

const CHANNEL = 'Custom::ChimeMessagingChannel';

test('the custom resource carries the properties of the contract', () => {
  const stack = newStack();
  const channel = new Channel(stack, 'Lobby', {
    appInstance: importedAppInstance(stack),
    bearer: BEARER,
    channelName: 'The lobby',
    channelId: 'lobby',
    mode: ChannelMode.RESTRICTED,
    privacy: ChannelPrivacy.PRIVATE,
    metadata: 'm',
    tags: { team: 'care' },
  });
  Tags.of(stack).add('stage', 'prod');

  expect(resourceOf(stack, CHANNEL)).toMatchObject({
    Properties: {
      AppInstanceArn: APP_INSTANCE_ARN,
      Bearer: USER_ARN,
      Name: 'The lobby',
      ChannelId: 'lobby',
      Mode: 'RESTRICTED',
      Privacy: 'PRIVATE',
      Metadata: 'm',
      Tags: [{ Key: 'stage', Value: 'prod' }, { Key: 'team', Value: 'care' }],
    },
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
  expect(stack.resolve(channel.channelArn)).toEqual({ 'Fn::GetAtt': [logicalId(stack, channel), 'ChannelArn'] });
});

test('what is not given is left to the service, but for the name', () => {
  const stack = newStack();
  const channel = new Channel(stack, 'Lobby', { appInstance: importedAppInstance(stack), bearer: BEARER });
  expect(Object.keys(resourceOf(stack, CHANNEL).Properties).sort()).toEqual([
    'AppInstanceArn', 'Bearer', 'Name', 'ServiceToken',
  ]);
  expect(channel.channelName).toMatch(/^Stack-Lobby-/);
});

test('a channel may be deleted with its stack', () => {
  const stack = newStack();
  new Channel(
    stack, 'Lobby', { appInstance: importedAppInstance(stack), bearer: BEARER, removalPolicy: RemovalPolicy.DESTROY },
  );
  expect(resourceOf(stack, CHANNEL).DeletionPolicy).toBe('Delete');
});

test('a channel whose bearer is an admin goes after the admin', () => {
  const stack = newStack();
  const { appInstance, admin } = newChat(stack);
  new Channel(stack, 'Lobby', { appInstance, bearer: admin });
  expect(resourceOf(stack, CHANNEL).Properties.Bearer).toEqual(stack.resolve(admin.appInstanceAdminArn));
});

test.each([
  ['channelName', 'x'.repeat(257), 'channelName must be 1 to 256 characters, got 257: shorten it'],
  ['channelId', 'lobby!', 'channelId must be 1 to 64 letters, digits or :-_.@'],
  ['metadata', 'x'.repeat(1025), 'metadata must be 0 to 1024 characters, got 1025'],
  ['tags', Object.fromEntries(Array.from({ length: 47 }, (_, i) => [`k${i}`, 'v'])), 'tags must be at most 46'],
  ['bearer', Bearer.fromArn(USER_ARN.replace('chat', 'other')), 'the bearer must belong to the app instance'],
])('%s that breaks its rule is an error', (prop, value, expected) => {
  const stack = newStack();
  new Channel(stack, 'Lobby', { appInstance: importedAppInstance(stack), bearer: BEARER, [prop]: value });
  expect(synthesisError(stack)).toContain(expected);
});

test('an import has the environment of its ARN', () => {
  const channel = Channel.fromChannelArn(newAgnosticStack(), 'Lobby', CHANNEL_ARN);
  expect(channel.channelArn).toBe(CHANNEL_ARN);
  expect(channel.env).toEqual(ENV);
});

test('a malformed import is refused', () => {
  expect(() => Channel.fromChannelArn(newStack(), 'Lobby', APP_INSTANCE_ARN))
    .toThrow('channelArn must be arn:<partition>:chime:<region>:<account>:app-instance/<id>/channel/<id>, got');
});
