import { paginateListAppInstanceAdmins } from '@aws-sdk/client-chime-sdk-identity';
import { appInstanceIsGone } from './app-instance-presence';
import { isUserOrBotArn } from './arn';
import type { Clients } from './clients';
import type { Clock } from './clock';
import { retryWhile } from './retry';
import { explain, isForbidden, isNotFound } from './service-error';

/** How long a user that was just promoted may be refused. */
const PROMOTION_SETTLES_WITHIN_MS = 30_000;

/** The service itself refused every bearer that was tried. */
export class BearersRefused extends Error {
  public readonly name = 'BearersRefused';

  public constructor(
    message: string,
    /**
     * An admin sees all that is there: what an admin is refused is gone. So is everything in an app instance that is
     * gone.
     */
    public readonly provesAbsence: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Whether the error of a call in a bearer's name proves that what was called for is gone. */
export function provesGone(error: unknown): boolean {
  return isNotFound(error) || (error instanceof BearersRefused && error.provesAbsence);
}

export interface BearersOptions {
  /** Whom the template names, in the order of preference. */
  readonly named: readonly (string | undefined)[];
  /**
   * Whether any admin of the app instance may stand in for those named: a bearer can be gone by the time of a Delete.
   */
  readonly orAnyAdmin: boolean;
}

/** The bearers of calls on the channels of one app instance, during one event. */
export class Bearers {
  /** Who was not refused last; asked first. */
  private accepted?: string;
  private mayWrite = false;
  private patienceEnds?: number;
  private admins?: Promise<string[]>;

  public constructor(
    private readonly appInstanceArn: string,
    private readonly options: BearersOptions,
    private readonly clients: Pick<Clients, 'identity'>,
    private readonly clock: Clock,
  ) {}

  /** Reads as the first bearer that the service doesn't refuse. */
  public async read<T>(send: (bearer: string) => Promise<T>): Promise<T> {
    return this.mayWrite ? this.attempt(send) : this.retryWhileRefused(() => this.attempt(send));
  }

  /** Writes as the first bearer that the service doesn't refuse, and from then on as that one. */
  public async write<T>(send: (bearer: string) => Promise<T>): Promise<T> {
    const answer = this.mayWrite ? await this.attempt(send) : await this.retryWhileRefused(() => this.attempt(send));
    this.mayWrite = true;
    return answer;
  }

  /** A user who was promoted just now is given time, once an event. */
  private async retryWhileRefused<T>(attempt: () => Promise<T>): Promise<T> {
    const isRefused = (error: unknown) => {
      if (!(error instanceof BearersRefused) || !isForbidden(error)) return false;
      this.patienceEnds ??= this.clock.now() + PROMOTION_SETTLES_WITHIN_MS;
      return this.clock.now() < this.patienceEnds;
    };
    return retryWhile(isRefused, PROMOTION_SETTLES_WITHIN_MS, this.clock, attempt);
  }

  private async attempt<T>(send: (bearer: string) => Promise<T>): Promise<T> {
    const refused: string[] = [];
    let refusal: unknown;
    for await (const bearer of this.candidates(refused)) {
      try {
        const answer = await send(bearer);
        this.accepted = bearer;
        return answer;
      } catch (error) {
        if (!isForbidden(error)) throw error;
        refusal = error;
        refused.push(bearer);
      }
    }
    throw await this.refusal(refused, refusal);
  }

  /** Ends with the first admin that is refused, for no other admin sees more. */
  private async *candidates(refused: readonly string[]): AsyncGenerator<string> {
    // Anything else would be refused in a way that stops what could go on by another.
    const named = new Set([this.accepted, ...this.options.named].filter(isUserOrBotArn));
    yield* named;
    if (!this.options.orAnyAdmin) return;
    const admins = await this.listAdmins();
    for (const admin of admins) {
      if (refused.some(bearer => admins.includes(bearer))) return;
      if (!named.has(admin)) yield admin;
    }
  }

  private async refusal(refused: readonly string[], cause: unknown): Promise<BearersRefused> {
    const admins = await this.listAdmins();
    const byAdmin = refused.some(bearer => admins.includes(bearer));
    const gone = byAdmin
      || (admins.length === 0 && await appInstanceIsGone(this.appInstanceArn, this.clients.identity, this.clock));
    // Lists lag: who is still on it may just have lost what makes a refusal a proof.
    this.admins = undefined;
    const fix = "set 'bearer' to an app instance admin, or promote one with AppInstanceAdmin";
    return new BearersRefused(
      refused.length === 0
        ? 'no bearer: the properties name no user or '
          + `bot${admins.length === 0 ? ` and ${this.appInstanceArn} has no admin` : ''} — ${fix}`
        : explain(
          cause,
          `the bearer ${refused.join(', ')} `
            + (byAdmin ? 'is an admin, so what was called for is gone' : `is not an admin: ${fix}`),
        ).message,
      gone,
      { cause },
    );
  }

  private listAdmins(): Promise<string[]> {
    return this.admins ??= this.readAdmins();
  }

  private async readAdmins(): Promise<string[]> {
    const admins: string[] = [];
    try {
      for await (const page of paginateListAppInstanceAdmins(
        { client: this.clients.identity }, { AppInstanceArn: this.appInstanceArn },
      )) {
        admins.push(...(page.AppInstanceAdmins ?? []).flatMap(({ Admin }) => Admin?.Arn ?? []));
      }
    } catch (error) {
      if (!isNotFound(error) && !isForbidden(error)) throw error;
    }
    return admins;
  }
}
