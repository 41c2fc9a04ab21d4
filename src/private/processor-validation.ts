import { Token } from 'aws-cdk-lib';

/* The rules of the ready-made processors; see validation.ts. */

const MAX_MASK_LENGTH = 64;
// eslint-disable-next-line no-control-regex
const ONE_LINE = /^[^\u0000-\u001F\u007F]*$/;
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}]/u;
const ENTITY_TYPE = /^[A-Z][A-Z0-9_]{0,62}$/;

export function checkMask(mask?: string): string[] {
  if (mask === undefined || Token.isUnresolved(mask)) { return []; }
  const length = [...mask].length;
  return [
    ...length < 1 || length > MAX_MASK_LENGTH ? [`mask must be 1 to ${MAX_MASK_LENGTH} characters, got ${length}: choose such a text`] : [],
    ...ONE_LINE.test(mask) ? [] : [`mask must be one line, got ${JSON.stringify(mask)}: remove the control characters`],
  ];
}

/** Words are shown by their place: they are nothing to print. */
export function checkWords(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (Token.isUnresolved(word)) {
      return [`word ${index + 1} must be known at synthesis, got a token: put it into an SSM parameter and pass wordsParameter`];
    }
    return VISIBLE.test(word) ? [] : [`word ${index + 1} must have a visible character, got ${JSON.stringify(word)}: remove it`];
  });
}

/** @param problemOf what the engine of the patterns says against a source */
export function checkPatterns(patterns: readonly string[], problemOf: (source: string) => string | undefined): string[] {
  return patterns.flatMap((pattern, index) => {
    if (Token.isUnresolved(pattern)) { return [`pattern ${index + 1} must be known at synthesis, got a token: write it out`]; }
    const problem = problemOf(pattern);
    return problem === undefined ? [] : [`pattern ${index + 1} can't be used, got ${JSON.stringify(pattern)}, which ${problem}`];
  });
}

export function checkMinimumScore(score?: number): string[] {
  return score === undefined || Token.isUnresolved(score) || (score >= 0 && score <= 1)
    ? []
    : [`minimumScore must be a number from 0 to 1, got ${score}: choose one in between`];
}

export function checkEntityTypes(names?: readonly string[]): string[] {
  if (names?.length === 0) { return ['entityTypes must name at least one type, got none: add one, or leave it out for all types']; }
  return (names ?? []).filter((name) => !Token.isUnresolved(name)).flatMap((name) => [
    ...ENTITY_TYPE.test(name) ? [] : [`an entity type must be capital letters, digits and _, got ${JSON.stringify(name)}: use Comprehend's name of it`],
    ...name === 'ALL' ? ['an entity type must be one that Comprehend reports, got "ALL": leave entityTypes out for all types'] : [],
  ]);
}

export function checkLanguages(count: number): string[] {
  return count > 0 ? [] : ['languages must name at least one language, got none: add one'];
}
