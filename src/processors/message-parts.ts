import type { Range } from './masking';
import type { ChannelMessage } from '../processor-runtime';
import { ProcessorError } from '../processor-runtime/processor-error';

/** The message has no content to look at. */
export class NoContent extends ProcessorError {
  public readonly name = 'NoContent';
}

/** What people see of the content, and how it gets back into it. */
export interface Content {
  readonly texts: readonly string[];
  /** Texts that can't be changed. */
  readonly fixed: readonly string[];
  /** The content with other texts in their place. */
  with(texts: readonly string[]): string;
}

/** What Lex answers, and its errors: the developer guide's topic "Processing AppInstanceBot messages". */
const LEX = /^\s*application\/amz-chime-lex-(?:msgs|error)\s*(?:;|$)/i;
/** Names of members of such content, which nobody sees. */
const LEX_NAMES: ReadonlySet<string> = new Set([
  'Messages', 'Content', 'ContentType', 'ImageResponseCard', 'Title', 'Subtitle', 'ImageUrl', 'Buttons', 'Text',
  'Value', 'Code', 'Message',
]);
const TEXTS_AND_NUMBERS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
/** From where it is asked: JSON lets any white space stand before the colon. */
const IS_NAME = /\s*:/y;
/** A text that is a number or `true` is a text. */
const MAY_HOLD_TEXTS = /^\s*["[{]/;

/**
 * | Part                                                             | Looked at                       | Can be masked |
 * |------------------------------------------------------------------|---------------------------------|---------------|
 * | content                                                          | as it is                        | yes           |
 * | content of Lex's types, JSON: texts                              | each without escapes            | yes           |
 * | texts in it that are JSON themselves, as custom payloads are     | each text in them               | yes           |
 * | numbers in it, and names that Lex's schema does not have         | each, names without escapes     | no            |
 * | title and body of the push notification                          | as they are                     | no            |
 * | values of message attributes                                     | where the author says so        | no            |
 */
export function contentParts({ Content, ContentType }: ChannelMessage): Content {
  if (typeof Content !== 'string') throw new NoContent('the message has no content: it can\'t be looked at');
  return typeof ContentType === 'string' && LEX.test(ContentType) ? partsOf(Content) : asItIs(Content);
}

/** Texts beside the content. No decision can change them. */
export function fixedTexts(message: ChannelMessage, withAttributes = false): string[] {
  return [...notificationTexts(message), ...withAttributes ? attributeTexts(message) : []];
}

function notificationTexts({ PushNotification }: ChannelMessage): string[] {
  return [PushNotification?.Title, PushNotification?.Body].filter(
    text => typeof text === 'string' && text !== '',
  ) as string[];
}

function attributeTexts({ MessageAttributes }: ChannelMessage): string[] {
  return Object.values(MessageAttributes ?? {}).flatMap(attribute => attribute?.StringValues ?? []).filter(
    value => typeof value === 'string',
  );
}

function asItIs(text: string): Content {
  return { texts: [text], fixed: [], with: ([changed]) => changed };
}

function partsOf(text: string): Content {
  return MAY_HOLD_TEXTS.test(text) && isJson(text) ? jsonParts(text) : asItIs(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Texts are changed where they stand: all else of the JSON stays as it was written. */
function jsonParts(json: string): Content {
  const values: (Range & { readonly text: string; readonly parts: Content })[] = [];
  const fixed: string[] = [];
  for (const { 0: written, index: start } of json.matchAll(TEXTS_AND_NUMBERS)) {
    const end = start + written.length;
    IS_NAME.lastIndex = end;
    if (!written.startsWith('"')) {
      fixed.push(written);
    } else if (IS_NAME.test(json)) {
      fixed.push(JSON.parse(written) as string);
    } else {
      const text = JSON.parse(written) as string;
      values.push({ start, end, text, parts: partsOf(text) });
    }
  }
  return {
    texts: values.flatMap(({ parts }) => parts.texts),
    fixed: [...fixed.filter(text => !LEX_NAMES.has(text)), ...values.flatMap(({ parts }) => parts.fixed)],
    with: texts => {
      let result = '';
      let end = 0;
      let taken = 0;
      for (const value of values) {
        const changed = value.parts.with(texts.slice(taken, taken += value.parts.texts.length));
        result += json.slice(end, value.start)
          + (changed === value.text ? json.slice(value.start, value.end) : JSON.stringify(changed));
        end = value.end;
      }
      return result + json.slice(end);
    },
  };
}
