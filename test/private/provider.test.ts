import * as fs from 'fs';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import {
  AppInstanceTags, Channel, ChannelFlowProcessor, ChannelFlowVerification, Probe, TaggedAppInstance,
} from '../../src';
import { PROVIDERS } from '../../src/private/provider-definitions';
import { ENV, importedAppInstance, importedChannel, newChat, newFlow, newFunction, newStack } from '../fixture';

/** One construct of every type. */
function everything(stack: Stack): void {
  const { appInstance, admin } = newChat(stack);
  const channel = new Channel(stack, 'Lobby', { appInstance, bearer: admin });
  const channelFlow = newFlow(stack, { appInstance, bearer: admin });
  channelFlow.associate('Lobby', channel, { bearer: admin });
  new ChannelFlowVerification(
    stack, 'Verification', { channelFlow, channel, sender: admin, probes: [Probe.delivered('hello')] },
  );
  new AppInstanceTags(stack, 'Tags', { appInstance: importedAppInstance(stack, 'Existing'), tags: { team: 'care' } });
}

const handlersOf = (template: Template) => Object.values(template.findResources('AWS::Lambda::Function'))
  .map(({ Properties }) => Properties).filter(({ Runtime }) => Runtime === 'nodejs24.x');

describe('logical ids are a contract: CloudFormation refuses a changed ServiceToken', () => {
  test('of all providers', () => {
    const stack = newStack();
    everything(stack);
    const ids = Object.keys(Template.fromStack(stack).toJSON().Resources).filter(
      id => /^ChimeMessaging(?!InvokePermission|CallbackPolicy)/.test(id),
    ).sort();
    expect(ids).toEqual([
      'ChimeMessagingAppInstanceAdminHandlerD1ED9609',
      'ChimeMessagingAppInstanceAdminRole0767A441',
      'ChimeMessagingAppInstanceHandler969B8782',
      'ChimeMessagingAppInstanceRole74E22150',
      'ChimeMessagingAppInstanceTagsHandler848E038B',
      'ChimeMessagingAppInstanceTagsRole5CA033DD',
      'ChimeMessagingAppInstanceUserHandler5738F8C7',
      'ChimeMessagingAppInstanceUserRole549143A5',
      'ChimeMessagingChannelFlowAssociationHandlerF433F10F',
      'ChimeMessagingChannelFlowAssociationRole27872B94',
      'ChimeMessagingChannelFlowHandlerB8B8EADA',
      'ChimeMessagingChannelFlowRole9D205230',
      'ChimeMessagingChannelFlowVerificationHandler8FE91BBB',
      'ChimeMessagingChannelFlowVerificationRole051A9303',
      'ChimeMessagingChannelHandler47434779',
      'ChimeMessagingChannelRoleA38AD96C',
      'ChimeMessagingLogs4E57A958',
    ]);
  });

  test('wherever in the stack the construct is', () => {
    const stack = newStack();
    new TaggedAppInstance(new Construct(stack, 'Deeper'), 'Chat');
    expect(Object.keys(Template.fromStack(stack).findResources('AWS::Lambda::Function')))
      .toEqual(['ChimeMessagingAppInstanceHandler969B8782']);
  });
});

describe('resource counts', () => {
  /** All but the user's own function, with what it brings along, and the flow's permission and policy for it. */
  const count = (stack: Stack) => Object.keys(Template.fromStack(stack).toJSON().Resources)
    .filter(id => !/Moderate|InvokePermission|CallbackPolicy/.test(id)).length;

  test('one flow is 4 resources beside the processor\'s, each further flow 1', () => {
    const stack = newStack();
    newFlow(stack);
    expect(count(stack)).toBe(4);

    const two = newStack();
    newFlow(two, {}, 'One');
    newFlow(two, {}, 'Two');
    expect(count(two)).toBe(5);
  });

  test('flow, association and app instance are 10', () => {
    const stack = newStack();
    const appInstance = new TaggedAppInstance(stack, 'Chat');
    newFlow(stack, { appInstance }).associate('Lobby', importedChannel(stack), { bearer: { bearerArn: 'arn' } });
    expect(count(stack)).toBe(10);
  });

  test('imports are none', () => {
    const stack = newStack();
    importedAppInstance(stack);
    importedChannel(stack);
    newFunction(stack);
    expect(count(stack)).toBe(0);
  });
});

