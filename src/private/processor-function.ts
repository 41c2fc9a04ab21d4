import * as path from 'path';
import { AspectPriority, Aspects, CfnResource, Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { monthlyLogGroup } from './log-group';
import { destroy, resourcesIn, retainWith } from './retention';
import { OnError } from '../on-error';
import { ENVIRONMENT } from '../processors/settings';

/** What the functions of the ready-made processors differ in. */
export interface ProcessorFunctionProps {
  readonly code: lambda.Code;
  /** Folder of the bundle. */
  readonly entry: string;
  readonly description: string;
  readonly environment: { [name: string]: string };
  readonly onError?: OnError;
  readonly logGroup?: logs.ILogGroup;
}

/**
 * The bundles of the ready-made processors, and what they share; the path is the same from `src/private` and from
 * `lib/private`.
 */
export const PROCESSOR_BUNDLES = path.join(__dirname, '..', '..', 'lib', 'processors');

/** Folder with the code that the bundles share. */
export const SHARED_CODE = 'chunks';

/**
 * The properties of a ready-made processor's function. Role and log group stand beside the function: they must be there
 * before it, and its policy holds what it needs and no more than that.
 */
export function processorFunction(scope: Construct, id: string, props: ProcessorFunctionProps): lambda.FunctionProps {
  const logGroup = props.logGroup ?? monthlyLogGroup(scope, `${id}Logs`);
  return {
    code: props.code,
    description: props.description,
    handler: `${props.entry}/index.handler`,
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    memorySize: 512,
    timeout: Duration.seconds(30),
    environment: { ...props.environment, [ENVIRONMENT.ON_ERROR]: (props.onError ?? OnError.DENY).toLowerCase() },
    logGroup,
    role: new iam.Role(scope, `${id}Role`, {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: props.description,
      inlinePolicies: {
        Logs: new iam.PolicyDocument({
          statements: [new iam.PolicyStatement({
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [logGroup.logGroupArn],
          })],
        }),
      },
    }),
  };
}

/**
 * A ready-made processor leaves with the stack, and is retained with its role. So is what hangs on the role: a policy
 * that stays would keep CloudFormation from deleting the role. Policies may be added later, hence an Aspect, before
 * those that set policies.
 */
export function removeTogether(fn: lambda.Function): void {
  const role = fn.role!;
  const follow = (resource: CfnResource) => {
    if (!resource.cfnOptions.deletionPolicy) destroy(resource);
    retainWith(fn.node.defaultChild as CfnResource, resource);
  };
  destroy(fn, role);
  resourcesIn(role).forEach(follow);
  Aspects.of(role).add({
    visit: node => { if (CfnResource.isCfnResource(node)) { follow(node); } },
  }, { priority: AspectPriority.MUTATING - 1 });
}
