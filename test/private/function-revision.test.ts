import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  App, AspectPriority, Aspects, CfnCondition, CfnMapping, CfnParameter, CfnResource, Duration, Fn, NestedStack,
  RemovalPolicy, Size, Stack, Stage, Tags,
} from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Bearer, ChannelFlow, ChannelFlowProcessor, ChannelFlowVerification, Probe, WordFilter } from '../../src';
import {
  BEARER, ENV, FUNCTION_ARN, importedAppInstance, importedChannel, newChat, newFunction, USER_ARN,
} from '../fixture';

const VERIFICATION = 'Custom::ChimeMessagingChannelFlowVerification';
const POLICY = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::words/*'] };

interface Arrangement {
  /** Where the function is made. */
  readonly functions: Stack;
  /** Where flow and verification are made. */
  readonly flows: Stack;
}

const oneStack = (app: App): Arrangement => {
  const stack = new Stack(app, 'Chat', { env: ENV });
  return { functions: stack, flows: stack };
};

const ARRANGEMENTS: Record<string, (app: App) => Arrangement> = {
  'one stack': oneStack,
  'two stacks': app => ({
    functions: new Stack(app, 'Functions', { env: ENV }), flows: new Stack(app, 'Flows', { env: ENV }),
  }),
  'a function in a nested stack': app => {
    const flows = new Stack(app, 'Chat', { env: ENV });
    return { functions: new NestedStack(flows, 'Functions'), flows };
  },
  'flow and verification in a nested stack': app => {
    const functions = new Stack(app, 'Chat', { env: ENV });
    return { functions, flows: new NestedStack(functions, 'Flows') };
  },
  'a stage': app => {
    const stage = new Stage(app, 'Live', { env: ENV });
    return { functions: new Stack(stage, 'Functions'), flows: new Stack(stage, 'Flows') };
  },
};

type Make = (stack: Stack) => lambda.IFunction;

interface Chat extends Arrangement {
  readonly fn: lambda.Function;
  readonly flow: ChannelFlow;
}

/** The revision of a verification, once the change is made to the function or around it. */
function revisionOf(
  change: (chat: Chat) => void = () => undefined, make: Make = newFunction, arrange = oneStack, bearer = BEARER,
): unknown {
  const { revision } = synthesized(change, make, arrange, bearer);
  return revision;
}

function synthesized(change: (chat: Chat) => void, make: Make, arrange = oneStack, bearer = BEARER) {
  const arrangement = arrange(new App());
  const { functions, flows } = arrangement;
  const fn = make(functions);
  const flow = new ChannelFlow(
    flows,
    'Flow',
    { appInstance: importedAppInstance(flows), processors: [ChannelFlowProcessor.fromFunction(fn)], bearer },
  );
  new ChannelFlowVerification(
    flows,
    'Verification',
    { channelFlow: flow, channel: importedChannel(flows), sender: bearer, probes: [Probe.delivered('hello')] },
  );
  change({ ...arrangement, fn: fn as lambda.Function, flow });
  const template = Template.fromStack(flows);
  const [{ Properties, DependsOn }] = Object.values(template.findResources(VERIFICATION));
  return { revision: Properties.Revision, after: DependsOn as string[], template, arrangement };
}

const resource = (fn: lambda.IFunction) => fn.node.defaultChild as lambda.CfnFunction;

/** Names of all properties that this version of the CDK knows of a function, as the template has them. */
const PROPERTIES = (() => {
  const declarations = readFileSync(
    join(dirname(require.resolve('aws-cdk-lib/aws-lambda')), 'lib', 'lambda.generated.d.ts'), 'utf8',
  );
  const [, body] = /export interface CfnFunctionProps \{([^]*?)\n\}/.exec(declarations)!;
  return [...body.matchAll(/readonly (\w)(\w*)\??:/g)].map(([, first, rest]) => first.toUpperCase() + rest);
})();

