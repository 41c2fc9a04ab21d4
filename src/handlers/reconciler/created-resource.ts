import { createdByEvent, createdRecently } from '../claims/creation-time';
import { assertNotOfAnotherStack, isOfAnotherStack } from '../claims/owner';
import { createUnknownId } from '../protocol/create-failed';
import { FailedWithPhysicalId, type LifecycleEvent, type Outcome } from '../protocol/lifecycle';
import type { Clients } from '../service/clients';
import { Unfinished, type Clock } from '../service/clock';
import { failureMessage, mayHaveSucceeded } from '../service/service-error';
import { convergeTags, convergeTagsOfFound, sameTags } from '../tags/tag-diff';
import type { TagProperty } from '../tags/tag-property';
import { listed, type Tagging } from '../tags/tagging';

interface Tagged {
  readonly Tags?: TagProperty[];
}

/** Which of the things that carry our owner tag, told by when they were created. */
export type Age = (created: Date | undefined) => boolean;
export const OF_ANY_AGE: Age = () => true;

/**
 * One event of a resource that a stack creates at the service, as against one that it only claims. What a type says of
 * itself is abstract; the order of things is the same for all:
 *
 * - **Create**, and an Update to what is another resource at the service: create. Where that fails so that it may have
 *   succeeded all the same, what carries our owner tag and is of the right age is adopted; where this can't be found
 *   out, the id answered makes the Delete that follows look for it.
 * - **Update**: converge what differs; what is proven gone is created again. A change back from a replacement also
 *   deletes the replacement, whose id CloudFormation may never have learnt.
 * - **Delete**: what is there and not another stack's; by an id that CloudFormation invented, the orphan of a Create
 *   whose answer was lost.
 */
export abstract class CreatedResource<Properties extends Tagged> {
  protected abstract readonly tagging: Tagging;

  public constructor(
    protected readonly event: LifecycleEvent<Properties>,
    protected readonly clients: Clients,
    protected readonly clock: Clock,
  ) {}

  /** Whether the id is an ARN of this type. */
  protected abstract isArn(physicalId: string): boolean;
  /** Whether what has this ARN can become what the event desires, by an update. */
  protected abstract canBecomeDesired(arn: string): boolean;
  /** What `put` puts, comparable. */
  protected abstract contentOf(properties: Properties): string;
  protected abstract create(): Promise<string>;
  protected abstract put(arn: string): Promise<void>;
  protected abstract delete(arn: string): Promise<void>;
  protected abstract provesGone(error: unknown, arn: string): Promise<boolean>;
  /** What this resource created, with these properties; `isNew`, if it may be missing from lists yet. */
  protected abstract findOwn(properties: Properties, isMeant: Age, isNew: boolean): Promise<string[]>;
  protected abstract outcomeOf(arn: string): Outcome;

  public async reconcile(): Promise<Outcome> {
    const { RequestType, PhysicalResourceId } = this.event;
    if (RequestType !== 'Delete') {
      return this.outcomeOf(await (RequestType === 'Create' ? this.createOrAdopt() : this.update()));
    }
    await this.remove(PhysicalResourceId!);
    return { physicalId: PhysicalResourceId! };
  }

  /** Whether a Create that failed so may have succeeded. */
  protected mayHaveCreated(error: unknown): boolean {
    return mayHaveSucceeded(error);
  }

  protected explainFailedCreate(error: unknown): unknown {
    return error;
  }

  /** For an Update to another resource: a rollback must find the one from before the replacement. */
  protected replace(): Promise<string> {
    return this.createOrAdopt();
  }

  /** Created again, when what the event's id names is gone. */
  protected recreate(): Promise<string> {
    return this.createOrAdopt();
  }

  protected isOthers(_arn: string, tags: readonly TagProperty[]): boolean {
    return isOfAnotherStack(tags, this.event);
  }

  /** The tags that were set by earlier properties, and may be removed. */
  protected previousTags(_arn: string, _present: readonly TagProperty[]): readonly TagProperty[] | undefined {
    return this.event.OldResourceProperties?.Tags;
  }

