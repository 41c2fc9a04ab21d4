/** Removal policies that organizations apply to whole stacks and apps. */
import { readdirSync } from 'node:fs';
import {
  App, Aspects, CfnDeletionPolicy, CfnResource, MissingRemovalPolicies, RemovalPolicies, RemovalPolicy, Stack, type
  IAspect,
} from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct, IConstruct } from 'constructs';
import { everyConstruct } from './every-construct';
import {
  AppInstanceAdmin, AppInstanceTags, AppInstanceUser, Channel, ChannelFlow, ChannelFlowAssociation,
  ChannelFlowProcessor, PiiRedactor, TaggedAppInstance, WordFilter,
} from '../../src';
import {
  BEARER, importedAppInstance, importedChannel, newChat, newFlow, newFunction, synthesisError,
} from '../fixture';

const ENV = { region: 'us-east-1', account: '111111111111' };
const [FLOW, ASSOCIATION, PERMISSION, POLICY] =
  [
    'Custom::ChimeMessagingChannelFlow', 'Custom::ChimeMessagingChannelFlowAssociation', 'AWS::Lambda::Permission',
    'AWS::IAM::Policy',
  ];
const RETAINED_BY_DEFAULT = ['Custom::ChimeMessagingAppInstance', 'Custom::ChimeMessagingChannel'];

/** With all that the library makes, grants and rules too. */
function chat(context: Record<string, unknown> = {}): Stack {
  const stack = everyConstruct(new Stack(new App({ context }), 'Chat', { env: ENV }));
  const filter = new WordFilter(
    stack, 'Listed', { wordsParameter: ssm.StringParameter.fromStringParameterName(stack, 'List', '/words') },
  );
  const flow = stack.node.findChild('Flow') as ChannelFlow;
  flow.grants.manage(filter);
  flow.onProcessorInvocationFailure('Failure');
  return stack;
}

interface Policies { readonly type: string; readonly deletion?: string; readonly replacement?: string }

const policiesOf = (stack: Stack): Policies[] => Object.values<any>(Template.fromStack(stack).toJSON().Resources)
  .map(({ Type, DeletionPolicy, UpdateReplacePolicy }) =>
    ({ type: Type, deletion: DeletionPolicy, replacement: UpdateReplacePolicy }));

/** Deletion policies by type. */
function deletionOf(stack: Stack): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  for (const { type, deletion } of policiesOf(stack)) (found[type] ??= new Set()).add(deletion ?? 'none');
  return Object.fromEntries(Object.entries(found).map(([type, deletions]) => [type, [...deletions]]));
}

const defaults = policiesOf(chat());

test('every resource says what happens to it', () => {
  for (const { type, deletion, replacement } of defaults) {
    expect({ type, deletion, replacement }).toEqual(RETAINED_BY_DEFAULT.includes(type)
      ? { type, deletion: 'RetainExceptOnCreate', replacement: 'Retain' }
      : { type, deletion: 'Delete', replacement: 'Delete' });
  }
  expect(new Set(defaults.map(({ type }) => type)).size).toBe(14);
});

