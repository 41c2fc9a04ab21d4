import {
  Annotations, App, Aspects, CfnParameter, CfnResource, RemovalPolicies, RemovalPolicy, Stack, Tags,
} from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  APP_INSTANCE_ARN, BEARER, CHANNEL_FLOW_ARN, ENV, FUNCTION_ARN, importedAppInstance, importedChannel, logicalId,
  newAgnosticStack, newChat, newFlow, newFunction, newStack, resourceOf, synthesisError, USER_ARN, warnings,
} from './fixture';
import { AppInstanceAdmin, Bearer, ChannelFlow, ChannelFlowProcessor, FallbackAction, TaggedAppInstance } from '../src';

const FLOW = 'Custom::ChimeMessagingChannelFlow';

describe('the custom resource', () => {
  test('carries the properties of the contract', () => {
    const stack = newStack();
    const processor = newFunction(stack);
    newFlow(stack, {
      channelFlowName: 'moderation',
      processors: [ChannelFlowProcessor.fromFunction(
        processor, { fallbackAction: FallbackAction.CONTINUE, processorName: 'moderate' },
      )],
      tags: { team: 'care' },
    });

    Template.fromStack(stack).hasResource(FLOW, {
      Properties: {
        ServiceToken: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ChimeMessagingChannelFlowHandler'), 'Arn'] },
        AppInstanceArn: APP_INSTANCE_ARN,
        Name: 'moderation',
        Bearer: USER_ARN,
        Processors: [{
          Name: 'moderate',
          ExecutionOrder: 1,
          FallbackAction: 'CONTINUE',
          Configuration: {
            Lambda: { ResourceArn: { 'Fn::GetAtt': [logicalId(stack, processor), 'Arn'] }, InvocationType: 'ASYNC' },
          },
        }],
        Tags: [{ Key: 'team', Value: 'care' }],
      },
      DeletionPolicy: 'Delete',
    });
  });

  test('has defaults for name, processor name, order and fallback action', () => {
    const stack = newStack();
    newFlow(stack, {
      processors: [
        ChannelFlowProcessor.fromFunction(newFunction(stack, 'First')),
        ChannelFlowProcessor.fromFunction(newFunction(stack, 'Second')),
      ],
    });

    const { Name, Processors, Tags: tags } = resourceOf(stack, FLOW).Properties;
    expect(Name).toMatch(/^Stack-Flow-/);
    expect(Processors.map((processor: any) => processor.ExecutionOrder)).toEqual([1, 2]);
    expect(Processors.map((processor: any) => processor.Name)).toEqual([
      expect.stringMatching(/^Stack-First-/), expect.stringMatching(/^Stack-Second-/),
    ]);
    expect(Processors[0].FallbackAction).toBe('ABORT');
    expect(tags).toBeUndefined();
  });

  test('its attributes are read from the resource', () => {
    const stack = newStack();
    const flow = newFlow(stack);

    expect(stack.resolve(flow.channelFlowArn)).toEqual({ 'Fn::GetAtt': [logicalId(stack, flow), 'ChannelFlowArn'] });
    expect(stack.resolve(flow.channelFlowName)).toEqual({ 'Fn::GetAtt': [logicalId(stack, flow), 'Name'] });
    expect(flow.appInstanceArn).toBe(APP_INSTANCE_ARN);
  });
});

describe('order', () => {
  test('the flow comes after the permission to invoke the processor and the policy to answer', () => {
    const stack = newStack();
    newFlow(stack);

    const template = Template.fromStack(stack);
    const [permission] = Object.keys(template.findResources('AWS::Lambda::Permission'));
    const [policy] = Object.keys(template.findResources('AWS::IAM::Policy'));
    expect(resourceOf(stack, FLOW).DependsOn).toEqual(expect.arrayContaining([permission, policy]));
  });

  test('the flow comes after all admins of its app instance, also those made later', () => {
    const stack = newStack();
    const { appInstance, admin } = newChat(stack);
    newFlow(stack, { appInstance, bearer: undefined });
    const later = newChat(stack, 'Other');
    expect(resourceOf(stack, FLOW).DependsOn).toContain(logicalId(stack, admin));
    expect(resourceOf(stack, FLOW).DependsOn).not.toContain(logicalId(stack, later.admin));
  });
});