test('the CDK tells all properties of a function', () => {
  expect(PROPERTIES.length).toBeGreaterThan(25);
  expect(PROPERTIES).toEqual(expect.arrayContaining([
    'Code', 'ImageConfig', 'Architectures', 'VpcConfig', 'FileSystemConfigs', 'EphemeralStorage', 'Runtime',
    'ReservedConcurrentExecutions', 'LoggingConfig', 'Tags',
  ]));
});

describe.each(Object.entries(ARRANGEMENTS))('in %s', (_, arrange) => {
  const before = revisionOf(undefined, undefined, arrange);

  test('the same app has the same revision', () => expect(revisionOf(undefined, undefined, arrange)).toBe(before));

  test.each(PROPERTIES)('%s changes it', name => {
    expect(revisionOf(({ fn }) => resource(fn).addPropertyOverride(name, ['changed']), undefined, arrange)).not.toBe(
      before,
    );
  });

  test('a policy of its role changes it', () => {
    expect(revisionOf(({ fn }) => fn.addToRolePolicy(new iam.PolicyStatement(POLICY)), undefined, arrange)).not.toBe(
      before,
    );
  });

  test('a policy that hangs elsewhere changes it', () => {
    expect(revisionOf(({ fn, flow }) => flow.grants.read(fn), undefined, arrange)).not.toBe(before);
  });

  test('settings of its asynchronous invocation change it', () => {
    expect(revisionOf(({ fn }) => fn.configureAsyncInvoke({ retryAttempts: 0 }), undefined, arrange)).not.toBe(before);
  });

  test('what it refers to changes it, and what that refers to', () => {
    const make = (retention: number, key: string) => (stack: Stack) => {
      const cmk = new CfnResource(stack, 'Key', { type: 'AWS::KMS::Key', properties: { Description: key } });
      const queue = new sqs.CfnQueue(stack, 'Queue', { messageRetentionPeriod: retention, kmsMasterKeyId: cmk.ref });
      const fn = newFunction(stack);
      fn.addEnvironment('QUEUE', queue.attrQueueUrl);
      return fn;
    };
    const revisions = [make(60, 'a'), make(120, 'a'), make(60, 'b')].map(made => revisionOf(undefined, made, arrange));
    expect(new Set(revisions).size).toBe(3);
  });

  test('an unrelated function, its policies and its settings do not', () => {
    expect(revisionOf(({ functions }) => {
      const other = newFunction(functions, 'Other');
      other.addToRolePolicy(new iam.PolicyStatement(POLICY));
      other.configureAsyncInvoke({ retryAttempts: 0 });
    }, undefined, arrange)).toBe(before);
  });
});

describe('it makes no reference between stacks', () => {
  test.each(['two stacks', 'a function in a nested stack', 'flow and verification in a nested stack', 'a stage'])(
    '%s',
    name => {
      const outputs = (withSettings: boolean) => {
        const { template, arrangement } = synthesized(({ fn, functions }) => {
          if (!withSettings) return;
          const queue = new sqs.Queue(functions, 'Queue');
          fn.addEnvironment('QUEUE', queue.queueUrl);
          fn.configureAsyncInvoke({ retryAttempts: 0 });
          fn.addToRolePolicy(new iam.PolicyStatement(POLICY));
        }, newFunction, ARRANGEMENTS[name]);
        return [
          Object.keys(Template.fromStack(arrangement.functions).findOutputs('*')),
          Object.keys(template.findParameters('*')), arrangement.functions.dependencies.length,
        ];
      };
      expect(outputs(true)).toEqual(outputs(false));
    },
  );
});

