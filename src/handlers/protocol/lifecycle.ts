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

/** Time, as a lifecycle sees it; tests bring their own. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Milliseconds until the invocation must end. */
  remaining(): number;
}

/** One resource type's behaviour: pure but for the clients. */
export type Lifecycle<Properties, Clients> =
  (event: LifecycleEvent<Properties>, clients: Clients, clock: Clock) => Promise<Outcome>;

/** How the message of a lack of time ends. */
export const GO_ON = 'deploy or delete again: the work goes on from what is there';

/**
 * Thrown shortly before the function's end while work remains. The invocation then fails without an answer, Lambda
 * delivers the event again, and the work goes on from what is there. On the last delivery the protocol answers FAILED with
 * `message` instead. Whoever would undo something for a failure lets this pass: there is no time to, and the next event goes on.
 */
export class Unfinished extends Error {
  /** The one that an error comes from, if it does. */
  public static in(error: unknown): Unfinished | undefined {
    let candidate = error;
    while (candidate instanceof Error && !(candidate instanceof Unfinished)) candidate = candidate.cause;
    return candidate instanceof Unfinished ? candidate : undefined;
  }

  public readonly name = 'Unfinished';
}

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