describe('tags', () => {
  test('come from props and from Tags.of, and Tags.of wins', () => {
    const stack = newStack();
    newFlow(stack, { tags: { team: 'care', stage: 'dev' } });
    Tags.of(stack).add('stage', 'prod');
    Tags.of(stack).add('owner', 'ada');

    expect(resourceOf(stack, FLOW).Properties.Tags).toEqual([
      { Key: 'owner', Value: 'ada' }, { Key: 'stage', Value: 'prod' }, { Key: 'team', Value: 'care' },
    ]);
  });

  test('can be removed, and included or excluded by resource type', () => {
    const stack = newStack();
    const flow = newFlow(stack, { tags: { team: 'care' } });
    Tags.of(flow).remove('team');
    Tags.of(stack).add('a', '1', { excludeResourceTypes: [FLOW] });
    Tags.of(stack).add('b', '1', { includeResourceTypes: [FLOW] });

    expect(resourceOf(stack, FLOW).Properties.Tags).toEqual([{ Key: 'b', Value: '1' }]);
  });

  test('may be tokens', () => {
    const stack = newStack();
    const [key, value] = ['Key', 'Value'].map(id => new CfnParameter(stack, id).valueAsString);
    newFlow(stack, { tags: { team: value, [key]: 'x' } });

    expect(resourceOf(stack, FLOW).Properties.Tags).toEqual(expect.arrayContaining([
      { Key: 'team', Value: { Ref: 'Value' } }, { Key: { Ref: 'Key' }, Value: 'x' },
    ]));
  });
});

describe('removal policy', () => {
  const policies = (stack: Stack) => Object.fromEntries(Object.values(Template.fromStack(stack).toJSON().Resources)
    .map(({ Type, DeletionPolicy, UpdateReplacePolicy }: any) => [Type, [DeletionPolicy, UpdateReplacePolicy]]));

  test.each([
    ['a prop', (stack: Stack) => newFlow(stack, { removalPolicy: RemovalPolicy.RETAIN })],
    ['a method', (stack: Stack) => newFlow(stack).applyRemovalPolicy(RemovalPolicy.RETAIN)],
    ['an escape hatch', (stack: Stack) =>
      (newFlow(stack).node.defaultChild as CfnResource).applyRemovalPolicy(RemovalPolicy.RETAIN)],
    ['an aspect', (stack: Stack) => RemovalPolicies.of(newFlow(stack)).apply(RemovalPolicy.RETAIN)],
    ['an aspect on the resource type', (stack: Stack) =>
      RemovalPolicies.of(newFlow(stack)).apply(RemovalPolicy.RETAIN, { applyToResourceTypes: [FLOW] })],
  ])('RETAIN given by %s keeps the processor\'s permissions', (_, make) => {
    const stack = newStack();
    make(stack);

    const found = policies(stack);
    expect(found[FLOW]).toEqual(['Retain', 'Retain']);
    expect(found['AWS::Lambda::Permission']).toEqual(['Retain', 'Retain']);
    expect(found['AWS::IAM::Policy']).toEqual(['Retain', 'Retain']);
  });

  test('RETAIN_ON_UPDATE_OR_DELETE keeps them likewise', () => {
    const stack = newStack();
    newFlow(stack, { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE });

    const found = policies(stack);
    expect(found[FLOW]).toEqual(['RetainExceptOnCreate', 'Retain']);
    expect(found['AWS::Lambda::Permission']).toEqual(['RetainExceptOnCreate', 'Retain']);
  });

  test('DESTROY lets the permissions go', () => {
    const stack = newStack();
    newFlow(stack);

    const found = policies(stack);
    expect(found[FLOW]).toEqual(['Delete', 'Delete']);
    expect(found['AWS::Lambda::Permission']).toEqual(['Delete', 'Delete']);
    expect(found['AWS::IAM::Policy']).toEqual(['Delete', 'Delete']);
  });

  test('a retained flow warns of a processor of the app that is not retained', () => {
    const stack = newStack();
    newFlow(stack, { removalPolicy: RemovalPolicy.RETAIN });
    expect(warnings(stack)).toEqual([expect.stringContaining('Stack/FlowModerate is not')]);
  });

  test('a retained flow with a retained processor does not warn', () => {
    const stack = newStack();
    const processor = newFunction(stack);
    processor.applyRemovalPolicy(RemovalPolicy.RETAIN);
    newFlow(stack, { removalPolicy: RemovalPolicy.RETAIN, processors: [ChannelFlowProcessor.fromFunction(processor)] });
    expect(warnings(stack)).toEqual([]);
  });
});

