import { AspectPriority, Aspects, CfnDeletionPolicy, CfnResource, IAspect } from 'aws-cdk-lib';

/** Whether CloudFormation keeps this resource when its stack is deleted. */
export function isRetained(resource: CfnResource): boolean {
  return resource.cfnOptions.deletionPolicy === CfnDeletionPolicy.RETAIN
    || resource.cfnOptions.deletionPolicy === CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
}

/**
 * Retains the followers when the leader is retained, unless they have a removal policy of their own. Decided by an aspect,
 * so that it makes no difference whether the leader's policy came by a prop, a method or an aspect.
 */
export function retainTogether(leader: CfnResource, ...followers: CfnResource[]): void {
  // After every aspect that may set a removal policy.
  Aspects.of(leader).add(new RetainTogether(leader, followers), { priority: AspectPriority.READONLY - 1 });
}

class RetainTogether implements IAspect {
  constructor(private readonly leader: CfnResource, private readonly followers: CfnResource[]) {}

  public visit(): void {
    if (!isRetained(this.leader)) { return; }
    for (const { cfnOptions } of this.followers) {
      cfnOptions.deletionPolicy ??= this.leader.cfnOptions.deletionPolicy;
      cfnOptions.updateReplacePolicy ??= this.leader.cfnOptions.updateReplacePolicy;
    }
  }
}
