import type { TypeName } from './resource-types';
import type { Policy, Properties, Template } from './template';

/** A resource, as CloudFormation knows it. */
export interface Held {
  readonly logicalId: string;
  readonly type: TypeName | 'native';
  readonly physicalId: string;
  readonly properties: Properties;
  /** What the last answer gave for `Fn::GetAtt`. */
  readonly data: Readonly<Record<string, string>>;
  readonly policy: Policy;
  /**
   * Whether its Create failed or was cancelled, or its Delete failed, so that nobody knows whether there is anything.
   */
  readonly isUnsure?: boolean;
}

/** Who claims, in a physical id; no stack refactoring changes it. */
export function claimantIn(physicalId: string | undefined): string | undefined {
  return physicalId?.split('#')[1];
}

/** What an update made of a resource, of which CloudFormation never learnt the id. */
export function unlearnt(former: Held, properties: Properties): Held {
  return {
    ...former, physicalId: ['arn:never-learnt', claimantIn(former.physicalId)].filter(Boolean).join('#'), properties,
  };
}

export type Status =
  | 'COMPLETE'
  /** A create was rolled back: nothing but deleting is left to do. */
  | 'ROLLBACK_COMPLETE' | 'ROLLBACK_FAILED'
  /** Waits for `continueRollback`, or for being deleted. */
  | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_FAILED' | 'DELETED';

export interface Stack {
  readonly id: string;
  status: Status;
  template: Template;
  held: Map<string, Held>;
  /** What remains of a rollback that failed. */
  rollback?: Rollback;
}

export interface Rollback {
  /** The state to return to. */
  readonly template: Template;
  /** What the failed update wanted. */
  readonly attemptedTemplate: Template;
  /** Logical ids of what was updated, to be updated back, in order. */
  updated: string[];
  /** The former records of those. */
  readonly former: ReadonlyMap<string, Held>;
  /** What the failed update tried, which the swapped event carries as old properties. */
  readonly attempted: Map<string, Properties>;
  /** What goes in the end: new resources, and what replacements made. */
  readonly surplus: Held[];
}