describe('warnings', () => {
  test('there are none for a sound flow', () => {
    const stack = newStack();
    newFlow(stack);
    expect(warnings(stack)).toEqual([]);
  });

  test('a flow without a bearer gets a warning', () => {
    const stack = newStack();
    newFlow(stack, { bearer: undefined });
    expect(warnings(stack)).toEqual([
      expect.stringMatching(/the channel flow has no bearer; .* pass an admin .*\[ack: cdk-chime-messaging:noBearer\]/),
    ]);
  });

  test(
    'an admin of the app instance anywhere in the app is bearer enough, also by another import and made later',
    () => {
      const stack = newStack();
      newFlow(stack, { bearer: undefined });
      const other = new Stack(stack.node.root as App, 'Other', { env: ENV });
      new AppInstanceAdmin(other, 'Admin', { appInstance: importedAppInstance(other), user: BEARER });
      expect(warnings(stack)).toEqual([]);
    },
  );

  describe('more than 100 flows of an app instance', () => {
    const QUOTA = 'cdk-chime-messaging:channelFlowQuota';
    /** Of stacks of an app; half of the flows know the app instance by another object. */
    function flows(...counts: number[]): Stack[] {
      const app = new App();
      const stacks = counts.map((_, i) => new Stack(app, `Stack${i}`, { env: ENV }));
      const processors = [
        ChannelFlowProcessor.fromFunction(lambda.Function.fromFunctionArn(stacks[0], 'Moderate', FUNCTION_ARN)),
      ];
      stacks.forEach((stack, place) => {
        const appInstances = ['One', 'Two'].map(id => importedAppInstance(stack, id));
        for (let i = 0; i < counts[place]; i++) {
          newFlow(
            stack, { appInstance: appInstances[i % 2], processors }, `Flow${i}`,
          );
        }
      });
      return stacks;
    }
    const ofQuota = (stacks: Stack[]) => stacks.flatMap(warnings).filter(text => text.includes(QUOTA));

    test(
      'are told of once, of all stacks together',
      () => expect(ofQuota(flows(50, 53))).toEqual([expect.stringMatching(
        /^the app instance has 103 channel flows in this app, and the service allows 100 .*have the quota raised .*\[ack: cdk-chime-messaging:channelFlowQuota\]$/)]),
    );
    test('100 are not', () => expect(ofQuota(flows(100))).toEqual([]));
    test('can be acknowledged', () => {
      const stacks = flows(101);
      Annotations.of(stacks[0]).acknowledgeWarning(QUOTA);
      expect(ofQuota(stacks)).toEqual([]);
    });
    test('of two app instances are not', () => {
      const [stack] = flows(60);
      const appInstance = TaggedAppInstance.fromAppInstanceArn(stack, 'Other', `${APP_INSTANCE_ARN}2`);
      for (let i = 0; i < 60; i++) { newFlow(stack, { appInstance, bearer: undefined }, `Other${i}`); }
      expect(ofQuota([stack])).toEqual([]);
    });
  });

  test('more than one processor is more than the service runs', () => {
    const stack = newStack();
    newFlow(stack, {
      processors: ['A', 'B'].map(id => ChannelFlowProcessor.fromFunction(newFunction(stack, id))),
    });
    expect(warnings(stack)).toEqual([expect.stringContaining('has 2 processors, and the service runs one')]);
  });
});

