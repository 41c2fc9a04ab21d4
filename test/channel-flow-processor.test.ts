import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  APP_INSTANCE_ARN, ENV, FUNCTION_ARN, importedAppInstance, newAgnosticStack, newChat, newFlow, newFunction, newStack,
  synthesisError, warnings,
} from './fixture';
import { ChannelFlowProcessor } from '../src';

const FOREIGN_FUNCTION_ARN = 'arn:aws:lambda:us-east-1:222222222222:function:moderate';

function flowOf(stack: Stack, ...functions: lambda.IFunction[]) {
  return newFlow(stack, { processors: functions.map(fn => ChannelFlowProcessor.fromFunction(fn)) });
}

/** Which of its two permissions a processor got, and which warnings are given for the missing ones. */
function permissionsOf(stack: Stack) {
  const template = Template.fromStack(stack);
  const texts = warnings(stack);
  return {
    invoke: Object.keys(template.findResources('AWS::Lambda::Permission')).length,
    callback: Object.values(template.findResources('AWS::IAM::Policy'))
      .filter((policy: any) => JSON.stringify(policy).includes('chime:ChannelFlowCallback')).length,
    warned: ['invokePermission', 'callbackPolicy'].filter(
      id => texts.some(text => text.includes(`cdk-chime-messaging:${id}`)),
    ),
  };
}

const BOTH = { invoke: 1, callback: 1, warned: [] };
const role = (stack: Stack) => iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/moderate');

