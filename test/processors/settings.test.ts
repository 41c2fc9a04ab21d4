import { onErrorFrom } from '../../src/processors/on-error';
import { piiRedactorSettings } from '../../src/processors/pii-redactor/settings';
import { wordFilterSettings } from '../../src/processors/word-filter/settings';

const LISTS = { words: ['a'], patterns: ['b'] };

describe('of a word filter', () => {
  test('say to deny, where the action is DENY', () => {
    expect(wordFilterSettings({ ACTION: 'DENY' }, LISTS)).toEqual({
      ...LISTS, action: { action: 'DENY' }, wordsParameter: undefined, withAttributes: false,
    });
  });

  test('to mask, with a parameter', () => {
    expect(
      wordFilterSettings({ ACTION: 'MASK', MASK: '***', WORDS_PARAMETER: '/words', MESSAGE_ATTRIBUTES: 'true' }, LISTS),
    )
      .toEqual({ ...LISTS, action: { action: 'MASK', mask: '***' }, wordsParameter: '/words', withAttributes: true });
  });

  test.each<[NodeJS.ProcessEnv, unknown, string]>([
    [{}, LISTS, 'the environment variable ACTION must be DENY or MASK, got undefined: let the construct set it'],
    [
      { ACTION: 'ALLOW' }, LISTS,
      'the environment variable ACTION must be DENY or MASK, got "ALLOW": let the construct set it',
    ],
    [{ ACTION: 'MASK' }, LISTS, 'the environment variable MASK is missing: let the construct set it'],
    [{ ACTION: 'DENY' }, { words: [], patterns: [] }, 'there are no words, no patterns and no parameter, by which '
      + 'every message would pass: let the construct make the lists'],
    [
      { ACTION: 'DENY' }, undefined,
      'the file of words and patterns holds no two lists of texts: let the construct make it',
    ],
    [
      { ACTION: 'DENY' }, { words: [1], patterns: [] },
      'the file of words and patterns holds no two lists of texts: let the construct make it',
    ],
    [
      { ACTION: 'DENY' }, { words: [] },
      'the file of words and patterns holds no two lists of texts: let the construct make it',
    ],
  ])('%j with %j', (env, lists, message) => expect(() => wordFilterSettings(env, lists)).toThrow(message));
});

describe('of a redactor', () => {
  test('have defaults for all but the languages', () => {
    expect(piiRedactorSettings({ LANGUAGES: 'en' })).toEqual({
      languages: ['en'], entityTypes: undefined, minimumScore: 0, mask: undefined,
    });
  });

  test('are read, all of them', () => {
    expect(piiRedactorSettings({ LANGUAGES: 'en,es', ENTITY_TYPES: 'EMAIL,PHONE', MINIMUM_SCORE: '0.8', MASK: '*' }))
      .toEqual({ languages: ['en', 'es'], entityTypes: new Set(['EMAIL', 'PHONE']), minimumScore: 0.8, mask: '*' });
  });

  test.each<[NodeJS.ProcessEnv, string]>([
    [{}, 'the environment variable LANGUAGES is missing: let the construct set it'],
    [{ LANGUAGES: ',' }, 'the environment variable LANGUAGES is missing: let the construct set it'],
    ...['high', '', '-1', '1.1', 'NaN'].map(score => [
      { LANGUAGES: 'en', MINIMUM_SCORE: score },
      `the environment variable MINIMUM_SCORE must be a number from 0 to 1, got ${JSON.stringify(score)}: let the `
        + 'construct set it',
    ] as [NodeJS.ProcessEnv, string]),
  ])('%j', (env, message) => expect(() => piiRedactorSettings(env)).toThrow(message));
});

test.each([
  ['allow', 'allow'], ['deny', 'deny'], [undefined, 'deny'], ['ALLOW', 'deny'], ['', 'deny'],
])('ON_ERROR %s', (value, onError) => expect(onErrorFrom({ ON_ERROR: value })).toBe(onError));