describe('MissingRemovalPolicies', () => {
  const WAYS: [string, (policies: MissingRemovalPolicies) => void][] = [
    ['retain', policies => policies.retain()],
    ['retainOnUpdateOrDelete', policies => policies.retainOnUpdateOrDelete()],
    ['destroy', policies => policies.destroy()],
    ['snapshot', policies => policies.snapshot()],
    ['retain with a priority', policies => policies.retain({ priority: 1500 })],
    ['retain by type', policies => policies.retain({ applyToResourceTypes: [ASSOCIATION, PERMISSION] })],
  ];
  describe.each<[string, (stack: Stack) => IConstruct]>([
    ['app', stack => stack.node.root], ['stack', stack => stack], ['flow', stack => stack.node.findChild('Flow')],
  ])('of the %s', (_, scopeOf) => {
    test.each(WAYS)('%s changes nothing', (__, apply) => {
      const stack = chat();
      apply(MissingRemovalPolicies.of(scopeOf(stack)));
      expect(policiesOf(stack)).toEqual(defaults);
    });
  });

  test('retains what is the user\'s: function, role and what hangs on the role', () => {
    const stack = new Stack(new App(), 'Chat', { env: ENV });
    const fn = newFunction(stack);
    newFlow(stack, { processors: [ChannelFlowProcessor.fromFunction(fn)] }).grants.read(fn);
    fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
    MissingRemovalPolicies.of(stack).retain();
    const { Resources } = Template.fromStack(stack).toJSON();
    const retained = Object.keys(Resources).filter(id => Resources[id].DeletionPolicy === 'Retain').map(
      id => id.slice(0, -8),
    ).sort();
    expect(retained).toEqual([
      'FlowReadModerateServiceRole', 'Moderate', 'ModerateServiceRole', 'ModerateServiceRoleDefaultPolicy',
    ].map(id => expect.stringMatching(`^${id}`)));
  });

  test('no policy of a ready-made processor\'s role stays when the role goes, though it was added later', () => {
    const stack = new Stack(new App(), 'Chat', { env: ENV });
    new WordFilter(stack, 'Words', { words: ['fool'] }).addToRolePolicy(
      new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }),
    );
    MissingRemovalPolicies.of(stack).retain();
    expect(deletionOf(stack)).toMatchObject({
      'AWS::IAM::Role': ['Delete'], 'AWS::IAM::Policy': ['Delete'], 'AWS::Lambda::Function': ['Delete'],
    });
  });
});

describe.each([true, false])('with Aspects invoked until nothing changes: %s', stabilization => {
  const context = { '@aws-cdk/core:aspectStabilization': stabilization };

  test('MissingRemovalPolicies changes nothing', () => {
    const stack = chat(context);
    MissingRemovalPolicies.of(stack.node.root).retain();
    expect(policiesOf(stack)).toEqual(defaults);
  });

  test('RemovalPolicies by type keep what flows need', () => {
    const stack = chat(context);
    RemovalPolicies.of(stack.node.root).destroy();
    RemovalPolicies.of(stack).retain({ applyToResourceTypes: [FLOW] });
    expect(deletionOf(stack)).toMatchObject({ [FLOW]: ['Retain'], [PERMISSION]: ['Retain'] });
  });
});

describe('a ready-made processor that is retained', () => {
  test.each<[string, (filter: WordFilter) => void]>([
    ['a method', filter => filter.applyRemovalPolicy(RemovalPolicy.RETAIN)],
    [
      'an Aspect on functions',
      filter => RemovalPolicies.of(filter.stack).retain({ applyToResourceTypes: ['AWS::Lambda::Function'] }),
    ],
  ])('by %s keeps its role and what the role may do', (_, retain) => {
    const stack = new Stack(new App(), 'Chat', { env: ENV });
    const filter = new WordFilter(
      stack, 'Words', { wordsParameter: ssm.StringParameter.fromStringParameterName(stack, 'List', '/words') },
    );
    retain(filter);
    expect(deletionOf(stack)).toMatchObject({
      'AWS::IAM::Role': ['Retain'], 'AWS::IAM::Policy': ['Retain'], 'AWS::Lambda::Function': ['Retain'],
    });
  });
});