describe('validation', () => {
  const flowWith = (stack: Stack, count: number, options = (_: number) => ({})) => newFlow(stack, {
    processors: Array.from(
      { length: count }, (_, i) => ChannelFlowProcessor.fromFunction(newFunction(stack, `F${i}`), options(i)),
    ),
  });

  test('one error lists all that is wrong', () => {
    const stack = newStack({ env: { ...ENV, region: 'us-west-2' } });
    newFlow(stack, {
      channelFlowName: 'x'.repeat(257),
      processors: [0, 1, 2, 3].map(
        i => ChannelFlowProcessor.fromFunction(newFunction(stack, `F${i}`), { executionOrder: 1 }),
      ),
      tags: { empty: '', ['k'.repeat(129)]: 'v' },
    });

    const message = synthesisError(stack);
    expect(message.match(/\[Stack\/Flow\]/g)).toHaveLength(1);
    expect(message).toContain(
      'the region must be us-east-1 or eu-central-1, where Amazon Chime SDK messaging is available, got us-west-2',
    );
    expect(message).toContain('channelFlowName must be 1 to 256 characters, got 257: shorten it');
    expect(message).toContain('processors must be 1 to 3, got 4: remove 1');
    expect(message).toContain('execution orders must differ, got 1, 1, 1, 1');
    expect(message).toContain('the value of tag "empty" must be 1 to 256 characters, got 0');
    expect(message).toMatch(/the tag key "k+…" must be 1 to 128 characters, got 129: shorten it/);
  });

  test.each([
    ['empty', '', 'channelFlowName must be 1 to 256 characters, got 0'],
    ['with a control character', 'a\u0000b', 'channelFlowName must not contain control characters, got "a\\u0000b"'],
  ])('a name %s', (_, channelFlowName, expected) => {
    const stack = newStack();
    newFlow(stack, { channelFlowName });
    expect(synthesisError(stack)).toContain(expected);
  });

  test.each([['256 astral characters', '😀'.repeat(256)], ['tab and line feed', 'a\tb\nc']])(
    'a name of %s is valid',
    (_, channelFlowName) => {
      const stack = newStack();
      newFlow(stack, { channelFlowName });
      Template.fromStack(stack);
    },
  );

  test('a processor too many is one error: its order was not chosen', () => {
    const stack = newStack();
    flowWith(stack, 5);
    expect(synthesisError(stack)).toContain('processors must be 1 to 3, got 5: remove 2');
    expect(synthesisError(stack)).not.toContain('executionOrder');
  });

  test('refuses a flow without a processor', () => {
    const stack = newStack();
    flowWith(stack, 0);
    expect(synthesisError(stack)).toContain('processors must be 1 to 3, got none');
  });

  test.each([0, 4, 1.5])('execution order %d', executionOrder => {
    const stack = newStack();
    flowWith(stack, 1, () => ({ executionOrder }));
    expect(synthesisError(stack)).toContain(`executionOrder must be a whole number from 1 to 3, got ${executionOrder}`);
  });

  test('an execution order that collides with a default one', () => {
    const stack = newStack();
    flowWith(stack, 2, i => i === 0 ? { executionOrder: 2 } : {});
    expect(synthesisError(stack)).toContain('execution orders must differ, got 2, 2');
  });

  test('a processor name that is too long', () => {
    const stack = newStack();
    flowWith(stack, 1, () => ({ processorName: 'x'.repeat(300) }));
    expect(synthesisError(stack)).toContain('processorName must be 1 to 256 characters, got 300');
  });

  test('too many tags, those of aspects included', () => {
    const stack = newStack();
    newFlow(stack, { tags: Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`k${i}`, 'v'])) });
    Tags.of(stack).add('one', 'more');
    expect(synthesisError(stack)).toContain(
      'tags must be at most 49 (the service allows 50, the library needs 1), got 50: remove 1');
  });

  test.each(['cdk-chime-messaging:owner', 'aws:stack', 'AWS:stack'])('reserved tag key %s', key => {
    const stack = newStack();
    newFlow(stack, { tags: { [key]: 'v' } });
    expect(synthesisError(stack)).toMatch(/a tag key must not begin with the reserved ".*:", got/);
  });

  test('an app instance of another account', () => {
    const stack = newStack({ env: { ...ENV, account: '222222222222' } });
    newFlow(stack);
    expect(synthesisError(stack)).toContain('the app instance must be in account 222222222222, got 111111111111');
  });

  test('a bearer of another app instance', () => {
    const stack = newStack();
    newFlow(stack, { bearer: Bearer.fromArn(USER_ARN.replace('chat', 'other')) });
    expect(synthesisError(stack)).toContain(`the bearer must belong to the app instance ${APP_INSTANCE_ARN}, got`);
  });

  test('says nothing about what is known only at deployment', () => {
    const stack = newAgnosticStack();
    const text = new CfnParameter(stack, 'Text').valueAsString;
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    newFlow(stack, {
      appInstance: TaggedAppInstance.fromAppInstanceArn(stack, 'Chat', text),
      bearer: Bearer.fromArn(text),
      channelFlowName: text,
      tags: { [text]: text },
      processors: [
        ChannelFlowProcessor.fromFunction(lambda.Function.fromFunctionArn(stack, 'Imported', text), {
          executionOrder: number, processorName: text,
        }),
      ],
    });
    Template.fromStack(stack);
  });
});

