import { IResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { AppRegistry } from './app-registry';
import { inlinePolicy } from './inline-policy';
import { pathFrom } from './references';
import { resourcesIn, retainWith } from './retention';

/** What a grant allows, and on what. */
export interface GrantedActions {
  /** Names the grant in construct ids. */
  readonly name: string;
  readonly actions: readonly string[];
  readonly resourceArns: readonly string[];
}

/**
 * Grants by a policy of the grant's own. A function is ordered after all of its role, the role's default policy
 * included: a statement there that refers to a flow would make a circle when the function is a processor of that flow.
 */
export function grantByOwnPolicy(resource: IResource, grantee: iam.IGrantable, granted: GrantedActions): iam.Grant {
  const principal = grantee.grantPrincipal;
  const options = { actions: [...granted.actions], resourceArns: [...granted.resourceArns] };
  if (!isIdentity(principal)) return iam.Grant.addToPrincipal({ grantee, ...options });
  const scope = scopeOf(resource, principal);
  const id = idOf(scope, resource, principal, granted.name);
  const policy = scope.node.tryFindChild(id) as iam.Policy | undefined ?? attachedPolicy(scope, id, principal);
  return iam.Grant.addToPrincipal({ grantee: policy, ...options });
}

/** A role that stays keeps what it may do, and a role that leaves is not held by it. */
function attachedPolicy(scope: Construct, id: string, principal: iam.IIdentity): iam.Policy {
  const policy = inlinePolicy(scope, id);
  principal.attachInlinePolicy(policy);
  const { defaultChild } = principal.node;
  if (defaultChild) resourcesIn(defaultChild).forEach(identity => retainWith(identity, ...resourcesIn(policy)));
  return policy;
}

/** Whether it is a role, user or group of the app, or an import of one. */
function isIdentity(principal: iam.IPrincipal): principal is iam.IIdentity {
  return Construct.isConstruct(principal)
    && typeof (principal as Partial<iam.IIdentity>).attachInlinePolicy === 'function';
}

/**
 * The stack that refers to the other one already: that of the grantee, which mostly gets the granted resource's ARN in
 * its environment as well; but the resource's, when flows there have the grantee as processor.
 */
function scopeOf(resource: IResource, principal: iam.IIdentity): Construct {
  const stack = Stack.of(principal);
  return stack === resource.stack || AppRegistry.of(resource).isProcessor(resource.stack, principal)
    ? resource as IConstruct as Construct
    : stack;
}

/** Unique in the scope, and without the path above the stacks, so that the stages of an app get like templates. */
function idOf(scope: Construct, resource: IResource, principal: iam.IIdentity, name: string): string {
  const granted = scope === resource ? [] : pathFrom(scope, resource);
  return [name, ...granted, ...pathFrom(scope, principal)].join('-');
}