test('a handler has its name, its timeout and the shared log group', () => {
  const stack = newStack();
  everything(stack);

  const template = Template.fromStack(stack);
  template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' });
  expect(handlersOf(template).map(({ Handler, Timeout }) => `${Handler} ${Timeout}`).sort()).toEqual([
    'index.appInstance 900',
    'index.appInstanceAdmin 900',
    'index.appInstanceTags 900',
    'index.appInstanceUser 900',
    'index.channel 900',
    'index.channelFlow 900',
    'index.channelFlowAssociation 900',
    'index.channelFlowVerification 900',
  ]);
  for (const handler of handlersOf(template)) {
    expect(handler).toMatchObject({
      Architectures: ['arm64'], LoggingConfig: { LogGroup: { Ref: 'ChimeMessagingLogs4E57A958' } },
    });
  }
});

describe('the policy', () => {
  const policyOf = (stack: Stack, role: string) =>
    Template.fromStack(stack).toJSON().Resources[role].Properties.Policies[0].PolicyDocument;

  test('is scoped to the app instances of the account, and is the same whatever the template holds', () => {
    const little = newStack();
    newFlow(little);
    const much = newStack();
    everything(much);

    const policy = policyOf(little, 'ChimeMessagingChannelFlowRole9D205230');
    expect(policy).toEqual(policyOf(much, 'ChimeMessagingChannelFlowRole9D205230'));
    const [onAppInstances, onEverything, logs] = policy.Statement;
    expect(onAppInstances.Action).toContain('chime:CreateChannelFlow');
    expect(JSON.stringify(onAppInstances.Resource)).toContain(':chime:us-east-1:111111111111:app-instance/*');
    expect(onEverything).toEqual({ Action: 'chime:ListAppInstances', Effect: 'Allow', Resource: '*' });
    expect(logs).toEqual({
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': ['ChimeMessagingLogs4E57A958', 'Arn'] },
    });
  });

  test('is inline, without managed policies', () => {
    const stack = newStack();
    new TaggedAppInstance(stack, 'Chat');
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  test.each(Object.keys(PROVIDERS))('of %s names no action twice', type => {
    const { onAppInstances, onEverything } = PROVIDERS[type];
    const all = [...onAppInstances, ...onEverything];
    expect(new Set(all).size).toBe(all.length);
  });
});

test('the bundle is one asset of the app', () => {
  const app = new App();
  for (const id of ['One', 'Two']) { everything(new Stack(app, id, { env: ENV })); }
  const keys = app.node.children.flatMap(stack => handlersOf(Template.fromStack(stack as Stack))).map(
    ({ Code }) => Code.S3Key,
  );
  expect(keys).toHaveLength(16);
  expect(new Set(keys).size).toBe(1);
  expect(fs.readdirSync(app.synth().directory).filter(name => name.startsWith('asset.'))).toHaveLength(1);
});

test('a nested stack has its own providers', () => {
  const stack = newStack();
  new TaggedAppInstance(stack, 'Chat');
  const nested = new NestedStack(stack, 'Nested');
  new TaggedAppInstance(nested, 'Chat');
  Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
  Template.fromStack(nested).resourceCountIs('AWS::Logs::LogGroup', 1);
});

test('stages of one app have templates of their own, alike', () => {
  const app = new App();
  const templates = ['Beta', 'Prod'].map(id => {
    const stack = new Stack(new Stage(app, id, { env: ENV }), 'Chat', { stackName: 'chat' });
    everything(stack);
    return stack;
  }).map(stack => JSON.stringify(Template.fromStack(stack).toJSON()).replace(/Beta|Prod/g, 'Stage'));
  expect(Object.keys(JSON.parse(templates[0]).Resources)).toEqual(Object.keys(JSON.parse(templates[1]).Resources));
});

test('a construct of the user that takes the id of the providers is told of it', () => {
  const stack = newStack();
  new Construct(stack, 'ChimeMessaging');
  expect(() => newFlow(stack, { processors: [ChannelFlowProcessor.fromFunction(newFunction(stack))] }))
    .toThrow('the construct id "ChimeMessaging" of stack "Stack" is taken, got Construct: cdk-chime-messaging keeps '
      + 'its functions there');
});
