import { ProcessorError } from './processor-error';
import { interruptible, listenTo } from './time-limit';
import type { ChannelMessage } from './types';

/** What a log line may say about an error. */
export interface Failure {
  /** The error's class. */
  readonly error: string;
  /** The message, of the runtime's own errors only. */
  readonly reason?: string;
  /** Where it was thrown, innermost first: places in the code. */
  readonly stack?: readonly string[];
}

const MAX_FRAMES = 10;
/** How long looking at an error may take: its members may be code. */
const LOOK_MS = 50;
/** A shorter text stands in code by chance. */
const SHORTEST_QUOTE = 4;
const ERROR_NAME = /^[A-Z]\w{0,62}(?:Error|Exception)$/;
const IDENTIFIER = /^[A-Za-z_$][\w$]{0,63}$/;
const FRAME = /^ {4}at .*(?::\d+:\d+\)?|\(native\)|\(<anonymous>\)|\(index \d+\))$/;

/**
 * An error without its message: authors put into messages what they work on, and so do the libraries that they call
 * (`JSON.parse` quotes its input). The class and the places in the code are enough to find the mistake. Whatever was
 * thrown may be made so that looking at it throws or never ends.
 */
export function describeFailure(error: unknown, message?: ChannelMessage): Failure {
  if (ProcessorError.isOne(error)) return { error: error.name, reason: error.message };
  try {
    return interruptible(LOOK_MS, () => described(error, textsIn(message)));
  } catch {
    return { error: 'Error' };
  }
}

function described(error: unknown, written: readonly string[]): Failure {
  listenTo(error);
  if (!(error instanceof Error) && !looksLikeError(error)) {
    return { error: `a thrown ${error === null ? 'null' : typeof error}` };
  }
  const { name, constructor, message: text, stack } = error;
  return { error: className(name, constructor, written), stack: frames(stack, text, written) };
}

/** An error of another realm is no `instanceof` this one's. */
function looksLikeError(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && typeof (error as Error).stack === 'string';
}

/**
 * `name` is often set by the author, so it counts only if it looks like a class's; the constructor's comes from code.
 */
function className(name: unknown, constructor: unknown, written: readonly string[]): string {
  if (isName(name, ERROR_NAME, written)) return name;
  const ofCode: unknown = typeof constructor === 'function' ? constructor.name : undefined;
  return isName(ofCode, IDENTIFIER, written) ? ofCode : 'Error';
}

function isName(value: unknown, shape: RegExp, written: readonly string[]): value is string {
  return typeof value === 'string' && shape.test(value) && !isWritten(value, written);
}

/** The lines of the stack that stand for code: not those of the message, nor any that the sender could have written. */
function frames(stack: unknown, text: unknown, written: readonly string[]): string[] {
  if (typeof stack !== 'string') return [];
  const start = typeof text === 'string' && stack.includes(text) ? stack.indexOf(text) + text.length : 0;
  return stack.slice(start).split('\n')
    .filter(line => FRAME.test(line))
    .map(line => line.trim())
    .filter(line => !isWritten(line, written))
    .slice(0, MAX_FRAMES);
}

/** Whether it stands in a text of the message, or a text of the message in it. */
function isWritten(said: string, written: readonly string[]): boolean {
  return written.some(text => text.includes(said) || text.length >= SHORTEST_QUOTE && said.includes(text));
}

/** What the sender wrote, line by line too. */
function textsIn(message?: ChannelMessage): string[] {
  const texts: string[] = [];
  const { Content, Metadata, MessageAttributes, PushNotification } = message ?? {};
  JSON.stringify({ Content, Metadata, MessageAttributes, PushNotification }, (_name, value: unknown) => {
    if (typeof value === 'string') texts.push(value, ...value.split(/\s*\n\s*/));
    return value;
  });
  return texts;
}
