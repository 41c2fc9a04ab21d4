import { Aws, CfnResource, Fn, Lazy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { destroy } from './retention';

/** IAM allows 128 characters, of which 37 are the stack's. */
const MAX_NAME_LENGTH = 91;

/**
 * A policy that may be attached to a role of another stack. By default its name would be its logical id, and two stacks
 * with like ids, such as two copies of one stack, would overwrite and delete each other's policy of a role that they
 * share.
 *
 * @param nameOf a name that no other policy ever has, not under another logical id either; by default one made of stack
 * and logical id
 */
export function inlinePolicy(
  scope: Construct, id: string, nameOf: () => string | undefined = () => undefined,
): iam.Policy {
  const policy: iam.Policy = new iam.Policy(
    scope, id, { policyName: Lazy.string({ produce: () => nameOf() ?? defaultName(policy) }) },
  );
  destroy(policy);
  return policy;
}

function defaultName({ node, stack }: iam.Policy): string {
  const logicalId: string = stack.resolve((node.defaultChild as CfnResource).logicalId);
  // Of the stack's ARN the part that differs from that of any other stack.
  return Fn.join('-', [logicalId.slice(-MAX_NAME_LENGTH), Fn.select(2, Fn.split('/', Aws.STACK_ID))]);
}