describe('changes of', () => {
  const container = (
    props: Partial<lambda.EcrImageCodeProps> = {},
  ): Make => stack => new lambda.DockerImageFunction(stack, 'Moderate', {
    code: lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(stack, 'Repository', 'moderate'), props),
  });
  const made = (props: Partial<lambda.FunctionProps> = {}): Make => stack => new lambda.Function(stack, 'Moderate', {
    code: lambda.Code.fromInline(
      'exports.handler = async () => {};',
    ),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_22_X,
    ...props,
  });
  const inVpc = (change: (stack: Stack, vpc: ec2.Vpc) => Partial<lambda.FunctionProps>): Make => stack => {
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1 });
    return made({ vpc, ...change(stack, vpc) })(stack);
  };
  const layer = (stack: Stack, text: string) => new lambda.LayerVersion(
    stack, 'Layer', { code: lambda.Code.fromBucket(s3.Bucket.fromBucketName(stack, 'Code', 'code'), text) },
  );
  const aliased = (change: (fn: lambda.Function) => Partial<lambda.AliasProps>): Make => stack => {
    const fn = made()(stack) as lambda.Function;
    return new lambda.Alias(stack, 'Alias', { aliasName: 'live', version: fn.currentVersion, ...change(fn) });
  };
  const role = (policies: (role: iam.Role, stack: Stack) => void): Make => stack => {
    const made_ = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    policies(made_, stack);
    return made({ role: made_ })(stack);
  };
  const conditional = (region: string): Make => stack => {
    const condition = new CfnCondition(stack, 'Slow', { expression: Fn.conditionEquals(region, 'us-east-1') });
    const fn = made()(stack) as lambda.Function;
    fn.addEnvironment('SLOW', Fn.conditionIf(condition.logicalId, '1', '0').toString());
    return fn;
  };
  const mapped = (word: string): Make => stack => {
    const mapping = new CfnMapping(stack, 'Words', { mapping: { 'us-east-1': { word } } });
    const fn = made()(stack) as lambda.Function;
    fn.addEnvironment('WORD', Fn.findInMap(mapping.logicalId, 'us-east-1', 'word'));
    return fn;
  };
  const queueOf = (delaySeconds: number, reference: string): Make => stack => {
    new sqs.CfnQueue(stack, 'Queue', { delaySeconds });
    const fn = made()(stack);
    resource(fn).addPropertyOverride('Environment.Variables.QUEUE', { 'Fn::Sub': reference });
    return fn;
  };
  const retried = (retryAttempts: number): Make => stack => {
    const fn = made()(stack);
    fn.configureAsyncInvoke({ retryAttempts });
    return fn;
  };
  const version = (
    props: Partial<lambda.FunctionProps> = {}, configure = (_: lambda.Version): void => undefined,
  ): Make => stack => {
    const { currentVersion } = made(props)(stack) as lambda.Function;
    configure(currentVersion);
    return currentVersion;
  };

  test.each<[string, Make, Make]>([
    [
      'the code of an asset', stack => made({ code: lambda.Code.fromAsset(join(__dirname, '..', 'secrets')) })(stack),
      stack => made({ code: lambda.Code.fromAsset(join(__dirname, '..', 'bench')) })(stack),
    ],
    [
      'the words of a word filter', stack => new WordFilter(stack, 'Moderate', { words: ['fool'] }),
      stack => new WordFilter(stack, 'Moderate', { words: ['fools'] }),
    ],
    ['the image\'s command', container(), container({ cmd: ['moderate'] })],
    ['the image\'s working directory', container(), container({ workingDirectory: '/moderate' })],
    ['the image\'s tag', container({ tagOrDigest: 'a' }), container({ tagOrDigest: 'b' })],
    ['the architecture', made(), made({ architecture: lambda.Architecture.ARM_64 })],
    ['the runtime', made(), made({ runtime: lambda.Runtime.NODEJS_24_X })],
    ['memory', made(), made({ memorySize: 256 })],
    ['the timeout', made(), made({ timeout: Duration.seconds(9) })],
    ['ephemeral storage', made(), made({ ephemeralStorageSize: Size.gibibytes(1) })],
    ['reserved concurrency', made(), made({ reservedConcurrentExecutions: 1 })],
    ['the log format', made(), made({ loggingFormat: lambda.LoggingFormat.JSON })],
    ['layers', made(), stack => made({ layers: [layer(stack, 'one.zip')] })(stack)],
    [
      'the content of a layer', stack => made({ layers: [layer(stack, 'one.zip')] })(stack),
      stack => made({ layers: [layer(stack, 'two.zip')] })(stack),
    ],
    ['the VPC', made(), inVpc(() => ({}))],
    [
      'a security group of the VPC', inVpc(() => ({})),
      inVpc((_, vpc) => ({ securityGroups: [new ec2.SecurityGroup(vpc, 'Group', { vpc, allowAllOutbound: false })] })),
    ],
    ['a rule of its security group', inVpc(
      (_, vpc) => ({ securityGroups: [new ec2.SecurityGroup(vpc, 'Group', { vpc, allowAllOutbound: false })] }),
    ), inVpc((_, vpc) => {
      const group = new ec2.SecurityGroup(vpc, 'Group', { vpc, allowAllOutbound: false });
      group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443));
      return { securityGroups: [group] };
    })],
    ['the file system', inVpc(() => ({})), inVpc((stack, vpc) => ({
      filesystem: lambda.FileSystem.fromEfsAccessPoint(
        new efs.AccessPoint(stack, 'Access', { fileSystem: new efs.FileSystem(stack, 'Files', { vpc }) }), '/mnt/words',
      ),
    }))],
    [
      'an inline policy of the role', role(() => undefined),
      role(it => it.addToPolicy(new iam.PolicyStatement(POLICY))),
    ],
    [
      'a statement of that policy', role(it => it.addToPolicy(new iam.PolicyStatement(POLICY))),
      role(it => it.addToPolicy(new iam.PolicyStatement({ ...POLICY, actions: ['s3:ListBucket'] }))),
    ],
    [
      'a managed policy of AWS', role(() => undefined),
      role(it => it.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'))),
    ],
    ['a managed policy of the app', role((it, stack) =>
      it.addManagedPolicy(new iam.ManagedPolicy(stack, 'Managed', { statements: [new iam.PolicyStatement(POLICY)] }))),
    role((it, stack) => it.addManagedPolicy(new iam.ManagedPolicy(
      stack, 'Managed', { statements: [new iam.PolicyStatement({ ...POLICY, actions: ['s3:ListBucket'] })] },
    )))],
    ['a managed policy that names the role', role(() => undefined), role((
      it, stack,
    ) => { new iam.ManagedPolicy(stack, 'Managed', { roles: [it], statements: [new iam.PolicyStatement(POLICY)] }); })],
    ['a policy resource of the role', role(() => undefined), role((
      it, stack,
    ) => { new iam.CfnRolePolicy(stack, 'Policy', { policyName: 'p', roleName: it.roleName, policyDocument: {} }); })],
    [
      'the permissions boundary', role(() => undefined),
      role(it => iam.PermissionsBoundary.of(it).apply(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'))),
    ],
    ['the policies of an imported role', stack =>
      made({ role: iam.Role.fromRoleName(stack, 'Role', 'moderate') })(stack), stack => {
      const imported = iam.Role.fromRoleName(stack, 'Role', 'moderate');
      imported.addToPrincipalPolicy(new iam.PolicyStatement(POLICY));
      return made({ role: imported })(stack);
    }],
    ['how often it is retried', retried(1), retried(2)],
    [
      'what it is ordered after', made(),
      stack => { const fn = made()(stack); fn.node.addDependency(new sqs.Queue(stack, 'Queue')); return fn; },
    ],
    ['what it refers to in a text of its own', queueOf(1, 'at ${Queue.Arn}'), queueOf(2, 'at ${Queue.Arn}')],
    ['a condition', conditional('us-east-1'), conditional('eu-central-1')],
    ['a mapping', mapped('fool'), mapped('clown')],
    [
      'the alias\'s provisioned concurrency', aliased(() => ({})),
      aliased(() => ({ provisionedConcurrentExecutions: 1 })),
    ],
    ['the alias\'s second version', aliased(() => ({})), aliased(fn => ({
      additionalVersions: [{ version: lambda.Version.fromVersionArn(fn, 'Old', `${FUNCTION_ARN}:1`), weight: 0.1 }],
    }))],
    ['the alias\'s asynchronous invocation', aliased(() => ({})), aliased(() => ({ retryAttempts: 0 }))],
    ['the function behind an alias', aliased(() => ({})), stack => {
      const alias = aliased(() => ({}))(
        stack,
      ); (stack.node.findChild('Moderate') as lambda.Function).addEnvironment('A', 'B'); return alias;
    }],
    [
      'the version\'s asynchronous invocation', version(),
      version({}, it => it.configureAsyncInvoke({ retryAttempts: 0 })),
    ],
    [
      'the version\'s provisioned concurrency', version(),
      version({ currentVersionOptions: { provisionedConcurrentExecutions: 1 } }),
    ],
    ['the reserved concurrency behind a version', version(), version({ reservedConcurrentExecutions: 1 })],
    ['the role of an import', stack => lambda.Function.fromFunctionAttributes(
      stack,
      'Moderate',
      { functionArn: FUNCTION_ARN, role: new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }) },
    ),
    stack => {
      const it = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
      it.addToPolicy(new iam.PolicyStatement(POLICY));
      return lambda.Function.fromFunctionAttributes(stack, 'Moderate', { functionArn: FUNCTION_ARN, role: it });
    }],
    ['the asynchronous invocation of an import', stack =>
      lambda.Function.fromFunctionArn(stack, 'Moderate', FUNCTION_ARN),
    stack => {
      const it = lambda.Function.fromFunctionArn(stack, 'Moderate', FUNCTION_ARN); it.configureAsyncInvoke({
        retryAttempts: 0,
      }); return it;
    }],
    ['the asynchronous invocation of an imported alias', ...[undefined, 0].map((retryAttempts): Make => stack => {
      const it = lambda.Function.fromFunctionArn(stack, 'Moderate', `${FUNCTION_ARN}:live`);
      if (retryAttempts !== undefined) {
        new lambda.CfnEventInvokeConfig(stack, 'Invocation', { functionName: FUNCTION_ARN, qualifier: 'live' });
      }
      return it;
    }) as [Make, Make]],
    [
      'the ARN of an import', stack => lambda.Function.fromFunctionArn(stack, 'Moderate', FUNCTION_ARN),
      stack => lambda.Function.fromFunctionArn(stack, 'Moderate', `${FUNCTION_ARN}2`),
    ],
  ])('%s change it', (_, one, other) => {
    const [first, again, changed] = [one, one, other].map(make => revisionOf(undefined, make));
    expect(again).toEqual(first);
    expect(changed).not.toEqual(first);
  });
});

