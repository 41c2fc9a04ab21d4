import { App, CfnResource, Fn, NestedStack, RemovalPolicies, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  ChannelFlowProcessor, TaggedAppInstance, type ChannelFlow, type ChannelFlowProps, type IAppInstance,
} from '../../src';
import {
  ENV, FUNCTION_ARN, importedAppInstance, newAgnosticStack, newChat, newFlow, newFunction, newStack, warnings,
} from '../fixture';

const FLOW = 'Custom::ChimeMessagingChannelFlow';
const PERMISSION = 'AWS::Lambda::Permission';
const POLICY = 'AWS::IAM::Policy';

const flowWith = (
  stack: Stack, id: string, fn: lambda.IFunction, appInstance: IAppInstance, props: Partial<ChannelFlowProps> = {},
): ChannelFlow =>
  newFlow(stack, { appInstance, processors: [ChannelFlowProcessor.fromFunction(fn)], ...props }, id);

const resources = (stack: Stack, type: string): Record<string, any> => Template.fromStack(stack).findResources(type);
const idsOf = (stack: Stack, type: string) => Object.keys(resources(stack, type)).sort();
const sharedIds = (stack: Stack) => Object.keys(Template.fromStack(stack).toJSON().Resources).filter(
  id => /InvokePermission|CallbackPolicy/.test(id),
).sort();

describe('logical ids are a contract: others would make and delete permissions while flows go on', () => {
  /** Flows of which one function, app instance or role is in the stack, in another one, or no more than an ARN. */
  const IDS = {
    'all in the stack': [
      'ChimeMessagingCallbackPolicye9cba9aabd0e547BF22C', 'ChimeMessagingInvokePermissionc30dbf87ab9663CB3DDE',
    ],
    'an imported app instance': [
      'ChimeMessagingCallbackPolicyc5d28973d0a2E9599481', 'ChimeMessagingInvokePermission7085513ba4a8ECB8AFF6',
    ],
    'a function of another stack': [
      'ChimeMessagingCallbackPolicy3d7c135e0fbe0C5E0B66', 'ChimeMessagingInvokePermission634b7c4837dfB1410422',
    ],
    'an imported function': ['ChimeMessagingInvokePermissionffad609317959987A6F4'],
    'an alias': [
      'ChimeMessagingCallbackPolicye9cba9aabd0e547BF22C', 'ChimeMessagingInvokePermission3ce5240759d3F372C8D0',
    ],
  };
  const make: Record<keyof typeof IDS, () => Stack> = {
    'all in the stack': () => {
      const stack = newStack();
      flowWith(stack, 'Flow', newFunction(stack), new TaggedAppInstance(stack, 'Chat'));
      return stack;
    },
    'an imported app instance': () => {
      const stack = newStack();
      flowWith(stack, 'Flow', newFunction(stack), importedAppInstance(stack));
      return stack;
    },
    'a function of another stack': () => {
      const app = new App();
      const stack = new Stack(app, 'Stack', { env: ENV });
      flowWith(
        stack, 'Flow', newFunction(new Stack(app, 'Functions', { env: ENV })), new TaggedAppInstance(stack, 'Chat'),
      );
      return stack;
    },
    'an imported function': () => {
      const stack = newStack();
      flowWith(
        stack,
        'Flow',
        lambda.Function.fromFunctionArn(stack, 'Moderate', FUNCTION_ARN),
        new TaggedAppInstance(stack, 'Chat'),
      );
      return stack;
    },
    'an alias': () => {
      const stack = newStack();
      flowWith(stack, 'Flow', newFunction(stack).addAlias('live'), new TaggedAppInstance(stack, 'Chat'));
      return stack;
    },
  };

  test.each(Object.keys(IDS) as (keyof typeof IDS)[])('%s', name => expect(sharedIds(make[name]())).toEqual(IDS[name]));

  test('they know nothing of flows, the stack and the stage', () => {
    const app = new App();
    const stack = new Stack(new Stage(app, 'Live', { env: ENV }), 'Renamed');
    const appInstance = new TaggedAppInstance(stack, 'Chat');
    flowWith(stack, 'Other', newFunction(stack), appInstance);
    expect(sharedIds(stack)).toEqual(IDS['all in the stack']);
  });
});

