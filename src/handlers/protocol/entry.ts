/**
 * The one wrapper around every lifecycle: from a Lambda invocation to an answer that CloudFormation gets.
 *
 * | The lifecycle                              | CloudFormation gets                                                        |
 * |--------------------------------------------|----------------------------------------------------------------------------|
 * | returns                                    | SUCCESS with its id and data; a Delete keeps the event's id                 |
 * | is not called: a Create or Update names what is in another account or region | FAILED                             |
 * | throws on Create, first delivery           | FAILED with a create-failed id, whose Delete is answered without the lifecycle |
 * | throws on Create, a later delivery         | FAILED with a create-unknown id: the delivery before may have made something   |
 * | throws on Update, Delete                   | FAILED with the event's id                                                 |
 * | throws `FailedWithPhysicalId`              | FAILED with that id; a Delete keeps the event's                             |
 * | throws `Unfinished`, not the last delivery | nothing yet: the invocation fails, and Lambda delivers the event again     |
 * | throws `Unfinished`, last delivery         | FAILED with its message, and how long ago the event was sent; a Create with a create-unknown id |
 * | overruns its time, last delivery           | FAILED; on an earlier delivery Lambda ends it and delivers the event again |
 * | is not called: event older than an hour    | nothing: CloudFormation went on long ago, and this must not undo it        |
 * | is not called: no usable ResponseURL       | nothing: there is nowhere to answer to                                     |
 */
import { createFailedId, createUnknownId, isCreateFailedId } from './create-failed';
import { assertOwnEnvironment, environmentOf, withoutForeign } from './environment';
import { FailedWithPhysicalId, type Lifecycle, type LifecycleEvent, type Outcome } from './lifecycle';
import { parseRequest } from './request';
import { responseBody, withinIdLimit, type Response } from './response';
import { ResponseUrl } from './response-url';
import { NotSent, connect, send } from './send';
import { log } from '../../lambda-environment/log';
import { GO_ON, Unfinished, type Clock } from '../service/clock';
import { failureMessage, describeStack } from '../service/service-error';

/** CloudFormation gives up on an answer after this long. */
const SERVICE_TIMEOUT_MS = 3_600_000;

/**
 * Lambda delivers a failed event after about one minute again, and after two more once more. An event as old as this
 * many time-outs of the function at its start has been through two of them: nothing delivers it again.
 */
const LAST_DELIVERY_TIMEOUTS = 1.75;

/** Lambda waits longer than this before it delivers an event again. */
const FIRST_DELIVERY_WITHIN_MS = 30_000;

/** What is kept back for the answer, unless the function's whole time is short. */
const ANSWER_MS = 15_000;

/** The part of Lambda's context that the protocol needs. */
export interface InvocationContext {
  readonly invokedFunctionArn?: string;
  getRemainingTimeInMillis(): number;
}

export type LambdaHandler = (event: unknown, context: InvocationContext) => Promise<void>;

export function lambdaEntry<Properties, Clients>(
  lifecycle: Lifecycle<Properties, Clients>,
  makeClients: (clock: Clock) => Clients,
): LambdaHandler {
  return async (event, context) => {
    const environment = environmentOf(context.invokedFunctionArn);
    const timeout = context.getRemainingTimeInMillis();
    const envelope = envelopeOf(event);
    const responseUrl = new ResponseUrl(envelope.ResponseURL);
    const { signed } = responseUrl;
    const clock = invocationClock(context, signed);
    const started = clock.now();
    const finished = (status: string, more?: Record<string, unknown>) => log({
      level: status === 'SUCCESS' || status === 'IGNORED' ? 'INFO' : 'ERROR',
      requestId: envelope.RequestId,
      type: envelope.ResourceType,
      logicalId: envelope.LogicalResourceId,
      operation: envelope.RequestType,
      status,
      durationMs: clock.now() - started,
      ...more,
    }, text => responseUrl.redact(text));

    if (responseUrl.url === undefined) return finished('UNANSWERABLE', { reason: responseUrl.problem });
    const age = signed === undefined ? undefined : started - signed;
    if (age !== undefined && age > SERVICE_TIMEOUT_MS) {
      return finished('IGNORED', { reason: 'older than CloudFormation waits', ageMs: age });
    }

    const connection = connect(responseUrl.url);
    const isLastDelivery = age === undefined || age >= LAST_DELIVERY_TIMEOUTS * timeout;
    let answer: Response;
    let failure: unknown;
    try {
      const request = { ...parseRequest(event), ...signed !== undefined && { signed } };
      if (request.RequestType !== 'Delete') assertOwnEnvironment(request.ResourceProperties, environment);
      const outcome = request.RequestType === 'Delete' && isCreateFailedId(request.PhysicalResourceId)
        ? { physicalId: request.PhysicalResourceId! }
        : await withinTime(
          isLastDelivery, clock, () => lifecycle(withoutForeign(request, environment), makeClients(clock), clock),
        );
      answer = succeeded(request, withinIdLimit(request, outcome));
    } catch (error) {
      const unfinished = Unfinished.in(error);
      if (unfinished !== undefined && !isLastDelivery) {
        connection.close();
        finished('UNFINISHED', { reason: unfinished.message });
        throw unfinished;
      }
      failure = error;
      const isFirstAndEnded = unfinished === undefined && (age === undefined || age < FIRST_DELIVERY_WITHIN_MS);
      answer = failed(
        envelope, error, isFirstAndEnded ? createFailedId : createUnknownId, unfinished && waitedSince(signed, clock),
      );
    }

    try {
      await send(connection, responseBody(answer), clock.sleep);
    } catch (error) {
      finished('UNANSWERED', { answer: answer.Status, reason: (error as Error).message, failure: answer.Reason });
      // Lambda delivers again what throws. That is right only while CloudFormation can't have gone on: a second run
      // after an answer that arrived would undo a rollback.
      if (error instanceof NotSent && !error.mayHaveArrived) throw new Error('the answer could not be sent');
      return;
    }
    finished(answer.Status, failure === undefined ? {} : { reason: answer.Reason, stack: describeStack(failure) });
  };
}

