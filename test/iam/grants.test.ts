/**
 * What grantees and processors call, put to IAM with the policies that the constructs give them: what is granted is
 * what it takes.
 */
import {
  DescribeAppInstanceCommand, ListAppInstanceAdminsCommand, ListAppInstanceBotsCommand, ListAppInstanceUsersCommand,
  ListTagsForResourceCommand as ListIdentityTagsCommand, TagResourceCommand as TagIdentityCommand, UntagResourceCommand
  as UntagIdentityCommand, UpdateAppInstanceCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import {
  AssociateChannelFlowCommand, CreateChannelMembershipCommand, DeleteChannelFlowCommand, DescribeChannelFlowCommand,
  DisassociateChannelFlowCommand, ListChannelFlowsCommand, ListChannelsAssociatedWithChannelFlowCommand,
  ListChannelsCommand, ListTagsForResourceCommand, SendChannelMessageCommand, TagResourceCommand, UntagResourceCommand,
  UpdateChannelFlowCommand,
} from '@aws-sdk/client-chime-sdk-messaging';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { resolved } from './provider-roles';
import type { RecordedCall } from '../../local/emulator';
import {
  ACCOUNT, isAllowed, requestsFor, type AuthorizationRequest, type PolicyDocument,
} from '../../local/iam/authorization';
import {
  ChannelFlow, ChannelFlowProcessor, PiiRedactor, TaggedAppInstance, WordFilter, type IAppInstance, type IChannelFlow,
} from '../../src';
import { allow, channelFlowProcessor } from '../../src/processor-runtime';
import { newFunction } from '../fixture';
import { startService, type Service } from '../handlers/fixture';
import { lambdaProcessor, World } from '../handlers/world';

/** What there is while a grantee is at work. */
interface Scene {
  readonly world: World;
  readonly flow: string;
  readonly channel: string;
}

interface GrantCase {
  readonly grant: (appInstance: IAppInstance, flow: IChannelFlow, grantee: iam.IGrantable) => void;
  /** All that somebody with the grant would call. */
  readonly calls: (service: Service, scene: Scene) => Promise<unknown>[];
  /** Which of the calls are the grantee's, where others make some too. */
  readonly isGrantees?: (call: RecordedCall) => boolean;
}

const GRANTS: Record<string, GrantCase> = {
  'appInstance.grants.read': {
    grant: (appInstance, _, grantee) => appInstance.grants.read(grantee),
    calls: ({ clients: { identity, messaging } }, { world: { appInstance: AppInstanceArn, admin }, channel }) => [
      identity.send(new DescribeAppInstanceCommand({ AppInstanceArn })),
      identity.send(new ListAppInstanceAdminsCommand({ AppInstanceArn })),
      identity.send(new ListAppInstanceBotsCommand({ AppInstanceArn })),
      identity.send(new ListAppInstanceUsersCommand({ AppInstanceArn })),
      identity.send(new ListIdentityTagsCommand({ ResourceARN: AppInstanceArn })),
      messaging.send(new ListChannelFlowsCommand({ AppInstanceArn })),
      messaging.send(new ListChannelsCommand({ AppInstanceArn, ChimeBearer: admin })),
      messaging.send(new ListTagsForResourceCommand({ ResourceARN: channel })),
    ],
  },
  'appInstance.grants.manage': {
    grant: (appInstance, _, grantee) => appInstance.grants.manage(grantee),
    calls: (service, scene) => [
      ...GRANTS['appInstance.grants.read'].calls(service, scene),
      service.clients.identity.send(
        new UpdateAppInstanceCommand({ AppInstanceArn: scene.world.appInstance, Name: 'other', Metadata: '' }),
      ),
      service.clients.identity.send(
        new TagIdentityCommand({ ResourceARN: scene.world.appInstance, Tags: [{ Key: 'a', Value: 'b' }] }),
      ),
      service.clients.identity.send(new UntagIdentityCommand({ ResourceARN: scene.world.appInstance, TagKeys: ['a'] })),
    ],
  },
  'appInstance.grants.sendChannelMessage': {
    grant: (appInstance, _, grantee) => appInstance.grants.sendChannelMessage(grantee),
    calls: (
      { clients: { messaging } }, { world, channel },
    ) => [world.admin, `${world.appInstance}/bot/helper`].map(ChimeBearer =>
      messaging.send(new SendChannelMessageCommand({
        ChannelArn: channel, Content: 'hi', Type: 'STANDARD', Persistence: 'PERSISTENT', ChimeBearer,
      }))),
  },
  'appInstance.grants.channelFlowCallback': {
    grant: (appInstance, _, grantee) => appInstance.grants.channelFlowCallback(grantee),
    calls: (service, scene) => [answered(service, scene)],
    isGrantees: ({ operation }) => operation === 'ChannelFlowCallback',
  },
  'flow.grants.associate': {
    grant: (_, flow, grantee) => flow.grants.associate(grantee),
    calls: (
      { clients: { messaging } }, { world, flow, channel },
    ) => [world.admin, `${world.appInstance}/bot/helper`].flatMap(ChimeBearer => [
      messaging.send(new AssociateChannelFlowCommand({ ChannelArn: channel, ChannelFlowArn: flow, ChimeBearer })),
      messaging.send(new DisassociateChannelFlowCommand({ ChannelArn: channel, ChannelFlowArn: flow, ChimeBearer })),
    ]),
  },
  'flow.grants.read': {
    grant: (_, flow, grantee) => flow.grants.read(grantee),
    calls: ({ clients: { messaging } }, { world, flow }) => [
      messaging.send(new DescribeChannelFlowCommand({ ChannelFlowArn: flow })),
      messaging.send(new ListChannelFlowsCommand({ AppInstanceArn: world.appInstance })),
      messaging.send(new ListChannelsAssociatedWithChannelFlowCommand({ ChannelFlowArn: flow })),
      messaging.send(new ListTagsForResourceCommand({ ResourceARN: flow })),
    ],
  },
  'flow.grants.manage': {
    grant: (_, flow, grantee) => flow.grants.manage(grantee),
    calls: (service, scene) => [
      ...GRANTS['flow.grants.read'].calls(service, scene),
      service.clients.messaging.send(
        new UpdateChannelFlowCommand({ ChannelFlowArn: scene.flow, Name: 'other', Processors: [] }),
      ),
      service.clients.messaging.send(
        new TagResourceCommand({ ResourceARN: scene.flow, Tags: [{ Key: 'a', Value: 'b' }] }),
      ),
      service.clients.messaging.send(new UntagResourceCommand({ ResourceARN: scene.flow, TagKeys: ['a'] })),
      service.clients.messaging.send(new DeleteChannelFlowCommand({ ChannelFlowArn: scene.flow })),
    ],
  },
  'a processor in a flow': {
    grant: (appInstance, _, grantee) => new ChannelFlow(Stack.of(appInstance), 'Own', {
      appInstance,
      processors: [
        ChannelFlowProcessor.fromFunction(newFunction(Stack.of(appInstance), 'Processor', grantee as iam.IRole)),
      ],
    }),
    calls: (service, scene) => [answered(service, scene)],
    isGrantees: ({ operation }) => operation === 'ChannelFlowCallback',
  },
};

/** A message that a processor answers for. */
async function answered({ clients: { messaging }, emulator }: Service, { world, flow, channel }: Scene): Promise<void> {
  const [ChannelArn, ChimeBearer] = [channel, world.admin];
  await world.associate(channel, flow);
  await messaging.send(
    new CreateChannelMembershipCommand({ ChannelArn, MemberArn: ChimeBearer, Type: 'DEFAULT', ChimeBearer }),
  ).catch(() => undefined);
  await messaging.send(new SendChannelMessageCommand({
    ChannelArn, Content: 'hi', Type: 'STANDARD', Persistence: 'PERSISTENT', ChimeBearer,
  }));
  while (!emulator.calls().some(({ operation }) => operation === 'ChannelFlowCallback')) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

let service: Service;
const before = { ...process.env };

beforeAll(async () => {
  jest.spyOn(console, 'log').mockImplementation();
  service = await startService({}, { processors: { moderate: (event, context) => answer(event, context) } });
});
afterAll(async () => {
  process.env = before;
  await service.close();
});
const answer = channelFlowProcessor(() => allow());

interface Granted {
  readonly scene: Scene;
  readonly policy: PolicyDocument;
  readonly calls: readonly RecordedCall[];
  readonly requests: readonly AuthorizationRequest[];
}

async function play(name: string): Promise<Granted> {
  service.emulator.reset();
  const world = await World.create(service);
  const flow = await world.flow('moderation', lambdaProcessor('CONTINUE'));
  const scene = { world, flow, channel: await world.channel('lobby') };
  const arranged = service.emulator.calls().length;
  await Promise.allSettled(GRANTS[name].calls(service, scene));
  const policy = policyOf(name, scene);
  const calls = service.emulator.calls().slice(arranged).filter(GRANTS[name].isGrantees ?? (() => true));
  return { scene, policy, calls, requests: (await Promise.all(calls.map(call => requestsFor(call)))).flat() };
}

/** All that a role gets by the grant. */
function policyOf(name: string, { world, flow }: Scene): PolicyDocument {
  const stack = new Stack(new App(), 'Chat', { env: { region: 'us-east-1', account: ACCOUNT } });
  const role = new iam.Role(stack, 'Grantee', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const appInstance = TaggedAppInstance.fromAppInstanceArn(stack, 'Instance', world.appInstance);
  GRANTS[name].grant(appInstance, ChannelFlow.fromChannelFlowArn(stack, 'Flow', flow), role);
  const id = stack.getLogicalId(role.node.defaultChild as iam.CfnRole);
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(`"${id}"`));
  expect(policies.length).toBeGreaterThan(0);
  return resolved({
    Version: '2012-10-17', Statement: policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement),
  });
}

const actionsOf = ({ Statement }: PolicyDocument) => [...new Set(Statement.flatMap(({ Action }) => Action))].sort();
const allowed = (policy: PolicyDocument, requests: readonly AuthorizationRequest[]) =>
  Promise.all(requests.map(request => isAllowed(policy, request)));

/** Resources in place of a request's, which are none of the grantee's business. */
function elsewhere(resource: string, { world, flow }: Scene): string[] {
  return [
    resource.replace(ACCOUNT, '111111111111'), resource.replace('us-east-1', 'eu-central-1'),
    resource.replace(world.appInstance, `${world.appInstance}x`), ...resource === flow ? [`${flow}x`] : [],
  ];
}

describe.each(Object.keys(GRANTS))('%s', name => {
  let granted: Granted;
  beforeAll(async () => { granted = await play(name); });

  test('allows what it is for', async () => {
    const { policy, requests } = granted;
    expect(requests.length).toBeGreaterThan(0);
    const answers = await allowed(policy, requests);
    expect(requests.filter((_, index) => !answers[index])).toEqual([]);
  });

  test('has no action that it does not take', () => {
    expect(actionsOf(granted.policy)).toEqual(
      [...new Set(granted.calls.map(({ operation }) => `chime:${operation}`))].sort(),
    );
  });

  test('has no resource that it does not take', async () => {
    const { policy, requests } = granted;
    for (const [index, statement] of policy.Statement.entries()) {
      for (const Resource of [statement.Resource].flat()) {
        const rest = [statement.Resource].flat().filter(resource => resource !== Resource);
        const without = policy.Statement.filter((_, other) => other !== index);
        const less = {
          ...policy, Statement: rest.length === 0 ? without : [...without, { ...statement, Resource: rest }],
        };
        // The reference lists flows under flows, while the request names their app instance: both are allowed.
        if (Resource === granted.scene.world.appInstance
          && [statement.Action].flat().join() === 'chime:ListChannelFlows') continue;
        expect({ Resource, isNeeded: (await allowed(less, requests)).includes(false) }).toEqual({
          Resource, isNeeded: true,
        });
      }
    }
  });

  test('allows nothing of it in another account, region or app instance, or on another flow', async () => {
    const { policy, requests, scene } = granted;
    const questions = requests.flatMap(
      ({ action, resource }) => elsewhere(resource, scene).map(other => ({ action, resource: other })),
    );
    const isAsked = (question: AuthorizationRequest) =>
      requests.some(({ action, resource }) => action === question.action && resource === question.resource);
    const answers = await allowed(policy, questions.filter(question => !isAsked(question)));
    expect(answers.length).toBeGreaterThan(0);
    expect(answers).not.toContain(true);
  });

  test('allows nothing else', async () => {
    const { policy, scene: { world, flow, channel } } = granted;
    const others = [
      ['DeleteAppInstance', world.appInstance], ['CreateChannelFlow', world.appInstance],
      ['CreateAppInstanceAdmin', `${world.appInstance}/user/ann`],
      ['DeleteChannel', channel], ['DeleteChannelMessage', channel], ['GetChannelMessage', channel],
      ['CreateChannelModerator', channel],
      ['UpdateChannelFlow', flow], ['DeleteChannelFlow', channel], ['AssociateChannelFlow', flow],
      ['ChannelFlowCallback', channel], ['SendChannelMessage', channel],
    ].map(([operation, resource]) => ({ action: `chime:${operation}`, resource })).filter(
      ({ action }) => !actionsOf(policy).includes(action),
    );
    expect(others.length).toBeGreaterThan(8);
    expect(await allowed(policy, others)).not.toContain(true);
  });
});

describe('ready-made processors', () => {
  const statements = (make: (stack: Stack) => void) => {
    const stack = new Stack(new App(), 'Chat', { env: { region: 'us-east-1', account: ACCOUNT } });
    make(stack);
    const { Resources } = Template.fromStack(stack).toJSON();
    return Object.values<any>(Resources).flatMap(({ Type, Properties }) => Type === 'AWS::IAM::Role'
      ? (Properties.Policies ?? []).flatMap(({ PolicyDocument }: any) => PolicyDocument.Statement)
      : Type === 'AWS::IAM::Policy' ? Properties.PolicyDocument.Statement : [])
      .map(({ Action, Resource }) => [[Action].flat().sort(), resolved(Resource)]);
  };
  const LOGS = [
    ['logs:CreateLogStream', 'logs:PutLogEvents'], { 'Fn::GetAtt': [expect.stringMatching(/Logs/), 'Arn'] },
  ];

  test('a word filter writes its log', () => {
    expect(statements(stack => new WordFilter(stack, 'Filter', { words: ['fool'] }))).toEqual([LOGS]);
  });

  test('and reads its parameter, with the one call that it makes', () => {
    const parameter = (stack: Stack) => ssm.StringParameter.fromStringParameterName(stack, 'Words', '/chat/words');
    expect(statements(stack => new WordFilter(stack, 'Filter', { wordsParameter: parameter(stack) }))).toEqual([
      LOGS, [['ssm:GetParameter'], `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/chat/words`],
    ]);
  });

  describe('and decrypts it', () => {
    const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/words`;
    const PARAMETER = `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/chat/words`;
    const WITHIN = {
      'kms:ViaService': 'ssm.us-east-1.amazonaws.com', 'kms:EncryptionContext:PARAMETER_ARN': PARAMETER,
    };
    /** The default one: who may is the account's own affair. */
    const KEY_POLICY = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
      ],
    };
    let policy: PolicyDocument;

    beforeAll(() => {
      const stack = new Stack(new App(), 'Chat', { env: { region: 'us-east-1', account: ACCOUNT } });
      const wordsParameter = ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Words', {
        parameterName: '/chat/words', encryptionKey: kms.Key.fromKeyArn(stack, 'Key', KEY),
      });
      new WordFilter(stack, 'Filter', { wordsParameter });
      const policies = Object.values<any>(Template.fromStack(stack).toJSON().Resources).filter(
        ({ Type }) => Type === 'AWS::IAM::Policy',
      );
      policy = resolved({
        Version: '2012-10-17', Statement: policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement),
      }) as PolicyDocument;
    });

    /**
     * The simulation knows a condition key with a name of its own for tags only, so the part of the encryption context
     * stands in as one.
     */
    const asTag = <T>(
      value: T,
    ): T => JSON.parse(JSON.stringify(value).replaceAll('kms:EncryptionContext:', 'aws:PrincipalTag/'));
    const mayDecrypt = (contextVariables: Record<string, string>, resource = KEY) =>
      isAllowed(
        asTag(policy),
        { action: 'kms:Decrypt', resource, contextVariables: asTag(contextVariables), resourcePolicy: KEY_POLICY },
      );

    test('by Parameter Store, for this parameter', async () => expect(await mayDecrypt(WITHIN)).toBe(true));

    test.each<[string, Record<string, string>, string]>([
      ['by itself', { 'kms:EncryptionContext:PARAMETER_ARN': PARAMETER }, KEY],
      ['by another service', { ...WITHIN, 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' }, KEY],
      ['in another region', { ...WITHIN, 'kms:ViaService': 'ssm.eu-central-1.amazonaws.com' }, KEY],
      ['for another parameter', { ...WITHIN, 'kms:EncryptionContext:PARAMETER_ARN': `${PARAMETER}-of-others` }, KEY],
      ['without a parameter', { 'kms:ViaService': WITHIN['kms:ViaService'] }, KEY],
      ['with another key', WITHIN, `${KEY}-of-others`],
    ])('not %s', async (_, context, key) => expect(await mayDecrypt(context, key)).toBe(false));
  });

  test('a redactor asks Comprehend, with the one call that it makes, for which IAM knows no resource', () => {
    expect(statements(stack => new PiiRedactor(stack, 'Pii'))).toEqual([LOGS, [['comprehend:DetectPiiEntities'], '*']]);
  });
});
