import { deny, type ChannelMessage, type Decision } from '../../processor-runtime';
import { deliver, masked, type MaskedRange } from '../masking';
import { contentParts, fixedTexts } from '../message-parts';
import { partsToRedact, type PiiEntity } from './entity';
import type { PiiRedactorSettings } from './settings';

const BETWEEN_TEXTS = '\n';

/** Finds the entities in a text of one language. */
export type DetectPii = (text: string, language: string, signal: AbortSignal) => Promise<readonly PiiEntity[]>;

/**
 * | Found in               | Decision                                               |
 * |------------------------|--------------------------------------------------------|
 * | nothing                | allow                                                  |
 * | the content            | replace each; deny where the masks make it too long    |
 * | what can't be changed  | deny: the push notification, names and numbers of JSON |
 *
 * A text is redacted by what is found in any of the languages, and only when all of them were asked.
 */
export async function redactMessage(
  message: ChannelMessage,
  detect: DetectPii,
  settings: PiiRedactorSettings,
  signal: AbortSignal,
): Promise<Decision> {
  const content = contentParts(message);
  // The texts of JSON in one question: each costs.
  const questions = [content.texts, content.fixed, ...fixedTexts(message).map(text => [text])].map(
    texts => texts.join(BETWEEN_TEXTS),
  );
  const [inContent, ...inFixed] = await Promise.all(
    questions.map(text => text === '' ? [] : find(text, detect, settings, signal)),
  );
  if (inFixed.some(found => found.length > 0)) return deny();
  let start = 0;
  return deliver(content, content.texts.map(text => {
    const end = start + text.length;
    const inText = inContent
      .map(part => ({ ...part, start: Math.max(part.start, start) - start, end: Math.min(part.end, end) - start }))
      .filter(part => part.start < part.end);
    start = end + BETWEEN_TEXTS.length;
    return masked(text, inText);
  }));
}

async function find(
  text: string, detect: DetectPii, settings: PiiRedactorSettings, signal: AbortSignal,
): Promise<MaskedRange[]> {
  const found = await Promise.all(settings.languages.map(language => detect(text, language, signal)));
  return partsToRedact(text, found.flat(), settings);
}
