import type { Decision } from './decision';
import { ProcessorError } from './processor-error';

/** What the author's function returned is not a decision, or does not fit into a message. */
export class InvalidDecision extends ProcessorError {
  public readonly name = 'InvalidDecision';
}

const MAX_CONTENT_BYTES = 4096;
const MAX_METADATA_LENGTH = 1024;
const REPLACEMENT_MEMBERS = ['decision', 'content', 'metadata'];

/**
 * The value as a decision that the service takes: a copy, each member of which was read once, for members may be code.
 * Messages never quote it, for it may hold content.
 */
export function checkDecision(value: unknown): Decision {
  if (typeof value !== 'object' || value === null) throw noDecision(value === null ? 'null' : typeof value);
  const { decision } = value as Partial<Decision>;
  switch (decision) {
    case 'allow':
    case 'deny':
      return { decision };
    case 'replace':
      return checkReplacement(value);
    default:
      throw noDecision('an object of another shape');
  }
}

function checkReplacement(value: object): Decision {
  const { content, metadata } = value as Record<string, string | undefined>;
  const problems = [
    ...Object.keys(value).some(member => !REPLACEMENT_MEMBERS.includes(member))
      ? ['it has members other than content and metadata, which alone can be replaced'] : [],
    ...content === undefined && metadata === undefined
      ? ['it has neither content nor metadata: allow() delivers a message as it is']
      : [],
    ...content === undefined ? [] : contentProblems(content),
    ...metadata === undefined ? [] : metadataProblems(metadata),
  ];
  if (problems.length > 0) throw new InvalidDecision(`the replacement can't be sent: ${problems.join('; ')}`);
  return { decision: 'replace', ...content !== undefined && { content }, ...metadata !== undefined && { metadata } };
}

function contentProblems(content: unknown): string[] {
  if (typeof content !== 'string') return [`content is ${kind(content)}, not a string`];
  if (content === '') return ['content is empty: return deny() to deliver nothing'];
  const bytes = Buffer.byteLength(content);
  return bytes > MAX_CONTENT_BYTES
    ? [`content has ${bytes} bytes of UTF-8, more than ${MAX_CONTENT_BYTES}: shorten it`]
    : [];
}

function metadataProblems(metadata: unknown): string[] {
  if (typeof metadata !== 'string') return [`metadata is ${kind(metadata)}, not a string`];
  return metadata.length > MAX_METADATA_LENGTH
    ? [`metadata has ${metadata.length} characters, more than ${MAX_METADATA_LENGTH}: shorten it`] : [];
}

function kind(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

function noDecision(received: string): InvalidDecision {
  return new InvalidDecision(`the function returned ${received}, no decision: return allow(), deny() or replace(…)`);
}