/** What is there of the event's frame, whatever came. */
function envelopeOf(event: unknown) {
  const frame = typeof event === 'object' && event !== null ? event as Record<string, unknown> : {};
  const text = (name: string) => typeof frame[name] === 'string' ? frame[name] : undefined;
  return {
    ResponseURL: frame.ResponseURL,
    RequestType: text('RequestType'),
    RequestId: text('RequestId'),
    StackId: text('StackId'),
    ResourceType: text('ResourceType'),
    LogicalResourceId: text('LogicalResourceId'),
    PhysicalResourceId: text('PhysicalResourceId'),
  };
}

function succeeded(request: LifecycleEvent<unknown>, { physicalId, data }: Outcome): Response {
  return {
    Status: 'SUCCESS',
    // An id that changes on Delete is a resource that CloudFormation doesn't know.
    PhysicalResourceId: request.RequestType === 'Delete' ? request.PhysicalResourceId! : physicalId,
    StackId: request.StackId,
    RequestId: request.RequestId,
    LogicalResourceId: request.LogicalResourceId,
    ...data !== undefined && { Data: data },
  };
}

/**
 * @param failedId makes the id of a failed Create, which says whether something may be left behind
 * @param addition what the protocol knows beside the error
 */
function failed(
  envelope: ReturnType<typeof envelopeOf>, error: unknown, failedId: (requestId: string) => string, addition = '',
): Response {
  const { RequestType, RequestId = 'unknown', StackId = '', LogicalResourceId = '', PhysicalResourceId } = envelope;
  const left = error instanceof FailedWithPhysicalId && RequestType !== 'Delete' ? error.physicalId : undefined;
  return {
    Status: 'FAILED',
    Reason: `${failureMessage(error) || 'failed without a message'}${addition}`,
    PhysicalResourceId: left ?? ((RequestType === 'Create' ? undefined : PhysicalResourceId) || failedId(RequestId)),
    StackId,
    RequestId,
    LogicalResourceId,
  };
}

/** Time ends with the invocation, or when CloudFormation waits no longer; what an answer takes is kept back. */
function invocationClock(context: InvocationContext, signed: number | undefined): Clock {
  const keptBack = Math.min(ANSWER_MS, context.getRemainingTimeInMillis() / 5);
  const awaitedUntil = (signed ?? Infinity) + SERVICE_TIMEOUT_MS;
  return {
    now: () => Date.now(),
    sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
    remaining: () => Math.min(context.getRemainingTimeInMillis(), awaitedUntil - Date.now()) - keptBack,
  };
}

function waitedSince(signed: number | undefined, clock: Clock): string | undefined {
  return signed === undefined
    ? undefined
    : ` (CloudFormation sent the event ${Math.round((clock.now() - signed) / 60_000)} min ago)`;
}

/** On the last delivery nobody else will answer, so an answer must come before Lambda ends the function. */
async function withinTime<T>(isLastDelivery: boolean, clock: Clock, work: () => Promise<T>): Promise<T> {
  if (!isLastDelivery) return work();
  let timer: NodeJS.Timeout | undefined;
  const overrun = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Unfinished(`the function ran out of time — ${GO_ON}`)), Math.max(0, clock.remaining()),
    );
  });
  try {
    return await Promise.race([work(), overrun]);
  } finally {
    clearTimeout(timer);
  }
}