describe('one function and one app instance', () => {
  test('200 flows are one permission and one policy, in each of two stacks within the limit of 500 resources', () => {
    const app = new App();
    const shared = new Stack(app, 'Shared', { env: ENV });
    const { appInstance } = newChat(shared);
    const moderate = newFunction(shared);
    for (const name of ['One', 'Two']) {
      const stack = new Stack(app, name, { env: ENV });
      for (let i = 0; i < 200; i++) flowWith(stack, `Flow${i}`, moderate, appInstance);
    }
    // Fails above 500.
    const { stacks } = app.synth();
    const counted = stacks.filter(({ stackName }) => stackName !== 'Shared').map(({ template }) => {
      const types = Object.values<any>(template.Resources).map(({ Type }) => Type);
      return [FLOW, PERMISSION, POLICY].map(type => types.filter(other => other === type).length);
    });
    expect(counted).toEqual([[200, 1, 1], [200, 1, 1]]);
  });

  test('are one whatever object stands for them', () => {
    const stack = newStack();
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/moderate');
    const imported = (id: string) =>
      lambda.Function.fromFunctionAttributes(stack, id, { functionArn: FUNCTION_ARN, role });
    flowWith(stack, 'A', imported('One'), importedAppInstance(stack, 'Once'));
    flowWith(stack, 'B', imported('Two'), importedAppInstance(stack, 'Twice'));
    expect([PERMISSION, POLICY].map(type => idsOf(stack, type).length)).toEqual([1, 1]);
  });

  test('are one where the account is known at deployment only', () => {
    const stack = newAgnosticStack();
    const fn = newFunction(stack);
    for (const id of ['A', 'B']) {
      flowWith(stack, id, fn, TaggedAppInstance.fromAppInstanceArn(
        stack, `${id}Chat`, `arn:${stack.partition}:chime:${stack.region}:${stack.account}:app-instance/x`,
      ));
    }
    expect(idsOf(stack, PERMISSION)).toHaveLength(1);
  });

  test('stay as they are when a flow leaves, whichever was first', () => {
    const stackOf = (...flows: string[]) => {
      const stack = newStack();
      const fn = newFunction(stack);
      const appInstance = new TaggedAppInstance(stack, 'Chat');
      flows.forEach(id => flowWith(stack, id, fn, appInstance));
      return stack;
    };
    const shared = (stack: Stack) => [resources(stack, PERMISSION), resources(stack, POLICY)];
    expect(shared(stackOf('A'))).toEqual(shared(stackOf('B', 'A')));
    expect(shared(stackOf('B'))).toEqual(shared(stackOf('B', 'A')));
  });

  test('come before each of their flows', () => {
    const stack = newStack();
    const fn = newFunction(stack);
    const appInstance = importedAppInstance(stack);
    for (const id of ['A', 'B']) flowWith(stack, id, fn, appInstance);
    for (const { DependsOn } of Object.values(resources(stack, FLOW))) {
      expect(DependsOn).toEqual(expect.arrayContaining(sharedIds(stack)));
    }
  });

  test('of an import are warned of once for all flows', () => {
    const stack = newAgnosticStack();
    const fn = lambda.Function.fromFunctionArn(stack, 'Imported', FUNCTION_ARN);
    for (const id of ['A', 'B', 'C']) flowWith(stack, id, fn, importedAppInstance(stack, `${id}Chat`));
    expect(warnings(stack).filter(text => text.includes('cdk-chime-messaging:'))).toHaveLength(2);
  });
});

