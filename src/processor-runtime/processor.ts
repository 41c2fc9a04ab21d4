import { NotAnswered } from './callback';
import { Deliveries } from './deliveries';
import { idsOf, parseEvent } from './event';
import { describeFailure } from './failure';
import { processMessage } from './message-processing';
import { messagingClient } from './messaging-client';
import { remainingTime } from './remaining-time';
import type { ChannelFlowHandler, ProcessorOptions, ChannelMessageEvent, DecideMessage, ErrorDecision } from './types';
import { log } from '../lambda-environment/log';

/** Wires a processor: see `channelFlowProcessor` for what it promises. */
export function makeProcessor(decide: DecideMessage, options: ProcessorOptions): ChannelFlowHandler {
  const onError = checkArguments(decide, options);
  const deliveries = new Deliveries();
  // Now rather than for the first message: Lambda gives the initialization more of the processor.
  messagingClient();

  return async (received, context) => {
    const started = performance.now();
    const remaining = remainingTime(context);
    const finished = (level: 'INFO' | 'ERROR', more: Record<string, unknown>) => log({
      level,
      ...idsOf(received),
      ...more,
      durationMs: Math.round(performance.now() - started),
    });

    let event: ChannelMessageEvent;
    try {
      event = parseEvent(received);
    } catch (error) {
      // Returns: delivered again, the event would be no better.
      return finished('ERROR', { answer: 'NOT_ANSWERABLE', ...describeFailure(error) });
    }

    const isFirst = await deliveries.once(keyOf(event), async () => {
      try {
        const { decision, outcome, failure } = await processMessage(event, decide, onError, remaining);
        finished(failure === undefined ? 'INFO' : 'ERROR', { decision, ...outcome, ...failure });
      } catch (error) {
        finished('ERROR', { answer: 'NOT_ANSWERED', ...describeFailure(error, event.ChannelMessage) });
        // Lambda logs what is thrown, message and all.
        throw error instanceof NotAnswered
          ? error
          : new NotAnswered(`message ${event.ChannelMessage.MessageId} has no answer yet`);
      }
    });
    if (!isFirst) finished('INFO', { answer: 'REPEATED' });
  };
}

function keyOf({ CallbackId, ChannelMessage: { ChannelArn, MessageId } }: ChannelMessageEvent): string {
  return JSON.stringify([CallbackId, ChannelArn, MessageId]);
}

function checkArguments(decide: unknown, { onError = 'deny' }: ProcessorOptions): ErrorDecision {
  if (typeof decide !== 'function') {
    throw new TypeError('channelFlowProcessor needs a function that decides about a message, not '
      + `${decide === null ? 'null' : `a value of type ${typeof decide}`}`);
  }
  if (onError !== 'allow' && onError !== 'deny') {
    const received: unknown = onError;
    const shown = typeof received === 'string' || received === null
      ? JSON.stringify(received)
      : `a value of type ${typeof received}`;
    throw new TypeError(`onError is ${shown}: it must be 'allow' or 'deny'`);
  }
  return onError;
}
