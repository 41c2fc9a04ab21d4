import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import type { Dice } from './dice';
import type { CallDisturbance, Disturbance } from './disturbance';
import { trace } from './trace';
import type { Traffic } from './traffic';
import type { VirtualTime } from './virtual-time';
import { errorAnswer, serve, type Answer } from '../../../local/emulator/http/api';
import type { World } from '../../../local/emulator/http/world';
import { accessDenied, ServiceError } from '../../../local/emulator/protocol/errors';
import { match } from '../../../local/emulator/protocol/router';
import { type Clients } from '../../../src/handlers/service/clients';
import type { Clock } from '../../../src/handlers/service/clock';
import { clients, sdkClients } from '../../../src/handlers/service/sdk-clients';

/** How long the handlers' clients wait for an answer. */
const CLIENT_TIMEOUT_MS = 15_000;
/** How far a stale list lags behind. */
const STALE_MS = 5_000;
/** Up to how many turns of the event loop a call waits on its way, so that concurrent ones meet in every order. */
const MOST_TURNS = 3;

/** What every line's clients have in common: only the way to the service differs. */
const SDK = sdkClients();

const forever = () => new Promise<never>(() => {});
const turn = () => new Promise(resolve => setImmediate(resolve));

/** The way from one invocation of a function to the service; what befalls the calls befalls them here. */
export class Line {
  /** Operations called, in order, with the SDK's own repetitions. */
  public readonly operations: string[] = [];
  /** Comes true when the function is killed: from then on it neither calls nor hears anything. */
  public readonly killed: Promise<'killed'>;
  public isDead = false;
  private lasting?: string;
  private tellKilled!: (value: 'killed') => void;

  public constructor(
    private readonly world: World,
    private readonly time: VirtualTime,
    private readonly dice: Dice,
    private readonly traffic: Traffic,
    private readonly disturbance: Disturbance = {},
  ) {
    this.killed = new Promise(resolve => { this.tellKilled = resolve; });
  }

  /** The handlers' own clients at this end of the line. */
  public clients(clock: Clock): Clients {
    const requestHandler = { handle: (request: HttpRequest) => this.handle(request), destroy: () => {} };
    const connected = <Client extends { config: object }>(client: Client): Client =>
      Object.create(client, { config: { value: { ...client.config, requestHandler } } });
    return clients(clock, { messaging: connected(SDK.messaging), identity: connected(SDK.identity) });
  }

  public kill(): void {
    this.isDead = true;
    this.tellKilled('killed');
  }

  private async handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
    const answer = await this.time.during(() => this.answer(request));
    if (this.traffic.latencyMs > 0) await this.time.sleep(this.traffic.latencyMs);
    if (answer === NO_ANSWER) await this.time.sleep(CLIENT_TIMEOUT_MS);
    if (this.isDead) return forever();
    if (answer === NO_ANSWER) throw Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
    if (answer instanceof Error) throw answer;
    return { response: toResponse(answer) };
  }

  private async answer(request: HttpRequest): Promise<Answer | Error> {
    const url = urlOf(request);
    await this.wait();
    if (this.isDead) return neverSeen;
    const operation = match(request.method, url)?.route.operation ?? 'unknown';
    this.operations.push(operation);
    const disturbance = this.next(operation);
    if (disturbance === 'die-before') {
      this.kill();
      return neverSeen;
    }
    const instead = disturbance === undefined ? undefined : this.refusal(disturbance, operation);
    const answer = instead ?? await this.serve(request, url, disturbance);
    this.traffic.count(operation, answer instanceof Error ? 0 : answer.status);
    if (disturbance === 'die-after') this.kill();
    if (disturbance === 'lost-answer') return reset();
    trace(() => {
      const said = answer instanceof Error ? answer.message : answer.errorType ?? 'ok';
      return `    ${operation}${disturbance === undefined ? '' : ` [${disturbance}]`} ${said}`;
    });
    await this.wait();
    return answer;
  }

  private next(operation: string): CallDisturbance | undefined {
    const { call, operation: counted, does, isLasting } = this.disturbance;
    const calls = counted === undefined
      ? this.operations.length
      : this.operations.filter(called => called === counted).length;
    const isMeant = calls === call && (counted === undefined || counted === operation);
    if (isMeant && isLasting) this.lasting = operation;
    return isMeant || this.lasting === operation ? does : undefined;
  }

  /** What a disturbed call gets without reaching the service. */
  private refusal(disturbance: CallDisturbance, operation: string): Answer | Error | undefined {
    switch (disturbance) {
      case 'connection-reset': return reset();
      case 'time-out': return NO_ANSWER;
      case 'AccessDenied':
        return errorAnswer(
          accessDenied('arn:aws:sts::123456789012:assumed-role/provider/session', `chime:${operation}`, '*'),
        );
      case 'die-before': case 'die-after': case 'lost-answer': case 'stale-list': return undefined;
      default: return errorAnswer(ServiceError.of(disturbance, `this ${operation} fails because a fault is set`));
    }
  }

  private async serve(request: HttpRequest, url: URL, disturbance?: CallDisturbance): Promise<Answer | Error> {
    const { listConsistencyMs } = this.world.behaviour;
    if (disturbance === 'stale-list') this.world.setBehaviour({ listConsistencyMs: STALE_MS });
    const answer = await serve(
      this.world, request.method, { url, headers: request.headers, body: textOf(request.body) },
    );
    if (disturbance === 'stale-list') this.world.setBehaviour({ listConsistencyMs });
    return typeof answer === 'string' ? new Error(answer) : answer;
  }

  private async wait(): Promise<void> {
    for (let turns = this.dice.below(MOST_TURNS); turns > 0; turns--) await turn();
  }
}

const NO_ANSWER = new Error('no answer');
const neverSeen = new Error('the function is dead');

function reset(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

function textOf(body: unknown): string {
  return body instanceof Uint8Array
    ? new TextDecoder().decode(Uint8Array.from(body))
    : (body as string | undefined) ?? '';
}

function urlOf({ path, query }: HttpRequest): URL {
  const pairs = Object.entries(query).flatMap(
    ([name, value]) => [value].flat().map((item): [string, string] => [name, item ?? '']),
  );
  return new URL(`http://service${path}?${new URLSearchParams(pairs)}`);
}

function toResponse({ status, errorType, body }: Answer): HttpResponse {
  return new HttpResponse({
    statusCode: status,
    headers: {
      'content-type': 'application/json', ...errorType === undefined ? {} : { 'x-amzn-errortype': errorType },
    },
    body: new Uint8Array(Buffer.from(body ?? '')),
  });
}