describe('what differs has its own', () => {
  test(
    'functions, their versions and aliases are invoked each by a permission; their role answers by one policy',
    () => {
      const stack = newStack();
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      const fn = newFunction(stack, 'Moderate', role);
      const appInstance = importedAppInstance(stack);
      [fn, fn.currentVersion, fn.addAlias('live'), newFunction(stack, 'Other', role)].forEach(
        (processor, i) => flowWith(stack, `Flow${i}`, processor, appInstance),
      );
      expect(idsOf(stack, PERMISSION)).toHaveLength(4);
      expect(idsOf(stack, POLICY)).toHaveLength(1);
    },
  );

  test('each app instance has permissions of its own', () => {
    const stack = newStack();
    const fn = newFunction(stack);
    for (const id of ['A', 'B']) flowWith(stack, id, fn, new TaggedAppInstance(stack, `${id}Chat`));
    expect([PERMISSION, POLICY].map(type => idsOf(stack, type).length)).toEqual([2, 2]);
  });

  test('functions that only look alike, by the path of construct and stack', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: ENV });
    const functions = new Stack(app, 'Functions', { env: ENV });
    const inside = new NestedStack(stack, 'Functions');
    const appInstance = importedAppInstance(stack);
    [newFunction(stack), newFunction(functions), newFunction(inside)].forEach(
      (fn, i) => flowWith(stack, `Flow${i}`, fn, appInstance),
    );
    expect([PERMISSION, POLICY].map(type => idsOf(stack, type).length)).toEqual([3, 3]);
  });

  test('stacks: the policies of one role do not overwrite each other', () => {
    const app = new App();
    const role = new iam.Role(
      new Stack(app, 'Roles', { env: ENV }), 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') },
    );
    const stacks = ['One', 'Two'].map(id => {
      const stack = new Stack(app, id, { env: ENV });
      const fn = newFunction(stack, 'Moderate', role);
      flowWith(stack, 'Flow', fn, importedAppInstance(stack)).grants.read(fn);
      return stack;
    });
    const names = stacks.map(
      stack => Object.values(resources(stack, POLICY)).map(({ Properties }) => Properties.PolicyName),
    );
    expect(names[0]).toEqual(names[1]);
    // Equal but for what CloudFormation puts in: the id of the permission, and the part of the stack's id, that no
    // other stack has.
    expect(names[0]).toEqual(expect.arrayContaining([
      {
        'Fn::Join': [
          '', ['ChimeMessagingCallback-', { Ref: expect.stringMatching(/^ChimeMessagingInvokePermission/) }],
        ],
      },
      {
        'Fn::Join': [
          '-',
          [expect.stringMatching(/^FlowRead/), { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }],
        ],
      },
    ]));
  });

  test(
    'logical ids: a policy has no name that another one had, though function and app instance are the same ones',
    () => {
      const nameOf = (appInstance: (stack: Stack) => IAppInstance) => {
        const stack = newStack();
        flowWith(stack, 'Flow', newFunction(stack), appInstance(stack));
        const [[id, { Properties }]] = Object.entries(resources(stack, POLICY));
        return [id, JSON.stringify(Properties.PolicyName)];
      };
      const [[id, name], [otherId, otherName]] = [
        nameOf(importedAppInstance),
        nameOf(stack => TaggedAppInstance.fromAppInstanceArn(stack, 'Chat', Fn.importValue('Chat'))),
      ];
      expect(id).not.toBe(otherId);
      expect(name).not.toBe(otherName);
    },
  );

  test('the name of a policy does not depend on the order of flows', () => {
    const names = [['A', 'B'], ['B', 'A']].map(order => {
      const stack = newStack();
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      const appInstance = importedAppInstance(stack);
      const functions = Object.fromEntries(['A', 'B'].map(id => [id, newFunction(stack, id, role)]));
      order.forEach(id => flowWith(stack, `Flow${id}`, functions[id], appInstance));
      return Object.values(resources(stack, POLICY)).map(({ Properties }) => Properties.PolicyName);
    });
    expect(names[0]).toHaveLength(1);
    expect(names[0]).toEqual(names[1]);
  });

  test('functions without a permission: their role\'s policy is named by stack and logical id', () => {
    const stack = newAgnosticStack();
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/moderate');
    flowWith(
      stack,
      'Flow',
      lambda.Function.fromFunctionAttributes(stack, 'Moderate', { functionArn: FUNCTION_ARN, role }),
      importedAppInstance(stack),
    );
    expect(Object.values(resources(stack, POLICY)).map(({ Properties }) => Properties.PolicyName)).toEqual([
      {
        'Fn::Join': ['-', [
          expect.stringMatching(/^ChimeMessagingCallbackPolicy/),
          { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] },
        ]],
      },
    ]);
  });
});

