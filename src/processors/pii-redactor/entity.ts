import { PiiEntityType } from '@aws-sdk/client-comprehend';
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

/**
 * Comprehend's answer is none of its model, or does not fit the text that it was asked about, so nothing can be
 * redacted by it.
 */
export class UnfitAnswer extends ProcessorError {
  public readonly name = 'UnfitAnswer';
}

const KNOWN_TYPES: ReadonlySet<string> = new Set(Object.values(PiiEntityType));
const TYPE = /^[A-Z][A-Z0-9_]{0,62}$/;

/** The entities in an answer. The SDK passes on whatever it gets: a score that is a text would be below any other. */
export function entitiesIn(answer: unknown): readonly PiiEntity[] {
  const entities = (answer as { Entities?: unknown } | undefined)?.Entities;
  if (!Array.isArray(entities)) {
    throw new UnfitAnswer('Amazon Comprehend answered without a list of entities: look at what answers in its place');
  }
  return entities;
}

function checkEntity(entity: unknown): PiiEntity {
  const { Type, Score } = (entity ?? {}) as Record<string, unknown>;
  const problems = [
    ...isAbsent(Type) || typeof Type === 'string' && TYPE.test(Type)
      ? []
      : [`Type is ${numberOrType(Type)}, not the name of a type`],
    ...isAbsent(Score) || typeof Score === 'number' && Score >= 0 && Score <= 1
      ? []
      : [`Score is ${numberOrType(Score)}, not a number from 0 to 1`],
  ];
  if (problems.length > 0) {
    throw new UnfitAnswer('Amazon Comprehend answered with an entity that is none: '
    + `${problems.join('; ')} — look at what answers in its place`);
  }
  return (entity ?? {}) as PiiEntity;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Of an answer that may be anything, numbers alone are shown. */
function numberOrType(value: unknown): string {
  return typeof value === 'number' || isAbsent(value) ? String(value) : `a value of type ${typeof value}`;
}

/**
 * The parts of the text to redact. What an entity leaves out counts against it: no type is any type, no score is a high
 * one. So does a type that this version doesn't know, for the author could not choose it. Entities may overlap.
 */
export function partsToRedact(
  text: string,
  entities: readonly PiiEntity[],
  { entityTypes, minimumScore, mask }: PiiRedactorSettings,
): MaskedRange[] {
  const offsets = codeUnitOffsets(text);
  return entities
    .map(checkEntity)
    .map(({ Type, Score, BeginOffset, EndOffset }) => {
      const [start, end] = [BeginOffset, EndOffset].map(
        offset => typeof offset === 'number' ? offsets[offset] : undefined,
      );
      if (start === undefined || end === undefined || start >= end) {
        const range = `from ${numberOrType(BeginOffset)} to ${numberOrType(EndOffset)}`;
        throw new UnfitAnswer(
          `Comprehend reported an entity ${range} in a text of ${offsets.length - 1} code points: report this to AWS`,
        );
      }
      return { Type, Score, start, end, mask: mask ?? `[${Type ?? 'PII'}]` };
    })
    .filter(({ Type, Score }) => (Score ?? 1) >= minimumScore && isWanted(Type ?? undefined, entityTypes))
    .map(({ start, end, mask: stand }) => ({ start, end, mask: stand }));
}

function isWanted(type: string | undefined, wanted?: ReadonlySet<string>): boolean {
  return wanted === undefined || type === undefined || wanted.has(type) || !KNOWN_TYPES.has(type);
}

/** Where each code point begins, and the end of the text. */
function codeUnitOffsets(text: string): number[] {
  const offsets = [0];
  for (const character of text) offsets.push(offsets[offsets.length - 1] + character.length);
  return offsets;
}
