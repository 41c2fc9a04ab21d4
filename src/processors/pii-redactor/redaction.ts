import { deny, type ChannelMessage, type Decision } from '../../processor-runtime';
import { deliverMasked, type MaskedRange } from '../masking';
import { contentOf, notificationTexts } from '../message-texts';
import { partsToRedact, type PiiEntity } from './entity';
import type { PiiRedactorSettings } from './settings';

/** Finds the entities in a text of one language. */
export type DetectPii = (text: string, language: string, signal: AbortSignal) => Promise<readonly PiiEntity[]>;

/**
 * | Found in               | Decision                                              |
 * |------------------------|-------------------------------------------------------|
 * | nothing                | allow                                                 |
 * | the content            | replace each; deny where the masks make it too long   |
 * | the push notification  | deny: no decision can change it                       |
 *
 * A text is redacted by what is found in any of the languages, and only when all of them were asked.
 */
export async function redactMessage(
  message: ChannelMessage,
  detect: DetectPii,
  settings: PiiRedactorSettings,
  signal: AbortSignal,
): Promise<Decision> {
  const parts = (text: string) => find(text, detect, settings, signal);
  const [inContent, ...inNotification] = await Promise.all([contentOf(message), ...notificationTexts(message)].map(parts));
  if (inNotification.some(found => found.length > 0)) return deny();
  return deliverMasked(contentOf(message), inContent);
}

async function find(text: string, detect: DetectPii, settings: PiiRedactorSettings, signal: AbortSignal): Promise<MaskedRange[]> {
  const found = await Promise.all(settings.languages.map(language => detect(text, language, signal)));
  return partsToRedact(text, found.flat(), settings);
}