describe('no circle', () => {
  test.each<[string, (app: App) => { functions: Stack; flows: Stack }]>([
    [
      'two stacks',
      app => ({ functions: new Stack(app, 'Functions', { env: ENV }), flows: new Stack(app, 'Flows', { env: ENV }) }),
    ],
    ['two stacks of a stage', app => {
      const stage = new Stage(app, 'Live', { env: ENV });
      return { functions: new Stack(stage, 'Functions'), flows: new Stack(stage, 'Flows') };
    }],
    ['a function in the parent of the flow\'s stack', app => {
      const functions = new Stack(app, 'Parent', { env: ENV });
      return { functions, flows: new NestedStack(functions, 'Flows') };
    }],
    ['a function in a nested stack', app => {
      const flows = new Stack(app, 'Parent', { env: ENV });
      return { functions: new NestedStack(flows, 'Functions'), flows };
    }],
    ['two nested stacks', app => {
      const parent = new Stack(app, 'Parent', { env: ENV });
      return { functions: new NestedStack(parent, 'Functions'), flows: new NestedStack(parent, 'Flows') };
    }],
  ])('%s, and the processors may read their flows', (_, make) => {
    const app = new App();
    const { functions, flows } = make(app);
    const fn = newFunction(functions);
    const { appInstance } = newChat(flows);
    for (const id of ['A', 'B']) flowWith(flows, id, fn, appInstance).grants.read(fn);
    app.synth();
    expect(idsOf(flows, PERMISSION)).toHaveLength(1);
    // Its callback policy and two grants.
    expect(idsOf(flows, POLICY)).toHaveLength(3);
    expect(Object.keys(resources(functions, PERMISSION))).toEqual([]);
  });
});

describe('they are retained if any of their flows is', () => {
  const retained = (stack: Stack) => [PERMISSION, POLICY].flatMap(type => Object.values(resources(stack, type)))
    .map(({ DeletionPolicy, UpdateReplacePolicy }) => [DeletionPolicy, UpdateReplacePolicy]);

  function twoFlows(): { stack: Stack; flows: ChannelFlow[] } {
    const stack = newStack();
    const fn = newFunction(stack);
    const appInstance = importedAppInstance(stack);
    return { stack, flows: ['A', 'B'].map(id => flowWith(stack, id, fn, appInstance)) };
  }

  test.each([0, 1])('flow %d of two, by a method', place => {
    const { stack, flows } = twoFlows();
    flows[place].applyRemovalPolicy(RemovalPolicy.RETAIN);
    expect(retained(stack)).toEqual([['Retain', 'Retain'], ['Retain', 'Retain']]);
  });

  test.each([undefined, 1, 600, 1500])('by an Aspect of priority %s', priority => {
    const { stack, flows } = twoFlows();
    RemovalPolicies.of(flows[1]).retainOnUpdateOrDelete({ priority });
    expect(retained(stack)).toEqual([['RetainExceptOnCreate', 'Retain'], ['RetainExceptOnCreate', 'Retain']]);
  });

  test('the stronger of two policies', () => {
    const { stack, flows } = twoFlows();
    flows[0].applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    flows[1].applyRemovalPolicy(RemovalPolicy.RETAIN);
    expect(retained(stack)).toEqual([['Retain', 'Retain'], ['Retain', 'Retain']]);
  });

  test('and no longer when it is not', () => {
    const { stack, flows } = twoFlows();
    flows[0].applyRemovalPolicy(RemovalPolicy.RETAIN);
    (flows[0].node.defaultChild as CfnResource).applyRemovalPolicy(RemovalPolicy.DESTROY);
    expect(retained(stack)).toEqual([['Delete', 'Delete'], ['Delete', 'Delete']]);
  });
});
