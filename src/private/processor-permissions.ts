import { createHash } from 'crypto';
import { CfnResource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct, Construct } from 'constructs';
import { inlinePolicy } from './inline-policy';
import { sharedConstructs } from './provider';
import { identityOf } from './references';
import { destroy } from './retention';

/** Who invokes processors. `chime.amazonaws.com`, seen in older samples, is not it. */
export const MESSAGING_SERVICE = 'messaging.chime.amazonaws.com';

/*
 * The permissions that all flows of a stack share which have one function and one app instance: with permissions of
 * their own, 45 flows would fill the function's resource policy. They are in the flows' stack: in the function's, they
 * would be a circle when function and flow are in two stacks. Their logical ids depend on function and app instance
 * alone, so that flows may come and go.
 */

/**
 * Lets the service invoke the function for the app instance. Undefined where the CDK can't, as for many imports and
 * their versions.
 */
export function invokePermission(
  flow: IConstruct, processor: lambda.IFunction, appInstanceArn: string, sourceAccount: string,
): CfnResource | undefined {
  return shared(flow, 'InvokePermission', [processor.functionArn, appInstanceArn], (scope, id) => {
    processor.addPermission(
      id, { scope, principal: new iam.ServicePrincipal(MESSAGING_SERVICE), sourceAccount, sourceArn: appInstanceArn },
    );
    // For what is imported addPermission may do nothing.
    const permission = scope.node.tryFindChild(id) as CfnResource | undefined;
    if (permission) destroy(permission);
    return permission;
  });
}

const permissionsOf = new WeakMap<iam.Policy, Set<CfnResource>>();

/**
 * Lets the role answer for messages in channels of the app instance, whichever of its functions does.
 *
 * The id that CloudFormation gave to a permission is the policy's name: a policy of another logical id never has it,
 * and would not be deleted with the former one; and `cdk refactor`, which refuses to change names, can give the policy
 * another id.
 *
 * @param permission to invoke one of these functions, where there is one
 */
export function callbackPolicy(
  flow: IConstruct, role: iam.IRole, appInstanceArn: string, permission?: CfnResource,
): iam.Policy {
  const policy = shared(flow, 'CallbackPolicy', [role.roleArn, appInstanceArn], (scope, id) => {
    const permissions = new Set<CfnResource>();
    const made = inlinePolicy(scope, id, () => {
      // The first by id, not by the order of flows.
      const [named] = [...permissions].sort((one, other) => one.node.id < other.node.id ? -1 : 1);
      return named && `ChimeMessagingCallback-${named.ref}`;
    });
    permissionsOf.set(made, permissions);
    made.addStatements(
      new iam.PolicyStatement({ actions: ['chime:ChannelFlowCallback'], resources: [`${appInstanceArn}/channel/*`] }),
    );
    role.attachInlinePolicy(made);
    return made;
  });
  if (permission) permissionsOf.get(policy)!.add(permission);
  return policy;
}

function shared<Made extends IConstruct | undefined>(
  flow: IConstruct, name: string, arns: readonly string[], make: (scope: Construct, id: string) => Made,
): Made {
  const scope = sharedConstructs(flow);
  // Short, because the ids of a function's permissions are part of its resource policy.
  const identities = JSON.stringify(arns.map(arn => identityOf(flow, arn)));
  const id = `${name}${createHash('sha256').update(identities).digest('hex').slice(0, 12)}`;
  return scope.node.tryFindChild(id) as Made ?? make(scope, id);
}
