import type { PiiRedactorSettings } from './settings';
import { ProcessorError } from '../../processor-runtime/processor-error';
import type { MaskedRange } from '../masking';

/** An entity as Comprehend reports it. */
export interface PiiEntity {
  readonly Type?: string;
  readonly Score?: number;
  /** In code points, not in UTF-16 code units. */
  readonly BeginOffset?: number;
  /** Exclusive. */
  readonly EndOffset?: number;
}

/** Comprehend's answer does not fit the text that it was asked about, so nothing can be redacted by it. */
export class UnfitAnswer extends ProcessorError {
  public readonly name = 'UnfitAnswer';
}

/** The parts of the text to redact. What an entity leaves out counts against it: no type is any type, no score is a high one. */
export function partsToRedact(
  text: string,
  entities: readonly PiiEntity[],
  { entityTypes, minimumScore, mask }: PiiRedactorSettings,
): MaskedRange[] {
  const offsets = codeUnitOffsets(text);
  return entities
    .filter(({ Type, Score }) => (Score ?? 1) >= minimumScore && (entityTypes === undefined || Type === undefined || entityTypes.has(Type)))
    .map(({ Type, BeginOffset, EndOffset }) => {
      const [start, end] = [offsets[BeginOffset ?? -1], offsets[EndOffset ?? -1]];
      if (start === undefined || end === undefined || start >= end) {
        throw new UnfitAnswer(`Comprehend reported an entity from ${BeginOffset} to ${EndOffset} in a text of ${offsets.length - 1} code points: report this to AWS`);
      }
      return { start, end, mask: mask ?? `[${Type ?? 'PII'}]` };
    });
}

/** Where each code point begins, and the end of the text. */
function codeUnitOffsets(text: string): number[] {
  const offsets = [0];
  for (const character of text) offsets.push(offsets[offsets.length - 1] + character.length);
  return offsets;
}
