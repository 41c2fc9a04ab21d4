import type { Clock } from '../service/clock';

/** What CloudFormation asks of a custom resource, less what belongs to the protocol (ResponseURL, ServiceToken). */
export interface LifecycleEvent<Properties> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  /** Absent on Create only. On Delete it may be one that CloudFormation invented. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  readonly OldResourceProperties?: Properties;
  /** When CloudFormation sent the event, the same for each of its deliveries; undefined where it doesn't say. */
  readonly signed?: number;
}

/** What a lifecycle answers when the resource is as the event wants it. */
export interface Outcome {
  readonly physicalId: string;
  /** Attributes for `Fn::GetAtt`. */
  readonly data?: Record<string, string>;
}

/** One resource type's behaviour: pure but for the clients. */
export type Lifecycle<Properties, Clients> =
  (event: LifecycleEvent<Properties>, clients: Clients, clock: Clock) => Promise<Outcome>;

/**
 * Thrown when a failed event leaves something behind that a later event must find: FAILED is then answered with this
 * physical id instead of an invented one.
 */
export class FailedWithPhysicalId extends Error {
  public readonly name = 'FailedWithPhysicalId';

  public constructor(message: string, public readonly physicalId: string, options?: ErrorOptions) {
    super(message, options);
  }
}
