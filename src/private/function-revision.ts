import { createHash } from 'crypto';
import { CfnResource, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/**
 * A text that changes when the code or configuration of the functions changes, as far as the app sees it. Of a version or an
 * alias the ARN changes with the code; of a function the ARN stays, so its properties are looked at.
 */
export function revisionOf(functions: readonly lambda.IFunction[], further?: string): string {
  const seen = functions.map((fn) => Stack.of(fn).resolve([fn.functionArn, configurationOf(fn)]));
  return createHash('sha256').update(JSON.stringify([seen, further])).digest('hex').slice(0, 32);
}

function configurationOf(fn: lambda.IFunction): unknown {
  const resource = fn.node.defaultChild;
  if (!resource || !CfnResource.isCfnResource(resource) || resource.cfnResourceType !== lambda.CfnFunction.CFN_RESOURCE_TYPE_NAME) {
    return undefined;
  }
  const { code, handler, runtime, layers, environment, memorySize, timeout, role } = resource as lambda.CfnFunction;
  return { code, handler, runtime, layers, environment, memorySize, timeout, role };
}
