import { IncomingHttpHeaders } from 'node:http';
import { JsonCodec2 } from '@smithy/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import { badRequest } from './errors';
import { Match } from './router';

/** The settings with which the SDK's own REST JSON protocol reads and writes. */
const CODEC = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, httpBindings: true, jsonName: true });

/** Gathered input has seconds for every timestamp, wherever it stood in the request. */
const INPUT_CODEC = new JsonCodec2({
  timestampFormat: { useTrait: false, default: 7 }, httpBindings: false, jsonName: true,
});

/** No input comes near this; deeper ones would exhaust the stack of whatever walks through them. */
const DEEPEST_BODY = 50;

export interface RequestParts {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Gathers the members of an operation's input from path, query, headers and body, unchecked. */
export function gatherInput({ route, labels }: Match, { url, headers, body }: RequestParts): Record<string, unknown> {
  const json = parseBody(body);
  const input: Record<string, unknown> = {};
  for (const [name, member] of route.input.structIterator()) {
    const { httpLabel, httpQuery, httpHeader } = member.getMergedTraits();
    const value = httpLabel ? labels[name]
      : httpQuery ? fromText(member, url.searchParams.get(httpQuery))
        : httpHeader ? fromText(member, headers[httpHeader.toLowerCase()] as string | undefined)
          : json[name];
    if (value !== undefined && value !== null) input[name] = value;
  }
  return input;
}

/** Turns checked input into what the operation works with: timestamps become dates. */
export function readInput(schema: NormalizedSchema, input: Record<string, unknown>): Promise<unknown> {
  return Promise.resolve(INPUT_CODEC.createDeserializer().read(schema, JSON.stringify(input)));
}

/** The body of an answer; nothing for an operation without output. */
export function writeOutput(schema: NormalizedSchema, output: unknown): string | undefined {
  if (schema.isUnitSchema()) return undefined;
  const serializer = CODEC.createSerializer();
  serializer.write(schema, output);
  // Typed as a string, but bytes: its string methods are deprecated.
  return new TextDecoder().decode(serializer.flush() as unknown as Uint8Array);
}

function parseBody(body: string): Record<string, unknown> {
  if (body === '') return {};
  const json = parseJson(body);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw badRequest('the body must be a JSON object');
  }
  return json as Record<string, unknown>;
}

function parseJson(body: string): unknown {
  if (nesting(body) > DEEPEST_BODY) throw badRequest(`the body is nested deeper than ${DEEPEST_BODY} levels`);
  try {
    return JSON.parse(body);
  } catch (error) {
    throw badRequest(`the body is not valid JSON: ${(error as Error).message}`);
  }
}

/** How deep a JSON text is nested, brackets in strings not counted. */
function nesting(json: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === '"') {
      inString = !inString;
    } else if (inString) {
      // What a backslash escapes is neither a quote nor a backslash to us.
      i += character === '\\' ? 1 : 0;
    } else if (character === '[' || character === '{') {
      deepest = Math.max(deepest, ++depth);
    } else if (character === ']' || character === '}') {
      depth--;
    }
  }
  return deepest;
}

/** What a query parameter or header says, in the member's type; text that is none of it is left for the validation. */
function fromText(member: NormalizedSchema, text: string | null | undefined): unknown {
  if (typeof text !== 'string') return undefined;
  if (member.isNumericSchema()) return /^-?\d+$/.test(text) ? Number(text) : text;
  if (member.isTimestampSchema()) {
    // Seconds, as in a body.
    return Number.isNaN(Date.parse(text)) ? text : Date.parse(text) / 1000;
  }
  return text;
}
