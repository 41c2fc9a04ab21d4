import { ProcessorError } from './processor-error';
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
const FRAME = /^ {4}at .*(?::\d+:\d+\)?|\(native\)|\(<anonymous>\)|\(index \d+\))$/;

/**
 * An error without its message: authors put into messages what they work on, and so do the libraries that they call
 * (`JSON.parse` quotes its input). The class and the places in the code are enough to find the mistake.
 */
export function describeFailure(error: unknown, message?: ChannelMessage): Failure {
  if (error instanceof ProcessorError) return { error: error.name, reason: error.message };
  try {
    if (!(error instanceof Error) && !looksLikeError(error)) return { error: `a thrown ${error === null ? 'null' : typeof error}` };
    return { error: className(error), stack: frames(error, message) };
  } catch {
    // An error may be made so that looking at it throws.
    return { error: 'Error' };
  }
}

/** An error of another realm is no `instanceof` this one's. */
function looksLikeError(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && typeof (error as Error).stack === 'string';
}

/** `name` is often set by the author, so it counts only if it looks like a class's; the constructor's comes from code. */
function className({ name, constructor }: Error): string {
  return typeof name === 'string' && /^[A-Z]\w{0,62}(?:Error|Exception)$/.test(name) ? name : constructor?.name || 'Error';
}

/** The lines of the stack that stand for code: not those of the message, nor any that the sender could have written. */
function frames({ stack, message: text }: Error, message?: ChannelMessage): string[] {
  if (typeof stack !== 'string') return [];
  const start = typeof text === 'string' && stack.includes(text) ? stack.indexOf(text) + text.length : 0;
  const written = `${message?.Content}\n${message?.Metadata}`;
  return stack.slice(start).split('\n')
    .filter(line => FRAME.test(line))
    .map(line => line.trim())
    .filter(line => !written.includes(line))
    .slice(0, MAX_FRAMES);
}
