import { Annotations, CfnResource, Names, Resource, ResourceEnvironment, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import type { ProcessorProperty } from './handlers/channel-flow/properties';
import { AppRegistry } from './private/app-registry';
import { callbackPolicy, invokePermission, MESSAGING_SERVICE } from './private/processor-permissions';
import { isRetained } from './private/retention';
import { checkFunctionArn, checkName, checkSameEnvironment } from './private/validation';

/**
 * What happens to a message whose processor cannot be invoked.
 *
 * Does not apply when the processor was invoked but never responded: such a message stays pending.
 */
export enum FallbackAction {
  /** The message is sent as it is. */
  CONTINUE = 'CONTINUE',
  /** The message is not sent; its status becomes FAILED. */
  ABORT = 'ABORT',
}

/**
 * Options of a processor.
 */
export interface ChannelFlowProcessorOptions {
  /**
   * What happens to a message when the processor cannot be invoked.
   *
   * @default FallbackAction.ABORT
   */
  readonly fallbackAction?: FallbackAction;

  /**
   * When this processor runs: a whole number from 1 to 3, different for each processor of a flow.
   *
   * @default - the processor's place among the processors of the flow, counted from 1
   */
  readonly executionOrder?: number;

  /**
   * Name of the processor, 1 to 256 characters.
   *
   * @default - a name derived from the path of the function's construct
   */
  readonly processorName?: string;
}

/**
 * What processes the messages of a channel flow before they are delivered.
 *
 * @see https://docs.aws.amazon.com/chime-sdk/latest/dg/processor-setup.html
 */
export class ChannelFlowProcessor {
  /**
   * A Lambda function, or a published version or alias of one. It must be in the account and region of the app
   * instance.
   *
   * The flow gives Amazon Chime SDK the permission to invoke it and gives the function the permission to respond. Flows
   * of a stack with the same function and app instance share both. Where the CDK can't give them, as for many imported
   * functions, a warning at the function says what to do. Lambda's resource policy, at most 20,480 bytes, has room for
   * about 40 app instances.
   *
   * @param processor the function
   * @param options how it takes part in the flow
   */
  public static fromFunction(
    processor: lambda.IFunction, options: ChannelFlowProcessorOptions = {},
  ): ChannelFlowProcessor {
    return new ChannelFlowProcessor(processor, options);
  }

  private constructor(
    private readonly processor: lambda.IFunction, private readonly options: ChannelFlowProcessorOptions,
  ) {}

  /**
   * @internal
   */
  public _bind(flow: Resource, appInstanceArn: string, place: number): _BoundProcessor {
    const invocation = this.permitInvocation(flow, appInstanceArn);
    const permissions = [invocation, this.permitCallback(flow, appInstanceArn, invocation)].filter(
      construct => construct !== undefined,
    );

    const executionOrder = this.options.executionOrder ?? place;
    const processorName = this.options.processorName
      ?? Names.uniqueResourceName(this.processor, { maxLength: 256, separator: '-' });
    return {
      processor: this.processor,
      executionOrder,
      permissions,
      property: {
        Name: processorName,
        ExecutionOrder: executionOrder,
        FallbackAction: this.options.fallbackAction ?? FallbackAction.ABORT,
        Configuration: { Lambda: { ResourceArn: this.processor.functionArn, InvocationType: 'ASYNC' } },
      },
      validate: appInstanceEnv => [
        ...checkName('processorName', processorName),
        ...checkFunctionArn(this.processor.functionArn),
        ...checkSameEnvironment(flow, 'processor', this.processor.env, appInstanceEnv),
      ],
      warnIfNotRetained: () => this.warnIfNotRetained(flow),
    };
  }

  private permitInvocation(flow: Resource, appInstanceArn: string): CfnResource | undefined {
    const permission = invokePermission(flow, this.processor, appInstanceArn, flow.stack.account);
    if (!permission) {
      const name = orPlaceholder(this.processor.functionArn, 'function ARN');
      this.warn('invokePermission', 'the permission to invoke the processor '
        + `${this.processor.node.path} could not be added, and without it no message is processed: unless it is there `
          + 'already, run  '
        + `aws lambda add-permission --function-name ${name} --statement-id chime-messaging --action `
          + 'lambda:InvokeFunction '
        + `--principal ${MESSAGING_SERVICE} --source-account ${orPlaceholder(flow.stack.account, 'account')} `
        + `--source-arn ${orPlaceholder(appInstanceArn, 'app instance ARN')}`);
    }
    return permission;
  }

  private permitCallback(flow: Resource, appInstanceArn: string, invocation?: CfnResource): IConstruct | undefined {
    const { role } = this.processor;
    const policy = role && callbackPolicy(flow, role, appInstanceArn, invocation);
    if (policy) AppRegistry.of(flow).addProcessor(flow.stack, this.processor.grantPrincipal);
    // Roles that the CDK must not change ignore the policy.
    if (!policy || !isAttached(policy)) {
      const shownStatement = JSON.stringify({
        Effect: 'Allow',
        Action: 'chime:ChannelFlowCallback',
        Resource: `${orPlaceholder(appInstanceArn, 'app instance ARN')}/channel/*`,
      });
      this.warn('callbackPolicy', 'the permission to respond could not be given to the '
        + `processor ${this.processor.node.path}, and without it messages stay pending: unless its role already has `
          + 'it, add '
        + `this statement to the role's policy: ${shownStatement}`);
    }
    return policy;
  }

  /** At the function, so that it is said once for all flows with it in an app instance. */
  private warn(id: string, text: string): void {
    Annotations.of(this.processor).addWarningV2(`cdk-chime-messaging:${id}`, text);
  }

  private warnIfNotRetained(flow: Resource): void {
    const resource = this.processor.node.defaultChild;
    if (resource && CfnResource.isCfnResource(resource) && !isRetained(resource)) {
      Annotations.of(flow).addWarningV2(
        'cdk-chime-messaging:processorNotRetained',
        'the flow is retained but its processor '
          + `${this.processor.node.path} is not, and without it no message is processed: retain the function and its `
            + 'role too',
      );
    }
  }
}

/**
 * A processor as part of a flow.
 *
 * @internal
 */
export interface _BoundProcessor {
  readonly processor: lambda.IFunction;
  readonly property: ProcessorProperty;
  readonly executionOrder: number;
  /** What must be there before the service learns of the processor. */
  readonly permissions: IConstruct[];
  readonly validate: (appInstanceEnv: ResourceEnvironment) => string[];
  readonly warnIfNotRetained: () => void;
}

function isAttached(policy: iam.Policy): boolean {
  const roles = policy.stack.resolve((policy.node.defaultChild as iam.CfnPolicy).roles);
  return Array.isArray(roles) && roles.length > 0;
}

/** A value as part of a command: itself, or a placeholder for what is known only at deployment. */
function orPlaceholder(value: string, what: string): string {
  return Token.isUnresolved(value) ? `<${what}>` : value;
}