  protected async createOrAdopt(): Promise<string> {
    try {
      return await this.create();
    } catch (error) {
      const adopted = await this.adoptAfter(error);
      if (adopted === undefined) throw this.explainFailedCreate(error);
      return adopted;
    }
  }

  /** Adopts what a failed Create made all the same; undefined where there is no such thing. */
  protected async adoptAfter(
    failure: unknown,
    find = (isMeant: Age, isNew: boolean) => this.findOwn(this.event.ResourceProperties, isMeant, isNew),
  ) {
    const [created] = this.mayHaveCreated(failure) ? await this.findAfter(failure, find) : [];
    return created === undefined ? undefined : this.adopt(created);
  }

  protected async adopt(arn: string): Promise<string> {
    try {
      await this.converge(arn, { isFound: true });
      return arn;
    } catch (error) {
      if (this.event.RequestType === 'Update') throw error;
      throw new FailedWithPhysicalId(failureMessage(error), arn, { cause: error });
    }
  }

  /** @param isFound nobody knows what state what was found is in */
  protected async converge(arn: string, { isFound = false } = {}): Promise<void> {
    const { ResourceProperties: desired, OldResourceProperties: previous } = this.event;
    const isChanged = isFound || previous === undefined || this.contentOf(desired) !== this.contentOf(previous);
    if (!isChanged && sameTags(desired.Tags, previous.Tags)) return;
    const present = await this.tagging.list(arn);
    assertNotOfAnotherStack(arn, present, this.event);
    const previousTags = this.previousTags(arn, present);
    if (isChanged) await this.put(arn);
    await (isFound ? convergeTagsOfFound : convergeTags)(
      arn, listed(present, this.tagging), desired.Tags, previousTags,
    );
  }

  private async findAfter(
    failure: unknown, find: (isMeant: Age, isNew: boolean) => Promise<string[]>,
  ): Promise<string[]> {
    const { RequestType, RequestId } = this.event;
    const ofThisEvent: Age = created => createdByEvent(created, this.event, this.clock);
    try {
      return await find(RequestType === 'Update' ? OF_ANY_AGE : ofThisEvent, mayHaveSucceeded(failure));
    } catch (error) {
      const cause = Unfinished.in(error) ?? failure;
      if (RequestType !== 'Create') throw cause;
      const message = `${failureMessage(failure)}; and whether it was created could not be found out: `
        + `${failureMessage(error)}`;
      throw new FailedWithPhysicalId(message, createUnknownId(RequestId), { cause });
    }
  }

  private async update(): Promise<string> {
    const { PhysicalResourceId: arn = '', OldResourceProperties: previous } = this.event;
    if (!this.isArn(arn) || !this.canBecomeDesired(arn)) return this.replace();
    let current = arn;
    try {
      await this.converge(arn);
    } catch (error) {
      if (!await this.provesGone(error, arn)) throw error;
      current = await this.recreate();
    }
    if (previous !== undefined) await this.deleteReplacement(current, previous);
    return current;
  }

  /**
   * A swapped Update after a replacement: CloudFormation may never have learnt the id of what replaced this resource.
   */
  protected abstract deleteReplacement(current: string, previous: Properties): Promise<void>;

  private async remove(physicalId: string): Promise<void> {
    if (!this.isArn(physicalId)) return this.deleteOrphan(this.event.ResourceProperties);
    try {
      if (this.isOthers(physicalId, await this.tagging.list(physicalId))) return;
    } catch (error) {
      if (await this.provesGone(error, physicalId)) return;
      throw error;
    }
    await this.delete(physicalId);
  }

  /** Deletes what an event created whose answer was lost. */
  protected async deleteOrphan(properties: Properties): Promise<void> {
    for (const arn of await this.findOwn(properties, created => createdRecently(created, this.clock), true)) {
      await this.delete(arn);
    }
  }
}
