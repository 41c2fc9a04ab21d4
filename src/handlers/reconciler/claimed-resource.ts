import { arnClaimedBy, claimedPhysicalId } from '../claims/claims';
import { FailedWithPhysicalId, type LifecycleEvent, type Outcome } from '../protocol/lifecycle';
import type { Clients } from '../service/clients';
import { Unfinished, type Clock } from '../service/clock';
import { failureMessage } from '../service/service-error';

/**
 * One event of a resource that a stack claims at the service, as against one that it creates. What a type says of
 * itself is abstract; the order of things is the same for all:
 *
 * - **Create**, **Update**: claim, then act; nothing where the event only confirms what it holds. A change back from a
 *   replacement also releases what the replacement claimed, which CloudFormation may never have learnt.
 * - **Delete**: release what the physical id names; by an id that CloudFormation invented, what the properties name.
 */
export abstract class ClaimedResource<Properties> {
  public constructor(
    protected readonly event: LifecycleEvent<Properties>,
    protected readonly clients: Clients,
    protected readonly clock: Clock,
  ) {}

  /** ARN of what is claimed. */
  protected abstract claimedArn(properties: Properties): string | undefined;
  /** Whether what has this ARN can be claimed by this type. */
  protected abstract canClaim(arn: string | undefined): arn is string;
  /** Whether an Update between these two changes nothing at the service. */
  protected abstract isSame(desired: Properties, previous: Properties): boolean;
  /** Claims, acts, and leaves all as it was found where that fails. */
  protected abstract hold(arn: string): Promise<void>;
  /** Undoes what the claim was for, unless others claim it, and drops the claim last. What is gone is released. */
  protected abstract release(arn: string): Promise<void>;

  /** Throws where no call can make the properties right. */
  protected refuseImpossible(): void {}

  protected attributes(_arn: string): Outcome['data'] {
    return undefined;
  }

  public async reconcile(): Promise<Outcome> {
    const { event } = this;
    const { RequestType, PhysicalResourceId, ResourceProperties: desired, OldResourceProperties: previous } = event;
    const arn = this.claimedArn(desired)!;
    if (RequestType === 'Delete') {
      const left = arnClaimedBy(event, arn);
      if (this.canClaim(left)) await this.release(left);
      return { physicalId: PhysicalResourceId! };
    }

    this.refuseImpossible();
    const physicalId = claimedPhysicalId(arn, event);
    const isHeld = PhysicalResourceId === physicalId;
    if (!isHeld || previous === undefined || !this.isSame(desired, previous)) await this.hold(arn);
    const left = previous && this.claimedArn(previous);
    if (isHeld && left !== arn && this.canClaim(left)) await this.release(left);
    return { physicalId, data: this.attributes(arn) };
  }

  /**
   * What to throw where a failed event could not put back what it found.
   *
   * @param what can't be put back, such as `the claim could not be dropped`
   */
  protected notPutBack(what: string, arn: string, cause: unknown, error: unknown): Error {
    const message = `${failureMessage(cause)}; and ${what}: ${failureMessage(error)}`;
    const options = { cause: Unfinished.in(error) ?? cause };
    // By this id the Delete that follows comes for it.
    return this.event.RequestType === 'Create'
      ? new FailedWithPhysicalId(message, claimedPhysicalId(arn, this.event), options)
      : new Error(message, options);
  }
}