describe('parameters of the stack', () => {
  const withParameter = (
    props: object, value: (parameter: CfnParameter) => string = parameter => parameter.valueAsString,
  ): Make => stack => {
    const fn = newFunction(stack);
    fn.addEnvironment('WORD', value(new CfnParameter(stack, 'Word', props)));
    return fn;
  };

  test.each<[string, object, (parameter: CfnParameter) => string, unknown]>([
    ['String', {}, parameter => parameter.valueAsString, { Ref: 'Word' }],
    ['Number', { type: 'Number' }, parameter => `${parameter.valueAsNumber}`, { Ref: 'Word' }],
    [
      'CommaDelimitedList', { type: 'CommaDelimitedList' }, parameter => Fn.join(';', parameter.valueAsList),
      { 'Fn::Join': [',', { Ref: 'Word' }] },
    ],
  ])('of type %s are part of it, because their values change without the template', (_, props, value, expected) => {
    expect(revisionOf(undefined, withParameter(props, value))).toEqual({
      'Fn::Join': ['-', [expect.stringMatching(/^[0-9a-f]{32}$/), expected]],
    });
  });

  test('are not if they must not be shown, or are of another stack', () => {
    expect(revisionOf(undefined, withParameter({ noEcho: true }))).toEqual(expect.stringMatching(/^[0-9a-f]{32}$/));
    expect(revisionOf(undefined, withParameter({}), ARRANGEMENTS['two stacks'])).toEqual(
      expect.stringMatching(/^[0-9a-f]{32}$/),
    );
  });
});