describe('RemovalPolicies of stack and app', () => {
  const applied = (
    apply: (policies: RemovalPolicies) => void, scopeOf: (stack: Stack) => IConstruct = stack => stack,
  ): Record<string, string[]> => {
    const stack = chat();
    apply(RemovalPolicies.of(scopeOf(stack)));
    return deletionOf(stack);
  };

  test.each<[string, (policies: RemovalPolicies) => void, string]>([
    ['destroy', policies => policies.destroy(), 'Delete'],
    ['retain', policies => policies.retain(), 'Retain'],
    ['retainOnUpdateOrDelete', policies => policies.retainOnUpdateOrDelete(), 'RetainExceptOnCreate'],
    ['retain with a low priority', policies => policies.retain({ priority: 1 }), 'Retain'],
    ['retain after everything else', policies => policies.retain({ priority: 5000 }), 'Retain'],
  ])('%s is what they say, of every resource', (_, apply, expected) => {
    for (const scopeOf of [(stack: Stack) => stack, (stack: Stack) => stack.node.root]) {
      expect(new Set(Object.values(applied(apply, scopeOf)).flat())).toEqual(new Set([expected]));
    }
  });

  test.each([undefined, 100, 2000])(
    'flows retained by type, with priority %s, keep their permissions and associations',
    priority => {
      const found = applied(policies => policies.retain({ applyToResourceTypes: [FLOW], priority }));
      expect(found).toMatchObject({ [FLOW]: ['Retain'], [ASSOCIATION]: ['Retain'], [PERMISSION]: ['Retain'] });
      expect(found[POLICY].sort()).toEqual(['Delete', 'Retain']);
      expect(found['AWS::IAM::Role']).toEqual(['Delete']);
    },
  );

  test.each([[undefined, undefined], [100, 200], [500, 3000]])(
    'flows retained although all is destroyed keep their permissions (priorities %s, %s)',
    (first, second) => {
      const found = applied(policies => {
        policies.destroy({ priority: first });
        policies.retain({ applyToResourceTypes: [FLOW, ASSOCIATION], priority: second });
      });
      expect(found).toMatchObject({
        [FLOW]: ['Retain'],
        [PERMISSION]: ['Retain'],
        ...Object.fromEntries(RETAINED_BY_DEFAULT.map(type => [type, ['Delete']])),
      });
    },
  );

  test('the last one counts', () => {
    expect(applied(policies => {
      policies.retain({ applyToResourceTypes: [FLOW] });
      policies.destroy({ applyToResourceTypes: [FLOW] });
    })).toMatchObject({ [FLOW]: ['Delete'], [ASSOCIATION]: ['Delete'], [PERMISSION]: ['Delete'] });
  });

  test('all but associations retained: they stay with their flow', () => {
    expect(applied(policies => policies.retain({ excludeResourceTypes: [ASSOCIATION] }))).toMatchObject({
      [ASSOCIATION]: ['Retain'],
    });
  });

  test.each([undefined, 2000])('associations retained without their flow are an error, with priority %s', priority => {
    const stack = chat();
    RemovalPolicies.of(stack).retain({ applyToResourceTypes: [ASSOCIATION], priority });
    expect(synthesisError(stack)).toContain('the association is retained but its channel flow Chat/Flow is not');
  });

  test('app instances and channels go when they must', () => {
    const found = applied(policies => policies.destroy({ applyToResourceTypes: RETAINED_BY_DEFAULT }));
    for (const type of RETAINED_BY_DEFAULT) expect(found[type]).toEqual(['Delete']);
  });

  test('an Aspect that reads the policies sees those of the template', () => {
    class Recorder implements IAspect {
      public readonly seen: Record<string, string | undefined> = {};

      public visit(node: IConstruct): void {
        if (node instanceof CfnResource) this.seen[node.node.path] = node.cfnOptions.deletionPolicy;
      }
    }
    const stack = chat();
    const recorder = new Recorder();
    Aspects.of(stack).add(recorder, { priority: 1000 });
    RemovalPolicies.of(stack).retain({ applyToResourceTypes: [FLOW] });
    const { Resources } = Template.fromStack(stack).toJSON();
    const associations = Object.keys(recorder.seen).filter(path => path === 'Chat/Flow/Lobby/Resource');
    expect(associations.map(path => recorder.seen[path])).toEqual(['Retain']);
    expect(Object.values<any>(Resources).find(({ Type }) => Type === ASSOCIATION).DeletionPolicy).toBe('Retain');
  });
});