describe('import', () => {
  test('knows its app instance and environment by the ARN', () => {
    const flow = ChannelFlow.fromChannelFlowArn(newAgnosticStack(), 'Flow', CHANNEL_FLOW_ARN);
    expect(flow.channelFlowArn).toBe(CHANNEL_FLOW_ARN);
    expect(flow.appInstanceArn).toBe(APP_INSTANCE_ARN);
    expect(flow.env).toEqual(ENV);
  });

  test('takes the app instance out of a token', () => {
    const stack = newStack();
    const arn = new CfnParameter(stack, 'Arn').valueAsString;
    const flow = ChannelFlow.fromChannelFlowArn(stack, 'Flow', arn);
    expect(stack.resolve(flow.appInstanceArn)).toEqual({
      'Fn::Select': [0, { 'Fn::Split': ['/channel-flow/', { Ref: 'Arn' }] }],
    });
    expect(flow.env).toEqual(ENV);
  });

  test.each([
    'moderation', APP_INSTANCE_ARN, `${APP_INSTANCE_ARN}/channel/x`, `${CHANNEL_FLOW_ARN}/more`,
    CHANNEL_FLOW_ARN.replace('chime', 'lambda'),
  ])('refuses %s', arn => {
    expect(() => ChannelFlow.fromChannelFlowArn(newStack(), 'Flow', arn)).toThrow(
      'channelFlowArn must be arn:<partition>:chime:<region>:<account>:app-instance/<id>/channel-flow/<id>, '
      + `got "${arn}": pass the ARN that the service returned`);
  });

  test('associates channels', () => {
    const stack = newStack();
    ChannelFlow.fromChannelFlowArn(stack, 'Flow', CHANNEL_FLOW_ARN).associate(
      'Lobby', importedChannel(stack), { bearer: BEARER },
    );
    expect(resourceOf(stack, 'Custom::ChimeMessagingChannelFlowAssociation').Properties.ChannelFlowArn).toBe(
      CHANNEL_FLOW_ARN,
    );
  });
});

test('associate() makes an association below the flow', () => {
  const stack = newStack();
  const flow = newFlow(stack);
  const association = flow.associate('Lobby', importedChannel(stack), { bearer: BEARER });
  expect(association.node.path).toBe('Stack/Flow/Lobby');
  expect(stack.resolve(flow.channelFlowArn))
    .toEqual(resourceOf(stack, 'Custom::ChimeMessagingChannelFlowAssociation').Properties.ChannelFlowArn);
});

test('onProcessorInvocationFailure() makes a rule for the app instance of the flow', () => {
  const stack = newStack();
  const flow = newFlow(stack);
  flow.onProcessorInvocationFailure('Failure', {
    target: new targets.SnsTopic(new sns.Topic(stack, 'Alarm')),
    eventPattern: { detail: { processorResourceArn: [FUNCTION_ARN] } },
    description: 'alarm',
  });

  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    Description: 'alarm',
    EventPattern: {
      'source': ['aws.chime'],
      'detail-type': ['Chime ChannelFlow Processing Status'],
      'detail': {
        eventType: ['ProcessorInvocationFailure'],
        appInstanceArn: [APP_INSTANCE_ARN],
        processorResourceArn: [FUNCTION_ARN],
      },
    },
    Targets: [Match.anyValue()],
  });
});

test('aspects that read the tree are not disturbed', () => {
  const stack = newStack();
  newFlow(stack, { removalPolicy: RemovalPolicy.RETAIN });
  const seen: string[] = [];
  Aspects.of(stack).add({ visit: ({ node }) => { seen.push(node.path); } });
  Template.fromStack(stack);
  expect(seen).toContain('Stack/Flow/Resource');
});
