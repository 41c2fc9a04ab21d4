import { CfnDeletionPolicy, CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { checkRemovalPolicy, validateAtSynthesis } from './validation';

const POLICIES = ['deletionPolicy', 'updateReplacePolicy'] as const;

/** Whether CloudFormation keeps this resource when its stack is deleted. */
export function isRetained(resource: CfnResource): boolean {
  return resource.cfnOptions.deletionPolicy === CfnDeletionPolicy.RETAIN
    || resource.cfnOptions.deletionPolicy === CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
}

/** The resources below these constructs, themselves included. */
export function resourcesIn(...constructs: IConstruct[]): CfnResource[] {
  return constructs.flatMap(({ node }) => node.findAll()).filter(CfnResource.isCfnResource);
}

/**
 * Says of all resources in these constructs that they leave with the stack, as they would without a word: but what says
 * nothing is retained by the CDK's `MissingRemovalPolicies`, and a policy that stays keeps CloudFormation from deleting
 * its role.
 */
export function destroy(...constructs: IConstruct[]): void {
  for (const construct of constructs) {
    resourcesIn(construct).forEach(resource => resource.applyRemovalPolicy(RemovalPolicy.DESTROY));
    validateAtSynthesis(construct, () => resourcesIn(construct).flatMap(checkRemovalPolicy));
  }
}

/** Gives the follower the leader's removal policy, until it gets one of its own. */
export function followRemovalPolicy(follower: CfnResource, leader: CfnResource): void {
  definePolicies(follower, (own, name) => own ?? leader.cfnOptions[name]);
}

const leadersOf = new WeakMap<CfnResource, CfnResource[]>();

/** Retains the follower as long as one of its leaders is retained, whatever its own removal policy says. */
export function retainWith(leader: CfnResource, ...followers: CfnResource[]): void {
  for (const follower of followers) {
    const leaders = leadersOf.get(follower);
    if (leaders) {
      leaders.push(leader);
    } else {
      retainWithAny(follower, [leader]);
    }
  }
}

function retainWithAny(follower: CfnResource, leaders: CfnResource[]): void {
  leadersOf.set(follower, leaders);
  definePolicies(follower, (own, name) => {
    const all = [own, ...leaders.map(({ cfnOptions }) => cfnOptions[name])];
    return [CfnDeletionPolicy.RETAIN, CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE].find(policy => all.includes(policy))
      ?? own;
  });
}

/**
 * Computes the policies of a resource whenever they are read. A prop, a method, an escape hatch and an Aspect of any
 * priority and place in the tree all count, and Aspects that read the policies see what will be in the template.
 */
function definePolicies(
  { cfnOptions }: CfnResource,
  compute: (own: CfnDeletionPolicy | undefined, name: typeof POLICIES[number]) => CfnDeletionPolicy | undefined,
): void {
  for (const name of POLICIES) {
    let own = cfnOptions[name];
    Object.defineProperty(cfnOptions, name, {
      enumerable: true,
      configurable: true,
      get: () => compute(own, name),
      set: (policy?: CfnDeletionPolicy) => { own = policy; },
    });
  }
}
