/** What organizations ask of all stacks, by Aspects and feature flags, is obeyed by what the library makes. */
import { App, Aspects, CfnResource, PermissionsBoundary, Stack, TagManager, Tags, type IAspect } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { everyConstruct } from './every-construct';

const ENV = { region: 'us-east-1', account: '111111111111' };

const synthesized = (stack: Stack, type: string) =>
  Object.entries(Template.fromStack(stack).findResources(type)) as [string, any][];

test('every role gets the permissions boundary of the stack', () => {
  const stack = new Stack(new App(), 'Chat', { env: ENV, permissionsBoundary: PermissionsBoundary.fromName('limits') });
  const roles = synthesized(everyConstruct(stack), 'AWS::IAM::Role');
  expect(roles.length).toBeGreaterThan(8);
  for (const [id, { Properties }] of roles) {
    expect([id, JSON.stringify(Properties.PermissionsBoundary)]).toEqual([
      id, expect.stringContaining(':policy/limits'),
    ]);
  }
});

test('and one that is applied by a call', () => {
  const stack = everyConstruct(new Stack(new App(), 'Chat', { env: ENV }));
  iam.PermissionsBoundary.of(stack).apply(iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'));
  for (const [id, { Properties }] of synthesized(stack, 'AWS::IAM::Role')) {
    expect([id, Properties.PermissionsBoundary]).toEqual([id, expect.anything()]);
  }
});

test('no secret is in a template: checkSecretUsage finds nothing', () => {
  const stack = new Stack(new App({ context: { '@aws-cdk/core:checkSecretUsage': true } }), 'Chat', { env: ENV });
  expect(() => Template.fromStack(everyConstruct(stack))).not.toThrow();
});

test('an Aspect changes every role and function', () => {
  class Hardening implements IAspect {
    public visit(node: IConstruct): void {
      if (node instanceof iam.CfnRole) {
        node.path = '/chat/';
        node.permissionsBoundary = 'arn:aws:iam::111111111111:policy/limits';
      } else if (node instanceof lambda.CfnFunction) {
        node.reservedConcurrentExecutions = 5;
        node.addPropertyOverride('TracingConfig.Mode', 'Active');
        node.kmsKeyArn = 'arn:aws:kms:us-east-1:111111111111:key/1';
      }
    }
  }
  const stack = everyConstruct(new Stack(new App(), 'Chat', { env: ENV }));
  Aspects.of(stack).add(new Hardening());
  const [roles, functions] = ['AWS::IAM::Role', 'AWS::Lambda::Function'].map(type => synthesized(stack, type));
  expect([roles.length, functions.length].every(count => count >= 10)).toBe(true);
  for (const [, { Properties }] of roles) {
    expect(Properties).toMatchObject({
      Path: '/chat/', PermissionsBoundary: expect.any(String),
    });
  }
  for (const [, { Properties }] of functions) {
    expect(Properties).toMatchObject({
      ReservedConcurrentExecutions: 5, TracingConfig: { Mode: 'Active' }, KmsKeyArn: expect.any(String),
    });
  }
});

describe('tags that an organization enforces', () => {
  /** As a policy on tags does: it refuses what can carry the tag and does not. */
  class Enforced implements IAspect {
    public readonly missing: string[] = [];

    public visit(node: IConstruct): void {
      const tags = TagManager.of(node);
      if (node instanceof CfnResource && tags !== undefined && !('cost-center' in tags.tagValues())) {
        this.missing.push(node.node.path);
      }
    }
  }

  test('reach everything that can be tagged, the service\'s things too', () => {
    const app = new App();
    const stack = everyConstruct(new Stack(app, 'Chat', { env: ENV }));
    Tags.of(app).add('cost-center', '7');
    const enforced = new Enforced();
    Aspects.of(app).add(enforced, { priority: 900 });
    const { Resources } = Template.fromStack(stack).toJSON();
    expect(enforced.missing).toEqual([]);
    const tagged = (Object.values(Resources) as any[]).filter(
      ({ Properties }) => JSON.stringify(Properties?.Tags ?? []).includes('"cost-center"'),
    ).map(({ Type }) => Type);
    expect([...new Set(tagged)].sort()).toEqual([
      'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'Custom::ChimeMessagingAppInstance',
      'Custom::ChimeMessagingAppInstanceUser',
      'Custom::ChimeMessagingChannel', 'Custom::ChimeMessagingChannelFlow',
    ]);
  });
});

describe('Tags by resource type, on the whole app', () => {
  const TYPES = ['AppInstance', 'AppInstanceUser', 'Channel', 'ChannelFlow'].map(
    name => `Custom::ChimeMessaging${name}`,
  );
  const UNTAGGED = ['AppInstanceAdmin', 'AppInstanceTags', 'ChannelFlowAssociation', 'ChannelFlowVerification'].map(
    name => `Custom::ChimeMessaging${name}`,
  );

  /** Types of the resources that have the tag. */
  function tagged(apply: (app: App, stack: Stack) => void): string[] {
    const app = new App();
    const stack = everyConstruct(new Stack(app, 'Chat', { env: ENV }));
    apply(app, stack);
    const { Resources } = Template.fromStack(stack).toJSON();
    const found = (Object.values(Resources) as any[]).filter(
      ({ Properties }) => (Properties?.Tags ?? []).some(({ Key }: { Key: string }) => Key === 'stage'),
    );
    return [...new Set(found.map(({ Type }) => Type as string))].sort();
  }

  test.each(TYPES)('include %s and nothing else', type => {
    expect(tagged(app => Tags.of(app).add('stage', 'live', { includeResourceTypes: [type] }))).toEqual([type]);
  });

  test.each(TYPES)('exclude %s and nothing else', type => {
    expect(tagged(app => Tags.of(app).add('stage', 'live', { excludeResourceTypes: [type] })))
      .toEqual(
        ['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', ...TYPES].filter(other => other !== type),
      );
  });

  test.each(UNTAGGED)('include %s, which has none', type => {
    expect(tagged(app => Tags.of(app).add('stage', 'live', { includeResourceTypes: [type] }))).toEqual([]);
  });

  test('exclude all types of the library', () => {
    expect(tagged(app => Tags.of(app).add('stage', 'live', { excludeResourceTypes: TYPES }))).toEqual([
      'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup',
    ]);
  });

  test('the higher priority counts, and what is removed by type is gone there', () => {
    expect(tagged((app, stack) => {
      Tags.of(app).add('stage', 'live', { priority: 300 });
      Tags.of(stack).remove('stage', { includeResourceTypes: TYPES, priority: 400 });
    })).toEqual(['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup']);
    expect(tagged((app, stack) => {
      Tags.of(app).add('stage', 'live', { priority: 300 });
      Tags.of(stack).remove('stage', { includeResourceTypes: TYPES, priority: 250 });
    })).toEqual(expect.arrayContaining(TYPES));
  });

  test('the tags of an existing app instance are left alone, whoever tags the app', () => {
    const app = new App();
    const stack = everyConstruct(new Stack(app, 'Chat', { env: ENV }));
    Tags.of(app).add('stage', 'live');
    const [, { Properties }] = synthesized(stack, 'Custom::ChimeMessagingAppInstanceTags')[0];
    expect(Properties.Tags).toEqual([{ Key: 'team', Value: 'care' }]);
  });
});
