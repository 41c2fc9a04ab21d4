import type { Action } from './filter';
import { InvalidSettings } from '../invalid-settings';
import { ENVIRONMENT, type Lists } from '../settings';

export interface WordFilterSettings extends Lists {
  readonly action: Action;
  /** Name of the SSM parameter that holds more words. */
  readonly wordsParameter?: string;
  /** Whether to look at message attributes too. */
  readonly withAttributes: boolean;
}

/** @param lists the content of the file with the lists */
export function wordFilterSettings(env: NodeJS.ProcessEnv, lists: unknown): WordFilterSettings {
  const { words, patterns } = checkLists(lists);
  const wordsParameter = env[ENVIRONMENT.WORDS_PARAMETER];
  if (words.length === 0 && patterns.length === 0 && !wordsParameter) {
    throw new InvalidSettings('there are no words, no patterns and no parameter, by which every message would pass: '
      + 'let the construct make the lists');
  }
  return {
    words,
    patterns,
    action: actionFrom(env),
    wordsParameter,
    withAttributes: env[ENVIRONMENT.MESSAGE_ATTRIBUTES] === 'true',
  };
}

function actionFrom(env: NodeJS.ProcessEnv): Action {
  const action = env[ENVIRONMENT.ACTION];
  const mask = env[ENVIRONMENT.MASK];
  if (action === 'DENY') return { action };
  if (action === 'MASK' && mask) return { action, mask };
  throw new InvalidSettings(action === 'MASK'
    ? `the environment variable ${ENVIRONMENT.MASK} is missing: let the construct set it`
    : `the environment variable ${ENVIRONMENT.ACTION} must be DENY or MASK, got ${JSON.stringify(action)}: let the `
      + 'construct set it');
}

function checkLists(lists: unknown): Lists {
  const { words, patterns } = (lists ?? {}) as Record<string, unknown>;
  if (!isList(words) || !isList(patterns)) {
    throw new InvalidSettings('the file of words and patterns holds no two lists of texts: let the construct make it');
  }
  return { words, patterns };
}

function isList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}
