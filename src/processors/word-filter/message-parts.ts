import type { ChannelMessage } from '../../processor-runtime';
import type { Range } from '../masking';
import { contentOf, notificationTexts } from '../message-texts';

/** What people see of the content, and how it gets back into it. */
export interface Content {
  readonly texts: readonly string[];
  /** Texts that can't be changed. */
  readonly fixed: readonly string[];
  /** The content with other texts in their place. */
  with(texts: readonly string[]): string;
}

const LEX_MESSAGES = /^\s*application\/amz-chime-lex-msgs\s*(?:;|$)/i;
const JSON_TEXT = /"(?:[^"\\]|\\.)*"/g;
/** From where it is asked: JSON lets any white space stand before the colon. */
const IS_NAME = /\s*:/y;

/**
 * | Part                                                       | Looked at                         | Can be masked |
 * |------------------------------------------------------------|-----------------------------------|---------------|
 * | content                                                    | as it is                          | yes           |
 * | content of the type application/amz-chime-lex-msgs, JSON    | each text in it, without escapes  | yes           |
 * | names in such content                                      | each, without escapes             | no            |
 * | title and body of the push notification                    | as they are                       | no            |
 * | values of message attributes                               | where the author says so          | no            |
 */
export function contentParts(message: ChannelMessage): Content {
  const content = contentOf(message);
  return isLexContent(message.ContentType) && isJson(content) ? jsonContent(content) : { texts: [content], fixed: [], with: ([text]) => text };
}

/** Texts beside the content. No decision can change them. */
export function fixedTexts(message: ChannelMessage, withAttributes: boolean): string[] {
  return [...notificationTexts(message), ...withAttributes ? attributeTexts(message) : []];
}

function attributeTexts({ MessageAttributes }: ChannelMessage): string[] {
  return Object.values(MessageAttributes ?? {}).flatMap(attribute => attribute?.StringValues ?? []).filter(value => typeof value === 'string');
}

function isLexContent(type: unknown): boolean {
  return typeof type === 'string' && LEX_MESSAGES.test(type);
}

function isJson(content: string): boolean {
  try {
    JSON.parse(content);
    return true;
  } catch {
    return false;
  }
}

/** Texts are changed where they stand: all else of the JSON stays as it was written. */
function jsonContent(content: string): Content {
  const values: (Range & { readonly text: string })[] = [];
  const fixed: string[] = [];
  for (const { 0: written, index } of content.matchAll(JSON_TEXT)) {
    const end = index + written.length;
    const text = JSON.parse(written) as string;
    IS_NAME.lastIndex = end;
    if (IS_NAME.test(content)) fixed.push(text);
    else values.push({ start: index, end, text });
  }
  return {
    texts: values.map(({ text }) => text),
    fixed,
    with: texts => {
      let result = '';
      let end = 0;
      values.forEach((value, index) => {
        const written = texts[index] === value.text ? content.slice(value.start, value.end) : JSON.stringify(texts[index]);
        result += content.slice(end, value.start) + written;
        end = value.end;
      });
      return result + content.slice(end);
    },
  };
}
