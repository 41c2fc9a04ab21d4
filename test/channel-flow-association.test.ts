import { App, CfnResource, RemovalPolicies, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  APP_INSTANCE_ARN, BEARER, CHANNEL_ARN, CHANNEL_FLOW_ARN, ENV, FUNCTION_ARN, importedChannel, logicalId, newChat,
  newFlow, newStack, resourceOf, synthesisError, USER_ARN, warnings,
} from './fixture';
import { Bearer, Channel, ChannelFlow, ChannelFlowAssociation, OnExisting } from '../src';

const ASSOCIATION = 'Custom::ChimeMessagingChannelFlowAssociation';

test('the custom resource carries the properties of the contract', () => {
  const stack = newStack();
  const channelFlow = newFlow(stack);
  new ChannelFlowAssociation(stack, 'Association', {
    channelFlow, channel: importedChannel(stack), bearer: BEARER, onExisting: OnExisting.REPLACE,
  });

  expect(resourceOf(stack, ASSOCIATION).Properties).toMatchObject({
    ChannelArn: CHANNEL_ARN,
    ChannelFlowArn: { 'Fn::GetAtt': [logicalId(stack, channelFlow), 'ChannelFlowArn'] },
    Bearer: USER_ARN,
    OnExisting: 'REPLACE',
  });
});

test('what is there already makes it fail, unless told otherwise', () => {
  const stack = newStack();
  newFlow(stack).associate('Lobby', importedChannel(stack), { bearer: BEARER });
  expect(resourceOf(stack, ASSOCIATION).Properties.OnExisting).toBe('FAIL');
});

describe('removal policy', () => {
  const flowsWays: [string, (flow: ChannelFlow) => void][] = [
    ['a method', flow => flow.applyRemovalPolicy(RemovalPolicy.RETAIN)],
    ['an aspect on the flow', flow => RemovalPolicies.of(flow.node.defaultChild!).apply(RemovalPolicy.RETAIN)],
  ];

  test.each(flowsWays)('is the flow\'s, given by %s after the association was made', (_, retain) => {
    const app = new App();
    // Before the flow in the tree, so that aspects reach it earlier.
    const scope = new Stack(app, 'Associations', { env: ENV });
    const channelFlow = newFlow(new Stack(app, 'Flows', { env: ENV }));
    new ChannelFlowAssociation(scope, 'Association', { channelFlow, channel: importedChannel(scope), bearer: BEARER });
    retain(channelFlow);
    expect(resourceOf(scope, ASSOCIATION)).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('may say otherwise', () => {
    const stack = newStack();
    newFlow(stack, { removalPolicy: RemovalPolicy.RETAIN })
      .associate('Lobby', importedChannel(stack), { bearer: BEARER, removalPolicy: RemovalPolicy.DESTROY });
    expect(resourceOf(stack, ASSOCIATION).DeletionPolicy).toBe('Delete');
  });

  test('retained while the flow is not is an error', () => {
    const stack = newStack();
    newFlow(stack).associate('Lobby', importedChannel(stack), { bearer: BEARER, removalPolicy: RemovalPolicy.RETAIN });
    expect(synthesisError(stack)).toContain('the association is retained but its channel flow Stack/Flow is not');
  });

  test('of an imported flow may be RETAIN', () => {
    const stack = newStack();
    ChannelFlow.fromChannelFlowArn(stack, 'Flow', CHANNEL_FLOW_ARN)
      .associate('Lobby', importedChannel(stack), { bearer: BEARER, removalPolicy: RemovalPolicy.RETAIN });
    expect(resourceOf(stack, ASSOCIATION).DeletionPolicy).toBe('Retain');
  });
});

describe('one channel associated twice', () => {
  const twice = (stack: Stack, channels: Channel[] | ReturnType<typeof importedChannel>[]) => {
    const flow = newFlow(stack);
    channels.forEach((channel, i) => flow.associate(`A${i}`, channel, { bearer: BEARER }));
  };

  test('by one object is an error', () => {
    const stack = newStack();
    const { appInstance, admin } = newChat(stack);
    const channel = new Channel(stack, 'Lobby', { appInstance, bearer: admin });
    twice(stack, [channel, channel]);
    expect(synthesisError(stack)).toContain(
      'channel Stack/Lobby must have one association, got 2: remove this one or Stack/Flow/A1',
    );
  });

  test('by two imports is an error', () => {
    const stack = newStack();
    twice(stack, [importedChannel(stack, 'One'), importedChannel(stack, 'Two')]);
    expect(synthesisError(stack)).toContain(`channel ${CHANNEL_ARN} must have one association, got 2`);
  });

  test('in two stacks is an error', () => {
    const app = new App();
    const [one, two] = ['One', 'Two'].map(id => new Stack(app, id, { env: ENV }));
    for (const stack of [one, two]) { newFlow(stack).associate('Lobby', importedChannel(stack), { bearer: BEARER }); }
    expect(synthesisError(one)).toMatch(/remove this one or Two\/Flow\/Lobby/);
  });

  test('two channels are fine', () => {
    const stack = newStack();
    const { appInstance, admin } = newChat(stack);
    const flow = newFlow(stack, { appInstance, bearer: admin });
    for (const id of ['Lobby', 'Hall']) {
      flow.associate(id, new Channel(stack, `${id}Channel`, { appInstance, bearer: admin }), { bearer: admin });
    }
    Template.fromStack(stack).resourceCountIs(ASSOCIATION, 2);
    expect(warnings(stack)).toEqual([]);
  });
});

test.each([
  ['channel', { channel: CHANNEL_ARN.replace('chat', 'other'), bearer: USER_ARN }],
  ['bearer', { channel: CHANNEL_ARN, bearer: USER_ARN.replace('chat', 'other') }],
])('a %s of another app instance is an error', (what, { channel, bearer }) => {
  const stack = newStack();
  newFlow(stack).associate(
    'Lobby', Channel.fromChannelArn(stack, 'Lobby', channel), { bearer: Bearer.fromArn(bearer) },
  );
  expect(synthesisError(stack)).toContain(`the ${what} must belong to the app instance`);
});

test('a native channel flow can be associated like any other', () => {
  const stack = newStack();
  const native = new CfnResource(stack, 'Native', {
    type: 'AWS::Chime::ChannelFlow',
    properties: {
      AppInstanceArn: APP_INSTANCE_ARN,
      Name: 'native',
      Processors: [{
        Name: 'moderate',
        ExecutionOrder: 1,
        FallbackAction: 'ABORT',
        Configuration: { Lambda: { ResourceArn: FUNCTION_ARN, InvocationType: 'ASYNC' } },
      }],
    },
  });
  const flow = ChannelFlow.fromChannelFlowArn(stack, 'Flow', native.getAtt('Arn').toString());
  flow.associate('Lobby', importedChannel(stack), { bearer: BEARER });
  expect(resourceOf(stack, ASSOCIATION).Properties.ChannelFlowArn).toEqual({ 'Fn::GetAtt': ['Native', 'Arn'] });
});
