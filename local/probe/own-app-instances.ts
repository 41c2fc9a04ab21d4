import { randomUUID } from 'node:crypto';
import { mayStillRun, PROBE_NAME_PREFIX, PROBE_TAG, runMarker } from './marker';
import { DENIED_BY_IAM, describeOutcome, Outcome, outcomeOf } from './outcome';
import { removeAppInstance } from './removal';
import type { Service } from './service';
import type { Patience } from './waiting';

/** An app instance that a probe made. */
export interface OwnAppInstance {
  readonly arn: string;
  /** Which run made it. */
  readonly marker: string;
}

/** The app instances of probes. Nothing else in the account is ever touched. */
export class OwnAppInstances {
  private readonly marker = runMarker();
  /** Those whose creation was answered. */
  private readonly created = new Set<string>();
  /** Those of them that are not deleted yet. */
  private readonly made = new Set<string>();

  /**
   * @param asking makes app instances, until the run is stopped
   * @param removing removes them, also afterwards
   */
  constructor(
    private readonly asking: Service, private readonly removing: Service, private readonly patience: Patience,
  ) {}

  async create(): Promise<string> {
    const { AppInstanceArn } = await this.asking.identity.createAppInstance({
      Name: `${PROBE_NAME_PREFIX}${randomUUID()}`,
      Tags: [{ Key: PROBE_TAG, Value: this.marker }],
    });
    this.created.add(AppInstanceArn!);
    this.made.add(AppInstanceArn!);
    return AppInstanceArn!;
  }

  /** Deletes one as part of a question: the outcome is what is asked for. */
  async deleteAsked(AppInstanceArn: string): Promise<Outcome> {
    const outcome = await outcomeOf(this.asking.identity.deleteAppInstance({ AppInstanceArn }));
    if (outcome.code === 'success') this.made.delete(AppInstanceArn);
    return outcome;
  }

  /** What other runs have: what they left behind, and what they may still be at work with. */
  async ofOthers(): Promise<{ left: OwnAppInstance[]; inUse: OwnAppInstance[] }> {
    const found = await this.find();
    return {
      left: found.filter(({ marker }) => !mayStillRun(marker)),
      inUse: found.filter(({ marker }) => mayStillRun(marker)),
    };
  }

  /**
   * Removes all that this run made, also what was made by a call whose answer was lost. Answers what is still there,
   * and why.
   */
  async removeMade(): Promise<Map<string, string>> {
    const problems = await this.remove([...this.made]);
    // One that was just deleted may still be listed.
    const lost = (await this.find()).filter(({ arn, marker }) => marker === this.marker && !this.created.has(arn));
    return new Map([...problems, ...await this.remove(lost.map(({ arn }) => arn))]);
  }

  /** Removes these, and answers which are still there, and why. */
  async remove(arns: readonly string[]): Promise<Map<string, string>> {
    const problems = new Map<string, string>();
    for (const arn of arns) {
      const outcome = await removeAppInstance(this.removing, this.patience, arn);
      if (outcome.code === 'success') {
        this.made.delete(arn);
      } else {
        problems.set(arn, outcome.message ?? describeOutcome(outcome));
      }
    }
    return problems;
  }

  /** By name and by tag: a name alone may be somebody else's. */
  private async find(): Promise<OwnAppInstance[]> {
    const found: OwnAppInstance[] = [];
    for (const arn of await this.named()) {
      const tags = await outcomeOf(this.removing.identity.listTagsForResource({ ResourceARN: arn }));
      if (tags.code === DENIED_BY_IAM) throw new Error(tags.message);
      // One that is gone meanwhile, yet still listed, answers with an error.
      const marker = tags.output?.Tags?.find(({ Key }) => Key === PROBE_TAG)?.Value;
      if (marker !== undefined) found.push({ arn, marker });
    }
    return found;
  }

  private async named(): Promise<string[]> {
    const arns: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.removing.identity.listAppInstances({ MaxResults: 50, NextToken });
      for (const { AppInstanceArn, Name } of page.AppInstances ?? []) {
        if (Name?.startsWith(PROBE_NAME_PREFIX)) arns.push(AppInstanceArn!);
      }
      NextToken = page.NextToken;
    } while (NextToken);
    return arns;
  }
}
