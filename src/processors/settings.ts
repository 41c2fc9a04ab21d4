/** What constructs and processors share: how a construct tells its function what to do. */

/** Environment variables of the functions. */
export const ENVIRONMENT = {
  ACTION: 'ACTION',
  ENTITY_TYPES: 'ENTITY_TYPES',
  LANGUAGES: 'LANGUAGES',
  MASK: 'MASK',
  MESSAGE_ATTRIBUTES: 'MESSAGE_ATTRIBUTES',
  MINIMUM_SCORE: 'MINIMUM_SCORE',
  ON_ERROR: 'ON_ERROR',
  WORDS_PARAMETER: 'WORDS_PARAMETER',
} as const;

/** Module beside the code with the words and patterns of a word filter: an environment holds no more than 4 KB. */
export const LISTS_FILE = 'lists.mjs';

/** What that module exports by default. */
export interface Lists {
  readonly words: readonly string[];
  readonly patterns: readonly string[];
}

/** Module beside the code that holds the engine of the patterns; the construct checks patterns with the same. */
export const PATTERNS_FILE = 'patterns.cjs';