describe('every kind of function gets its permissions or a warning', () => {
  test.each<[string, (stack: Stack) => lambda.IFunction, object]>([
    ['Function', stack => newFunction(stack), BOTH],
    ['current Version', stack => newFunction(stack).currentVersion, BOTH],
    ['Version', stack => new lambda.Version(stack, 'V', { lambda: newFunction(stack) }), BOTH],
    [
      'Alias', stack => new lambda.Alias(stack, 'A', { aliasName: 'live', version: newFunction(stack).currentVersion }),
      BOTH,
    ],
    ['DockerImageFunction', stack => new lambda.DockerImageFunction(stack, 'D', {
      code: lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(stack, 'Repository', 'moderate')),
    }), BOTH],
    ['SingletonFunction', stack => new lambda.SingletonFunction(stack, 'S', {
      uuid: 'one', code: lambda.Code.fromInline('x'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X,
    }), BOTH],
    ['Function with an imported role', stack => new lambda.Function(stack, 'F', {
      code: lambda.Code.fromInline(
        'x',
      ),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_22_X,
      role: role(stack),
    }), BOTH],
    ['Function with a role that must not be changed', stack => new lambda.Function(stack, 'F', {
      code: lambda.Code.fromInline('x'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_22_X,
      role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/moderate', { mutable: false }),
    }), { invoke: 1, callback: 0, warned: ['callbackPolicy'] }],
    ['fromFunctionArn, same account', stack => lambda.Function.fromFunctionArn(stack, 'I', FUNCTION_ARN),
      { invoke: 1, callback: 0, warned: ['callbackPolicy'] }],
    ['fromFunctionName', stack => lambda.Function.fromFunctionName(stack, 'I', 'moderate'),
      { invoke: 1, callback: 0, warned: ['callbackPolicy'] }],
    ['fromFunctionAttributes with role', stack => lambda.Function.fromFunctionAttributes(stack, 'I', {
      functionArn: FUNCTION_ARN, role: role(stack),
    }), BOTH],
    ['fromFunctionAttributes with role and skipPermissions', stack =>
      lambda.Function.fromFunctionAttributes(stack, 'I', {
        functionArn: FUNCTION_ARN, role: role(stack), skipPermissions: true,
      }), BOTH],
    ['fromVersionArn', stack => lambda.Version.fromVersionArn(stack, 'I', `${FUNCTION_ARN}:1`),
      { invoke: 1, callback: 0, warned: ['callbackPolicy'] }],
    ['fromAliasAttributes', stack => lambda.Alias.fromAliasAttributes(stack, 'I', {
      aliasName: 'live', aliasVersion: lambda.Version.fromVersionArn(stack, 'V', `${FUNCTION_ARN}:1`),
    }), { invoke: 1, callback: 0, warned: ['callbackPolicy'] }],
  ])('%s', (_, make, expected) => {
    const stack = newStack();
    flowOf(stack, make(stack));
    expect(permissionsOf(stack)).toEqual(expected);
  });

  test('an imported function in a stack that knows no account', () => {
    const stack = newAgnosticStack();
    flowOf(stack, lambda.Function.fromFunctionArn(stack, 'I', FUNCTION_ARN));
    expect(permissionsOf(stack)).toEqual({ invoke: 0, callback: 0, warned: ['invokePermission', 'callbackPolicy'] });
  });

  test('the warnings say what to run and what to add', () => {
    const stack = newAgnosticStack();
    flowOf(stack, lambda.Function.fromFunctionArn(stack, 'I', FUNCTION_ARN));

    const texts = warnings(stack).join('\n');
    expect(texts).toContain(`aws lambda add-permission --function-name ${FUNCTION_ARN} --statement-id chime-messaging `
      + '--action lambda:InvokeFunction --principal messaging.chime.amazonaws.com --source-account <account> '
      + `--source-arn ${APP_INSTANCE_ARN}`);
    expect(texts).toContain(
      `{"Effect":"Allow","Action":"chime:ChannelFlowCallback","Resource":"${APP_INSTANCE_ARN}/channel/*"}`);
  });

  test('a function of another account is an error', () => {
    const stack = newStack();
    flowOf(stack, lambda.Function.fromFunctionArn(stack, 'I', FOREIGN_FUNCTION_ARN));
    expect(synthesisError(stack)).toContain('the processor must be in account 111111111111, got 222222222222');
  });

  test('a function of another account than the app instance is an error where the stack knows no account', () => {
    const stack = newAgnosticStack();
    flowOf(stack, lambda.Function.fromFunctionArn(stack, 'I', FOREIGN_FUNCTION_ARN));
    expect(synthesisError(stack)).toContain('the processor must be in account 111111111111, got 222222222222');
  });

  test('a function of another region is an error', () => {
    const stack = newStack();
    flowOf(stack, lambda.Function.fromFunctionArn(stack, 'I', FUNCTION_ARN.replace('us-east-1', 'eu-central-1')));
    expect(synthesisError(stack)).toContain('the processor must be in region us-east-1, got eu-central-1');
  });

  test.each<[string, (stack: Stack) => lambda.IFunction]>([
    ['latestVersion', stack => newFunction(stack).latestVersion],
    ['an imported $LATEST', stack => lambda.Version.fromVersionArn(stack, 'V', `${FUNCTION_ARN}:$LATEST`)],
  ])('%s is an error', (_, make) => {
    const stack = newStack();
    flowOf(stack, make(stack));
    expect(synthesisError(stack)).toContain('a published version or an alias, got $LATEST: pass the function itself');
  });

  test('an ARN of another partition is an error', () => {
    const stack = newStack();
    const arn = FUNCTION_ARN.replace('arn:aws:', 'arn:aws-cn:');
    flowOf(stack, lambda.Function.fromFunctionArn(stack, 'I', arn));
    expect(synthesisError(stack)).toContain(
      `a processor must be arn:aws:lambda:<region>:<account>:function:<name>, got "${arn}"`,
    );
  });
});

test(
  'the service may invoke the processor for this app instance, and the processor may answer for its channels',
  () => {
    const stack = newStack();
    flowOf(stack, newFunction(stack));

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      Principal: 'messaging.chime.amazonaws.com',
      SourceAccount: ENV.account,
      SourceArn: APP_INSTANCE_ARN,
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Action: 'chime:ChannelFlowCallback', Effect: 'Allow', Resource: `${APP_INSTANCE_ARN}/channel/*` },
        ],
      },
    });
  },
);

test('each of several processors gets its permissions', () => {
  const stack = newStack();
  flowOf(stack, newFunction(stack, 'A'), newFunction(stack, 'B'));
  expect(permissionsOf(stack)).toMatchObject({ invoke: 2, callback: 2 });
});

test('one function may serve two flows, which share its permissions', () => {
  const stack = newStack();
  const processors = [ChannelFlowProcessor.fromFunction(newFunction(stack))];
  newFlow(stack, { processors, appInstance: importedAppInstance(stack) }, 'A');
  newFlow(stack, { processors, appInstance: importedAppInstance(stack, 'Again') }, 'B');
  expect(permissionsOf(stack)).toMatchObject({ invoke: 1, callback: 1, warned: [] });
});

test('a function of another stack gets its permissions in the stack of the flow', () => {
  const app = new App();
  const functions = new Stack(app, 'Functions', { env: ENV });
  const flows = new Stack(app, 'Flows', { env: ENV });
  const processor = newFunction(functions);
  const { appInstance } = newChat(flows);
  newFlow(flows, { appInstance, processors: [ChannelFlowProcessor.fromFunction(processor)] }).grants.read(processor);

  expect(permissionsOf(flows)).toEqual(BOTH);
  expect(flows.dependencies).toEqual([functions]);
  expect(functions.dependencies).toEqual([]);
});
