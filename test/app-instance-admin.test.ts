import { App, CfnParameter, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  APP_INSTANCE_ARN, BEARER, ENV, importedAppInstance, logicalId, newChat, newFlow, newStack, resourceOf, synthesisError,
  USER_ARN,
} from './fixture';
import { AppInstanceAdmin, AppInstanceUser, Bearer, Channel, ChannelFlowAssociation, TaggedAppInstance } from '../src';

const ADMIN = 'Custom::ChimeMessagingAppInstanceAdmin';
const FLOW = 'Custom::ChimeMessagingChannelFlow';

test('the custom resource carries the properties of the contract', () => {
  const stack = newStack();
  const { appInstance, user, admin } = newChat(stack);

  expect(resourceOf(stack, ADMIN)).toMatchObject({
    Properties: {
      AppInstanceArn: stack.resolve(appInstance.appInstanceArn),
      AppInstanceAdminArn: stack.resolve(user.appInstanceUserArn),
    },
    DeletionPolicy: 'Delete',
  });
  const arn = { 'Fn::GetAtt': [logicalId(stack, admin), 'AppInstanceAdminArn'] };
  expect(stack.resolve(admin.appInstanceAdminArn)).toEqual(arn);
  expect(stack.resolve(admin.bearerArn)).toEqual(arn);
});

test('a bot may be promoted, and the promotion retained', () => {
  const stack = newStack();
  new AppInstanceAdmin(stack, 'Admin', {
    appInstance: importedAppInstance(stack),
    user: Bearer.fromArn(`${APP_INSTANCE_ARN}/bot/helper`),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  expect(resourceOf(stack, ADMIN).DeletionPolicy).toBe('Retain');
});

test('a user of another app instance is an error', () => {
  const stack = newStack();
  new AppInstanceAdmin(stack, 'Admin', {
    appInstance: importedAppInstance(stack), user: Bearer.fromArn(USER_ARN.replace('chat', 'other')),
  });
  expect(synthesisError(stack)).toContain('the user must belong to the app instance');
});

describe('what needs an admin as bearer goes after all admins of its app instance', () => {
  test('flows, channels and associations, whatever their bearer is', () => {
    const stack = newStack();
    const { appInstance, user, admin } = newChat(stack);
    const channel = new Channel(stack, 'Lobby', { appInstance, bearer: user });
    const channelFlow = newFlow(stack, { appInstance, bearer: undefined });
    new ChannelFlowAssociation(stack, 'Association', { channelFlow, channel, bearer: user });
    const second = new AppInstanceAdmin(stack, 'Second', { appInstance, user: BEARER });

    const admins = [logicalId(stack, admin), logicalId(stack, second)];
    for (const type of ['Custom::ChimeMessagingChannel', FLOW, 'Custom::ChimeMessagingChannelFlowAssociation']) {
      expect(resourceOf(stack, type).DependsOn).toEqual(expect.arrayContaining(admins));
    }
  });

  test('not the admins themselves, nor users', () => {
    const stack = newStack();
    const { appInstance } = newChat(stack);
    new AppInstanceAdmin(stack, 'Second', { appInstance, user: BEARER });

    const template = Template.fromStack(stack);
    for (const type of [ADMIN, 'Custom::ChimeMessagingAppInstanceUser']) {
      for (const resource of Object.values(
        template.findResources(type),
      )) { expect(resource.DependsOn).toBeUndefined(); }
    }
  });

  test('by two imports of one ARN', () => {
    const stack = newStack();
    newFlow(stack, { appInstance: importedAppInstance(stack, 'One'), bearer: undefined });
    const admin = new AppInstanceAdmin(
      stack, 'Admin', { appInstance: importedAppInstance(stack, 'Two'), user: BEARER },
    );
    expect(resourceOf(stack, FLOW).DependsOn).toContain(logicalId(stack, admin));
  });

  test('by two imports of one token', () => {
    const stack = newStack();
    const chat = newChat(stack);
    const again = TaggedAppInstance.fromAppInstanceArn(stack, 'Again', chat.appInstance.appInstanceArn);
    newFlow(stack, { appInstance: again });
    expect(resourceOf(stack, FLOW).DependsOn).toContain(logicalId(stack, chat.admin));
  });

  test('by two imports of one parameter', () => {
    const stack = newStack();
    const arn = new CfnParameter(stack, 'Arn');
    newFlow(stack, { appInstance: TaggedAppInstance.fromAppInstanceArn(stack, 'One', arn.valueAsString) });
    const admin = new AppInstanceAdmin(stack, 'Admin', {
      appInstance: TaggedAppInstance.fromAppInstanceArn(stack, 'Two', arn.valueAsString), user: BEARER,
    });
    expect(resourceOf(stack, FLOW).DependsOn).toContain(logicalId(stack, admin));
  });

  test('not after an admin of another stack, which a bearer carries', () => {
    const app = new App();
    const base = new Stack(app, 'Base', { env: ENV });
    const flows = new Stack(app, 'Flows', { env: ENV });
    const { appInstance, admin } = newChat(base);
    newFlow(flows, { appInstance, bearer: admin });

    expect(resourceOf(flows, FLOW).DependsOn).not.toContain(logicalId(base, admin));
    expect(flows.dependencies).toEqual([base]);
  });

  test('an admin may be promoted in a stack that depends on the stack of the flow', () => {
    const app = new App();
    const base = new Stack(app, 'Base', { env: ENV });
    const admins = new Stack(app, 'Admins', { env: ENV });
    const { appInstance } = newChat(base);
    newFlow(base, { appInstance });
    new AppInstanceAdmin(admins, 'Admin', { appInstance, user: BEARER });

    Template.fromStack(admins);
    expect(admins.dependencies).toEqual([base]);
    expect(base.dependencies).toEqual([]);
  });

  test('a flow in a nested stack, an admin in its parent', () => {
    const stack = newStack();
    const { appInstance, admin } = newChat(stack);
    const nested = new NestedStack(stack, 'Nested');
    newFlow(nested, { appInstance, bearer: admin });
    const flow = resourceOf(nested, FLOW);
    expect(flow.Properties.Bearer).toEqual({ Ref: expect.stringContaining('AppInstanceAdminArn') });
  });
});

test('a user is not an admin', () => {
  const stack = newStack();
  const appInstance = importedAppInstance(stack);
  const user = new AppInstanceUser(stack, 'Ada', { appInstance });
  newFlow(stack, { appInstance, bearer: user });
  expect(resourceOf(stack, FLOW).DependsOn).not.toContain(logicalId(stack, user));
});