describe('nothing else changes it', () => {
  const before = revisionOf();

  test.each<[string, (chat: Chat) => void]>([
    [
      'tags of other resources',
      ({ flows }) => Tags.of(flows).add('stage', 'live', { excludeResourceTypes: ['AWS::Lambda::Function'] }),
    ],
    ['tags of the flow', ({ flow }) => Tags.of(flow).add('team', 'care')],
    ['an unrelated resource', ({ flows }) => { new sqs.Queue(flows, 'Queue'); }],
    ['more of the library', ({ flows }) => { newChat(flows, 'Other'); }],
    ['another verification', ({ flows, flow }) => {
      new ChannelFlowVerification(
        flows,
        'A',
        { channelFlow: flow, channel: importedChannel(flows, 'B'), sender: BEARER, probes: [Probe.denied('x')] },
      );
    }],
    ['a permission to invoke it', ({ fn }) => fn.grantInvoke(new iam.ServicePrincipal('events.amazonaws.com'))],
    [
      'settings of an alias that is not the processor',
      ({ fn }) => { fn.addAlias('beta', { retryAttempts: 0, provisionedConcurrentExecutions: 1 }); },
    ],
    ['a removal policy', ({ fn, flow }) => {
      fn.applyRemovalPolicy(
        RemovalPolicy.RETAIN,
      ); fn.role!.applyRemovalPolicy(RemovalPolicy.RETAIN); flow.applyRemovalPolicy(RemovalPolicy.RETAIN);
    }],
    ['metadata', ({ fn }) => resource(fn).addMetadata('note', 'x')],
    ['the policy of another role', (
      { flows, flow },
    ) => { flow.grants.read(new iam.Role(flows, 'Role', { assumedBy: new iam.AccountRootPrincipal() })); }],
    ['a change of the providers', ({ flows }) => Aspects.of(flows.node.findChild('ChimeMessaging')).add(
      { visit: node => { if (node instanceof lambda.CfnFunction) node.memorySize = 1024; } },
      { priority: AspectPriority.MUTATING },
    )],
    [
      'a Fn::GetAtt of the function elsewhere',
      ({ flows, fn }) => { new sqs.CfnQueue(flows, 'Q', { queueName: fn.functionName }); },
    ],
  ])('%s', (_, change) => expect(revisionOf(change)).toBe(before));

  test(
    'the sender', () => expect(revisionOf(undefined, undefined, oneStack, Bearer.fromArn(`${USER_ARN}2`))).toBe(before),
  );

  test('the order of members', () => {
    const environment = (...names: string[]): Make => stack => {
      const fn = newFunction(stack);
      resource(fn).addPropertyOverride(
        'Environment', { Variables: Object.fromEntries(names.map(name => [name, 'x'])) },
      );
      return fn;
    };
    expect(revisionOf(undefined, environment('A', 'B'))).toBe(revisionOf(undefined, environment('B', 'A')));
  });

  test('the code of the provider of a custom resource that the function knows', () => {
    const make = (code: string): Make => stack => {
      const provider = newFunction(stack, 'Provider');
      resource(provider).code = { zipFile: code };
      const fn = newFunction(stack);
      fn.addEnvironment('WORDS', new CfnResource(
        stack, 'Words', { type: 'Custom::Words', properties: { ServiceToken: provider.functionArn } },
      ).ref);
      return fn;
    };
    expect(revisionOf(undefined, make('a'))).toBe(revisionOf(undefined, make('b')));
  });

  test('the name of the stage', () => {
    const inStage = (id: string) => (app: App) => {
      const stage = new Stage(app, id, { env: ENV });
      return { functions: new Stack(stage, 'Functions'), flows: new Stack(stage, 'Flows') };
    };
    expect(revisionOf(undefined, undefined, inStage('Beta'))).toBe(revisionOf(undefined, undefined, inStage('Live')));
  });
});

test('the verification comes after policies and settings that stand elsewhere in its stack', () => {
  const { after } = synthesized(({ fn, flow, flows }) => {
    flow.grants.read(fn);
    new lambda.EventInvokeConfig(flows, 'Invocation', { function: fn, retryAttempts: 0 });
  }, stack => newFunction(
    stack, 'Moderate', new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
  ));
  expect(after).toEqual(expect.arrayContaining(
    [/^FlowReadRole/, /^Invocation/, /^ChimeMessagingCallbackPolicy/].map(id => expect.stringMatching(id)),
  ));
});