describe('SNAPSHOT is an error of the library', () => {
  const FLAGS: Record<string, unknown>[] = [{}, { '@aws-cdk/core:validateSnapshotRemovalPolicy': true }];
  const ERROR = 'must be DESTROY, RETAIN or RETAIN_ON_UPDATE_OR_DELETE, got SNAPSHOT: choose one of them';
  const removalPolicy = RemovalPolicy.SNAPSHOT;

  const PROPS: Record<string, (stack: Stack) => Construct> = {
    TaggedAppInstance: stack => new TaggedAppInstance(stack, 'It', { removalPolicy }),
    AppInstanceUser: stack =>
      new AppInstanceUser(stack, 'It', { appInstance: importedAppInstance(stack), removalPolicy }),
    AppInstanceAdmin: stack =>
      new AppInstanceAdmin(stack, 'It', { appInstance: importedAppInstance(stack), user: BEARER, removalPolicy }),
    AppInstanceTags: stack =>
      new AppInstanceTags(stack, 'It', { appInstance: importedAppInstance(stack), tags: { a: 'b' }, removalPolicy }),
    Channel: stack =>
      new Channel(stack, 'It', { appInstance: importedAppInstance(stack), bearer: BEARER, removalPolicy }),
    ChannelFlow: stack => newFlow(stack, { removalPolicy }, 'It'),
    ChannelFlowAssociation: stack => new ChannelFlowAssociation(
      stack, 'It', { channelFlow: newFlow(stack), channel: importedChannel(stack), bearer: BEARER, removalPolicy },
    ),
  };

  describe.each(FLAGS)('%j', context => {
    test.each(Object.keys(PROPS))('as a prop of %s', name => {
      const stack = new Stack(new App({ context }), 'Stack', { env: ENV });
      PROPS[name](stack);
      expect(synthesisError(stack)).toContain('[Stack/It] the removal policy of Custom::ChimeMessaging');
      expect(synthesisError(stack)).toContain(ERROR);
    });

    const ownTypes = [...new Set(defaults.map(({ type }) => type))].filter(type => type.startsWith('Custom::'));
    test.each(ownTypes)('by an Aspect on %s', type => {
      const stack = chat(context);
      RemovalPolicies.of(stack).snapshot({ applyToResourceTypes: [type] });
      expect(synthesisError(stack)).toContain(`the removal policy of ${type} ${ERROR}`);
    });

    test.each(ownTypes)('by the escape hatch of %s', type => {
      const stack = chat(context);
      const resource = stack.node.findAll().find(
        node => node instanceof CfnResource && node.cfnResourceType === type,
      ) as CfnResource;
      resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.SNAPSHOT;
      expect(synthesisError(stack)).toContain(`the removal policy of ${type} ${ERROR}`);
    });
  });

  test.each([
    'AWS::Lambda::Permission', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup',
  ])('by an Aspect on what stands beside them: %s', type => {
    const stack = chat();
    RemovalPolicies.of(stack).snapshot({ applyToResourceTypes: [type] });
    expect(synthesisError(stack)).toContain(`the removal policy of ${type} ${ERROR}`);
  });

  test.each<[string, (stack: Stack) => lambda.Function]>([
    ['WordFilter', stack => new WordFilter(stack, 'It', { words: ['fool'] })],
    ['PiiRedactor', stack => new PiiRedactor(stack, 'It')],
  ])('for what a %s is made of', (_, make) => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    make(stack);
    RemovalPolicies.of(stack).snapshot();
    for (const type of ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::Logs::LogGroup']) {
      expect(synthesisError(stack)).toContain(`the removal policy of ${type} ${ERROR}`);
    }
  });
});

test('roles that the organization makes itself: nothing of them is in the stack', () => {
  const app = new App();
  const stack = new Stack(app, 'Chat', { env: ENV });
  iam.Role.customizeRoles(stack);
  const { appInstance } = newChat(stack);
  newFlow(stack, {
    appInstance, processors: [ChannelFlowProcessor.fromFunction(new WordFilter(stack, 'Words', { words: ['fool'] }))],
  });
  const { directory } = app.synth();
  expect(deletionOf(stack)).not.toHaveProperty('AWS::IAM::Role');
  expect(readdirSync(directory)).toContain('iam-policy-report.txt');
});
