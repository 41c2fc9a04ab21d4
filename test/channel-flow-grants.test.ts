import { App, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  APP_INSTANCE_ARN, CHANNEL_FLOW_ARN, ENV, importedAppInstance, newChat, newFlow, newFunction, newStack, statementsOf,
} from './fixture';
import { ChannelFlow, ChannelFlowGrants, ChannelFlowProcessor } from '../src';

const newRole = (stack: Stack, id = 'Role') => new iam.Role(stack, id, { assumedBy: new iam.AccountRootPrincipal() });

test.each<[string, (grants: ChannelFlowGrants, grantee: iam.IGrantable) => iam.Grant, object[]]>([
  ['associate', (grants, grantee) => grants.associate(grantee), [{
    Action: ['chime:AssociateChannelFlow', 'chime:DisassociateChannelFlow'],
    Effect: 'Allow',
    Resource: [
      `${APP_INSTANCE_ARN}/bot/*`, CHANNEL_FLOW_ARN, `${APP_INSTANCE_ARN}/channel/*`, `${APP_INSTANCE_ARN}/user/*`,
    ],
  }]],
  ['read', (grants, grantee) => grants.read(grantee), [
    {
      Action: ['chime:DescribeChannelFlow', 'chime:ListChannelsAssociatedWithChannelFlow', 'chime:ListTagsForResource'],
      Effect: 'Allow',
      Resource: [CHANNEL_FLOW_ARN],
    },
    {
      Action: ['chime:ListChannelFlows'],
      Effect: 'Allow',
      Resource: [APP_INSTANCE_ARN, `${APP_INSTANCE_ARN}/channel-flow/*`],
    },
  ]],
  ['manage', (grants, grantee) => grants.manage(grantee), [
    {
      Action: ['chime:DeleteChannelFlow', 'chime:TagResource', 'chime:UntagResource', 'chime:UpdateChannelFlow'],
      Effect: 'Allow',
      Resource: [CHANNEL_FLOW_ARN],
    },
    { Action: ['chime:DeleteChannelFlow'], Effect: 'Allow', Resource: [`${APP_INSTANCE_ARN}/channel/*`] },
  ]],
])('%s', (name, grant, statements) => {
  const stack = newStack();
  const flow = ChannelFlow.fromChannelFlowArn(stack, 'Flow', CHANNEL_FLOW_ARN);
  expect(grant(flow.grants, newRole(stack)).success).toBe(true);
  expect(statementsOf(stack, new RegExp(`^Flow${name}`, 'i'))).toEqual(expect.arrayContaining(statements));
  Template.fromStack(stack).hasResourceProperties(
    'AWS::IAM::Policy', { Roles: [{ Ref: Match.stringLikeRegexp('^Role') }] },
  );
});

test('manage includes read', () => {
  const stack = newStack();
  ChannelFlow.fromChannelFlowArn(stack, 'Flow', CHANNEL_FLOW_ARN).grants.manage(newRole(stack));
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 2);
});

test('one grant given twice is one policy', () => {
  const stack = newStack();
  const flow = newFlow(stack);
  const role = newRole(stack);
  flow.grants.associate(role);
  flow.grants.associate(role);
  flow.grants.associate(newRole(stack, 'Other'));
  const policies = Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  expect(policies.filter(id => id.startsWith('FlowAssociate'))).toEqual([
    expect.stringMatching(/^FlowAssociateRole/), expect.stringMatching(/^FlowAssociateOther/),
  ]);
});

test('users and groups are granted by policies of their own', () => {
  const stack = newStack();
  const flow = newFlow(stack);
  flow.grants.read(new iam.User(stack, 'User'));
  flow.grants.read(new iam.Group(stack, 'Group'));
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::IAM::Policy', { Users: [{ Ref: Match.stringLikeRegexp('^User') }] });
  template.hasResourceProperties('AWS::IAM::Policy', { Groups: [{ Ref: Match.stringLikeRegexp('^Group') }] });
});

test('a policy as grantee gets the statements itself', () => {
  const stack = newStack();
  const policy = new iam.ManagedPolicy(stack, 'Policy');
  newFlow(stack).grants.read(policy);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Allow' }), Match.objectLike({ Effect: 'Allow' })] },
  });
});

test('a principal without identity gets nothing, and the grant says so', () => {
  expect(newFlow(newStack()).grants.read(new iam.ServicePrincipal('lambda.amazonaws.com')).success).toBe(false);
});

describe('no circle', () => {
  test('when a processor of the flow is granted', () => {
    const stack = newStack();
    const processor = newFunction(stack);
    const flow = newFlow(stack, { processors: [ChannelFlowProcessor.fromFunction(processor)] });
    flow.grants.manage(processor);
    flow.grants.associate(processor);
    // Template.fromStack refuses circles.
    Template.fromStack(stack);
  });

  test('when a function that has the flow\'s ARN is granted in another stack', () => {
    const app = new App();
    const flows = new Stack(app, 'Flows', { env: ENV });
    const workers = new Stack(app, 'Workers', { env: ENV });
    const flow = newFlow(flows);
    const worker = newFunction(workers);
    worker.addEnvironment('CHANNEL_FLOW_ARN', flow.channelFlowArn);
    flow.grants.associate(worker);

    Template.fromStack(workers).hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('^ModerateServiceRole') }],
    });
    expect(workers.dependencies).toEqual([flows]);
    expect(flows.dependencies).toEqual([]);
  });

  test('when flows of two stacks are granted to one role of a third', () => {
    const app = new App();
    const role = newRole(new Stack(app, 'Roles', { env: ENV }));
    for (const id of ['One', 'Two']) { newFlow(new Stack(app, id, { env: ENV })).grants.read(role); }
    Template.fromStack(Stack.of(role)).resourceCountIs('AWS::IAM::Policy', 2);
  });

  test('when a processor of another stack is granted on the app instance', () => {
    const app = new App();
    const functions = new Stack(app, 'Functions', { env: ENV });
    const flows = new Stack(app, 'Flows', { env: ENV });
    const processor = newFunction(functions);
    const { appInstance } = newChat(flows);
    newFlow(flows, { appInstance, processors: [ChannelFlowProcessor.fromFunction(processor)] });
    appInstance.grants.sendChannelMessage(processor);

    Template.fromStack(flows);
    expect(flows.dependencies).toEqual([functions]);
    expect(functions.dependencies).toEqual([]);
  });
});

test('a facade can be made for any flow', () => {
  const stack = newStack();
  const flow = newFlow(stack, { appInstance: importedAppInstance(stack) });
  expect(ChannelFlowGrants.fromChannelFlow(flow).read(newRole(stack)).success).toBe(true);
});

test('stages of one app get like policies', () => {
  const app = new App();
  const ids = ['Beta', 'Prod'].map(id => {
    const stage = new Stage(app, id, { env: ENV });
    const workers = new Stack(stage, 'Workers');
    newFlow(new Stack(stage, 'Flows')).grants.associate(newRole(workers));
    return Object.keys(Template.fromStack(workers).findResources('AWS::IAM::Policy'));
  });
  expect(ids[0]).toEqual([expect.stringMatching(/^AssociateFlowsFlowRole/)]);
  expect(ids[1]).toEqual(ids[0]);
});
