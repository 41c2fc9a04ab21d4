import { OPERATIONS } from '../operations';
import { World } from './world';
import { Call } from '../operations/access/call';
import { AnyOperation } from '../operations/operation';
import { gatherInput, readInput, RequestParts, writeOutput } from '../protocol/bindings';
import { isModelled } from '../protocol/constraints';
import { ServiceError } from '../protocol/errors';
import { match, Match, Route } from '../protocol/router';
import { Service } from '../protocol/services';
import { callingRole, signedRegion } from '../protocol/sigv4';
import { validate } from '../protocol/validation';
import { DroppedConnection, effectOf, faultAnswer, FaultError } from '../switches/faults';

export interface Answer {
  readonly status: number;
  readonly errorType?: string;
  readonly body?: string;
}

/** Serves one request of the API, from the route to the entry in the call log. */
export async function serve(world: World, method: string, request: RequestParts): Promise<Answer | DroppedConnection> {
  const received = world.now();
  const found = matchOrAnswer(method, request.url);
  if (!('route' in found)) return found;
  const { route } = found;
  const prepared = await prepare(found, request);
  await pause(world.behaviour.latencyMs);

  // From here to the answer nothing waits: calls are served one after the other, each as a whole.
  const fault = world.faults.next(route.operation);
  const { acts, dropped } = effectOf(fault);
  const refusal = acts ? undefined : fault;
  const isServed = acts || !dropped;
  const outcome = isServed ? attempt(route, () => perform(world, route, prepared, request, refusal)) : undefined;
  const role = callingRole(request.headers['x-amz-security-token']);
  world.calls.add({
    time: new Date(received).toISOString(),
    service: serviceOf(route, request),
    operation: route.operation,
    input: prepared.problem === undefined ? prepared.raw : withoutLongMembers(prepared.raw),
    ...typeof prepared.raw.ChimeBearer === 'string' ? { bearer: prepared.raw.ChimeBearer } : {},
    ...role !== undefined ? { role } : {},
    ...dropped ? { errorCode: fault } : { status: outcome?.status, errorCode: outcome?.errorType },
  });
  return dropped ?? outcome!;
}

/** An error as REST JSON, the way the service writes it. */
export function errorAnswer(error: ServiceError): Answer {
  return {
    status: error.status, errorType: error.type, body: JSON.stringify({ Code: error.code, Message: error.message }),
  };
}

function matchOrAnswer(method: string, url: URL): Match | Answer {
  try {
    return match(method, url) ?? errorAnswer(new ServiceError(
      404, 'UnknownOperationException', 'NotFound', `no operation answers to ${method} ${url.pathname}`,
    ));
  } catch (error) {
    return errorAnswer(asServiceError(error));
  }
}

/** An input, and what is wrong with it: what can't be read is logged all the same, and refused when its turn comes. */
interface PreparedInput {
  readonly raw: Record<string, unknown>;
  readonly checked?: unknown;
  readonly problem?: unknown;
}

async function prepare(found: Match, request: RequestParts): Promise<PreparedInput> {
  let raw: Record<string, unknown> = {};
  try {
    raw = gatherInput(found, request);
    validate(found.route.input, raw);
    return { raw, checked: await readInput(found.route.input, raw) };
  } catch (problem) {
    return { raw, problem };
  }
}

/** What is refused may be as long as a body, and the call log keeps many. */
const LONGEST_REFUSED_MEMBER = 2_048;

function withoutLongMembers(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => {
    const { length } = typeof value === 'string' ? value : JSON.stringify(value);
    return [name, length > LONGEST_REFUSED_MEMBER ? `… ${length} characters` : value];
  }));
}

function attempt({ operation }: Route, action: () => Answer): Answer {
  try {
    return action();
  } catch (error) {
    return errorAnswer(modelled(operation, asServiceError(error)));
  }
}

/** What the model does not list only a switch can make the emulator answer. */
function modelled(operation: string, error: ServiceError): ServiceError {
  return error.bySwitch || isModelled(operation, error.type.replace(/Exception$/, ''))
    ? error
    : asServiceError(new Error(`${operation} has no ${error.type}, and no switch asked for it: ${error.message}`));
}

function perform(
  world: World, route: Route, input: PreparedInput, request: RequestParts, refusal?: FaultError,
): Answer {
  const region = signedRegion(request.headers.authorization);
  if (refusal) {
    throw faultAnswer(refusal, { operation: route.operation, accountId: world.accountId, input: input.raw });
  }
  world.throttle.take(route.operation);
  const operation = OPERATIONS[route.operation];
  if (!operation) {
    throw new ServiceError(
      501, 'NotImplementedException', 'NotImplemented', `the emulator does not serve ${route.operation}`,
    );
  }
  if (input.problem) throw input.problem;
  const output = run(operation, {
    operation: route.operation,
    input: input.checked,
    region,
    accountId: world.accountId,
    state: world.state,
    behaviour: world.behaviour,
    now: world.now(),
    invocations: world.invocations,
  });
  return { status: route.successStatus, body: writeOutput(route.output, output) };
}

/** Checks and acts, unless the call's token got its answer before. */
function run(operation: AnyOperation, call: Call<any>): unknown {
  const token: string | undefined = call.input.ClientRequestToken;
  if (!token) return operation.act(call, operation.check(call));
  const scope = `${call.operation} ${call.region}`;
  const known = call.state.requestTokens.replay(scope, token, call.input, call.behaviour.repeatedToken);
  if (known) return known;
  const output = operation.act(call, operation.check(call));
  call.state.requestTokens.remember(scope, token, call.input, output);
  return output;
}

/**
 * Both services have the tag operations, at the same paths: only what the SDK says of itself tells which one is called.
 */
function serviceOf(route: Route, { headers }: RequestParts): Service {
  return /chime.sdk.identity/i.test(headers['user-agent'] ?? '') ? 'identity' : route.service;
}

function asServiceError(error: unknown): ServiceError {
  return error instanceof ServiceError
    ? error
    : ServiceError.of('ServiceFailure', `the emulator failed: ${error instanceof Error ? error.stack : error}`);
}

function pause(ms: number): Promise<void> | undefined {
  return ms > 0 ? new Promise(resolve => setTimeout(resolve, ms)) : undefined;
}
