import { Token } from 'aws-cdk-lib';

/* The rules of the ready-made processors; see validation.ts. */

const MAX_MASK_LENGTH = 64;
// eslint-disable-next-line no-control-regex
const ONE_LINE = /^[^\u0000-\u001F\u007F]*$/;
const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[^\p{C}\p{Z}\s]/u;
/** A mark alone changes the letter before it. */
const VISIBLE_ALONE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;

/** What the code beside the function tells about patterns. */
export interface PatternEngine {
  /** What is wrong with a source. */
  patternProblem(source: string): string | undefined;
  /** What is wrong with valid sources together. */
  patternsProblem(sources: readonly string[]): string | undefined;
  /** What finds something in the mask. */
  findsMask(mask: string, words: readonly string[], patterns: readonly string[]): string | undefined;
}

const ENTITY_TYPE = /^[A-Z][A-Z0-9_]{0,62}$/;

export function checkMask(mask?: string): string[] {
  if (mask === undefined || Token.isUnresolved(mask)) return [];
  const length = [...mask].length;
  return [
    ...length < 1 || length > MAX_MASK_LENGTH ? [`mask must be 1 to ${MAX_MASK_LENGTH} characters, got ${length}: `
      + `${length < 1 ? 'give it a value' : 'shorten it'}`] : [],
    ...ONE_LINE.test(mask) ? [] : [`mask must be one line, got ${JSON.stringify(mask)}: remove the control characters`],
    ...length < 1 || VISIBLE_ALONE.test(mask)
      ? []
      : [`mask must have a visible character, got ${JSON.stringify(mask)}: add one, such as *`],
  ];
}

/** A mask in which something is found would be masked for ever. */
export function checkFindsNoMask(
  mask: string, words: readonly string[], patterns: readonly string[], engine: PatternEngine,
): string[] {
  const isKnown = (text: string) => !Token.isUnresolved(text);
  if (!isKnown(mask)) return [];
  const finder = engine.findsMask(
    mask, words.map(word => isKnown(word) ? word : ''), patterns.map(pattern => isKnown(pattern) ? pattern : ''),
  );
  return finder === undefined
    ? []
    : [`mask must not be found by the filter, got ${JSON.stringify(mask)}, which ${finder} finds: choose another`];
}

/** Words are shown by their place: they are nothing to print. */
export function checkWords(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (Token.isUnresolved(word)) {
      return [`word ${index + 1} must be known at synthesis, got a token: put it into an SSM parameter and pass `
        + 'wordsParameter'];
    }
    return VISIBLE.test(word)
      ? []
      : [`word ${index + 1} must have a visible character, got ${JSON.stringify(word)}: remove it`];
  });
}

export function checkPatterns(patterns: readonly string[], engine: PatternEngine): string[] {
  const problems = patterns.flatMap((pattern, index) => {
    if (Token.isUnresolved(pattern)) {
      return [`pattern ${index + 1} must be known at synthesis, got a token: write it out`];
    }
    const problem = engine.patternProblem(pattern);
    return problem === undefined
      ? []
      : [`pattern ${index + 1} can't be used, got ${JSON.stringify(pattern)}, which ${problem}`];
  });
  const together = problems.length === 0 ? engine.patternsProblem(patterns) : undefined;
  return together === undefined ? problems : [`patterns can't be used, got ${patterns.length}, which ${together}`];
}

export function checkMinimumScore(score?: number): string[] {
  return score === undefined || Token.isUnresolved(score) || (score >= 0 && score <= 1)
    ? []
    : [`minimumScore must be a number from 0 to 1, got ${score}: choose one in between`];
}

export function checkEntityTypes(names?: readonly string[]): string[] {
  if (names?.length === 0) {
    return ['entityTypes must name at least one type, got none: add one, or leave it out for all types'];
  }
  return (names ?? []).filter(name => !Token.isUnresolved(name)).flatMap(name => [
    ...ENTITY_TYPE.test(name) ? [] : [
      `an entity type must be capital letters, digits and _, got ${JSON.stringify(name)}: use Comprehend's name of it`,
    ],
    ...name === 'ALL'
      ? ['an entity type must be one that Comprehend reports, got "ALL": leave entityTypes out for all types']
      : [],
  ]);
}

export function checkLanguages(count: number): string[] {
  return count > 0 ? [] : ['languages must name at least one language, got none: add one'];
}
