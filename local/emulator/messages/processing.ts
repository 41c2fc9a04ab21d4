import { randomUUID } from 'node:crypto';
import { notifyMembers, notifySender } from './session-events';
import { Stage } from './stage';
import { Message, Revision } from '../store/message';
import { updated } from '../store/record';
import { PendingCallback, Processor, keyIn } from '../store/state';

type Change = PendingCallback['change'];

/** Sends a revision, through the channel's flow if it has one and the message is of the kind that flows process. */
export function submit(stage: Stage, message: Message, revision: Revision, change: Change): Message {
  return proceed(stage, message, revision, change, processorsFor(stage, message));
}

/** Goes on after a processor has answered. */
export function advance(
  stage: Stage, message: Message, revision: Revision, { change, later }: PendingCallback,
): Message {
  return proceed(stage, message, revision, change, later);
}

/** Drops what a processor denied: a new message altogether, another revision without a trace. */
export function deny(stage: Stage, message: Message, { change, processor }: PendingCallback): void {
  const key = keyIn(message.ChannelArn, message.MessageId);
  if (message.sent) {
    stage.state.messages.set(key, { ...message, attempt: undefined });
  } else {
    stage.state.messages.delete(key);
    stage.state.denied.set(key, message.Sender);
  }
  notifySender(
    stage.state, stage.now, change, message, { Value: 'DENIED', Detail: `processor ${processor.Name} denied it` },
  );
}

/** Does what the processor's fallback action says when its function can't be invoked. */
export function fallBack(stage: Stage, callback: PendingCallback, reason: string): void {
  const { state } = stage;
  const message = state.messages.get(keyIn(callback.ChannelArn, callback.MessageId));
  // The channel may be gone, or the answer there: a function can be invoked and its engine still fail to say so.
  if (!message?.attempt || !state.callbacks.delete(keyIn(callback.ChannelArn, callback.CallbackId))) return;
  if (callback.processor.FallbackAction === 'CONTINUE') {
    advance(stage, message, message.attempt.revision, callback);
    return;
  }
  const detail = `processor ${callback.processor.Name} could not be invoked: ${reason}`.slice(0, LONGEST_DETAIL);
  const failed = store(stage, { ...message, attempt: { ...message.attempt, status: 'FAILED', detail } });
  notifySender(state, stage.now, callback.change, failed);
}

const LONGEST_DETAIL = 256;

function processorsFor({ state }: Stage, { ChannelArn, Type }: Message): readonly Processor[] {
  if (Type !== 'STANDARD') return [];
  const flow = state.channelFlows.get(state.associations.get(ChannelArn)?.ChannelFlowArn ?? '');
  return [...flow?.Processors ?? []].sort((a, b) => a.ExecutionOrder - b.ExecutionOrder);
}

function proceed(
  stage: Stage, message: Message, revision: Revision, change: Change, processors: readonly Processor[],
): Message {
  return processors.length > 0
    ? ask(stage, message, revision, change, processors)
    : send(stage, message, revision, change);
}

function ask(
  stage: Stage, message: Message, revision: Revision, change: Change, [processor, ...later]: readonly Processor[],
): Message {
  const pending = store(stage, { ...message, attempt: { revision, status: 'PENDING' } });
  if (message.attempt?.status !== 'PENDING') notifySender(stage.state, stage.now, change, pending);
  const callback: PendingCallback = {
    CallbackId: randomUUID(),
    ChannelArn: message.ChannelArn,
    MessageId: message.MessageId,
    change,
    processor,
    later,
    CreatedTimestamp: new Date(stage.now),
  };
  stage.state.callbacks.set(keyIn(callback.ChannelArn, callback.CallbackId), callback);
  stage.invocations.enqueue(stage, callback);
  return pending;
}

function send(stage: Stage, message: Message, revision: Revision, change: Change): Message {
  const sent = store(stage, { ...message, sent: revision, attempt: undefined });
  const { channels } = stage.state;
  const channel = channels.get(message.ChannelArn);
  if (channel && change === 'CREATE') {
    channels.set(channel.ChannelArn, { ...channel, LastMessageTimestamp: new Date(stage.now) });
  }
  notifyMembers(stage.state, stage.now, change, sent);
  return sent;
}

function store(stage: Stage, message: Message): Message {
  const stored = { ...message, ...updated(stage) };
  stage.state.messages.set(keyIn(message.ChannelArn, message.MessageId), stored);
  return stored;
}
