import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import {
  AppInstanceAdmin, AppInstanceUser, Bearer, Channel, ChannelFlow, ChannelFlowProcessor, ChannelFlowProps, IAppInstance,
  IBearer, IChannel, TaggedAppInstance,
} from '../src';

export const ENV = { account: '111111111111', region: 'us-east-1' };
export const APP_INSTANCE_ARN = 'arn:aws:chime:us-east-1:111111111111:app-instance/chat';
export const USER_ARN = `${APP_INSTANCE_ARN}/user/ada`;
export const CHANNEL_ARN = `${APP_INSTANCE_ARN}/channel/lobby`;
export const CHANNEL_FLOW_ARN = `${APP_INSTANCE_ARN}/channel-flow/moderation`;
export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:111111111111:function:moderate';

/** A stack whose account and region are known, in an app of its own. */
export function newStack(props: StackProps = { env: ENV }): Stack {
  return new Stack(new App(), 'Stack', props);
}

/** A stack that may be deployed to any account and region. */
export function newAgnosticStack(): Stack {
  return newStack({});
}

export function newFunction(scope: Construct, id = 'Moderate', role?: iam.IRole): lambda.Function {
  return new lambda.Function(scope, id, {
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_22_X,
    role,
  });
}

export function importedAppInstance(scope: Construct, id = 'Chat'): IAppInstance {
  return TaggedAppInstance.fromAppInstanceArn(scope, id, APP_INSTANCE_ARN);
}

export function importedChannel(scope: Construct, id = 'Lobby'): IChannel {
  return Channel.fromChannelArn(scope, id, CHANNEL_ARN);
}

export const BEARER: IBearer = Bearer.fromArn(USER_ARN);

/** A flow in an imported app instance, complete but for what the test changes. */
export function newFlow(scope: Construct, props: Partial<ChannelFlowProps> = {}, id = 'Flow'): ChannelFlow {
  return new ChannelFlow(scope, id, {
    appInstance: props.appInstance ?? importedAppInstance(scope, `${id}Chat`),
    processors: props.processors ?? [ChannelFlowProcessor.fromFunction(newFunction(scope, `${id}Moderate`))],
    bearer: BEARER,
    ...props,
  });
}

/** An app instance with an admin, all made in the stack. */
export function newChat(scope: Construct, id = 'Chat') {
  const appInstance = new TaggedAppInstance(scope, id);
  const user = new AppInstanceUser(scope, `${id}User`, { appInstance });
  const admin = new AppInstanceAdmin(scope, `${id}Admin`, { appInstance, user });
  return { appInstance, user, admin };
}

/** The only resource of the type, as the template has it. */
export function resourceOf(stack: Stack, type: string): any {
  const resources = Object.values(Template.fromStack(stack).findResources(type));
  expect(resources).toHaveLength(1);
  return resources[0];
}

export function logicalId(stack: Stack, construct: Construct): string {
  return stack.getLogicalId(construct.node.defaultChild as any);
}

/**
 * The statements of the only policy whose id matches, with actions and resources in order: feature flags may change
 * theirs.
 */
export function statementsOf(stack: Stack, id: RegExp): object[] {
  const policies = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy')).filter(
    ([key]) => id.test(key),
  );
  expect(policies).toHaveLength(1);
  return policies[0][1].Properties.PolicyDocument.Statement.map((statement: any) => ({
    ...statement, Action: [statement.Action].flat().sort(), Resource: [statement.Resource].flat().sort(),
  }));
}

/** Texts of the warnings of the stack. */
export function warnings(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => entry.data as string);
}

/** The error with which the synthesis fails. */
export function synthesisError(stack: Stack): string {
  try {
    Template.fromStack(stack);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('expected the synthesis to fail');
}
