/**
 * Whatever answers in the place of a service: nothing is allowed by an answer that the service's model does not hold.
 */
import fc from 'fast-check';
import { callbackError } from '../../src/processor-runtime/callback-error';
import { entitiesIn } from '../../src/processors/pii-redactor/entity';
import { redactMessage } from '../../src/processors/pii-redactor/redaction';
import type { PiiRedactorSettings } from '../../src/processors/pii-redactor/settings';
import { filterMessage } from '../../src/processors/word-filter/filter';
import { valueIn } from '../../src/processors/word-filter/parameter-store';
import { WordsParameter } from '../../src/processors/word-filter/words-parameter';
import { captureLog } from '../processor-runtime/fixture';

const log = captureLog();
const { signal } = new AbortController();
const message = (Content: string) => ({ MessageId: 'm', ChannelArn: 'c', Content });
/** As JSON brings it, or as the SDK makes of it: NaN is a number that JSON can't write. */
const anything = () => fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, NaN, Infinity, -0));

describe('Parameter Store', () => {
  const filtering = (answer: unknown) => {
    const words = new WordsParameter('/chat/words', async () => valueIn(answer), () => 0);
    return async (content: string) =>
      filterMessage(message(content), { words: [await words.current(signal)], patterns: [] }, { action: 'DENY' });
  };

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'got none'],
    ['null', null, 'got none'],
    ['no parameter', {}, 'got none'],
    ['a parameter that is null', { Parameter: null }, 'got none'],
    ['a parameter that is a text', { Parameter: 'canary' }, 'got none'],
    ['no value', { Parameter: {} }, 'got none'],
    ['a value that is null', { Parameter: { Value: null } }, 'got none'],
    ['an empty value', { Parameter: { Value: '' } }, 'got an empty one'],
    ['a number', { Parameter: { Value: 5 } }, 'got a value of type number'],
    ['a list', { Parameter: { Value: ['canary'] } }, 'got a value of type object'],
  ])('%s is an error, in which nothing is quoted', async (_, answer, reason) => {
    await expect(filtering(answer)('hello')).rejects.toMatchObject({
      name: 'WordsUnavailable', message: expect.stringContaining(reason),
    });
    await expect(filtering(answer)('hello')).rejects.not.toMatchObject({ message: expect.stringContaining('canary') });
  });

  test('property: allows by the text of a parameter alone', async () => {
    const answers = fc.oneof(
      anything(), fc.record({ Parameter: anything() }),
      fc.record({ Parameter: fc.record({ Value: anything() }, { requiredKeys: [] }) }),
    );
    await fc.assert(fc.asyncProperty(answers, async answer => {
      const decision = await filtering(answer)('hello').catch(() => undefined);
      if (decision?.decision === 'allow') expect((answer as any).Parameter.Value).toMatch(/[^]/);
    }));
  });

  test.each([['blank', ' \n\t'], ['separators', ',\n,'], ['what can\'t be seen', '\u200B,\u00AD']])(
    'a list of %s is warned of, once',
    async (_, Value) => {
      const decide = filtering({ Parameter: { Value } });
      expect([await decide('hello'), await decide('idiot')]).toEqual([{ decision: 'allow' }, { decision: 'allow' }]);
      expect(log.lines()).toEqual([{
        level: 'WARN',
        warning: 'NoWords',
        reason: expect.stringMatching(
          /^the SSM parameter \/chat\/words holds no word that can be seen, .*: add words, or leave/,
        ),
      }]);
    },
  );

  test('one that becomes empty is warned of as well, and one that is always so once only', async () => {
    const world = { value: 'idiot', now: 0 };
    const words = new WordsParameter('/chat/words', async () => world.value, () => world.now);
    await words.current(signal);
    for (const value of [' ', ', ', 'fool', ' ']) {
      world.value = value;
      world.now += 300_000;
      await words.current(signal);
    }
    expect(log.lines().map(({ warning }) => warning)).toEqual(['NoWords']);
  });

  test('an odd answer later leaves the words that were read before', async () => {
    const world: { answer: unknown; now: number } = { answer: { Parameter: { Value: 'idiot' } }, now: 0 };
    const words = new WordsParameter('/chat/words', async () => valueIn(world.answer), () => world.now);
    await words.current(signal);
    world.answer = {};
    world.now = 300_000;
    expect([...(await words.current(signal)).find('idiot')]).toHaveLength(1);
    expect(log.lines()).toEqual([expect.objectContaining({ warning: 'WordsNotRefreshed' })]);
  });
});

describe('Comprehend', () => {
  const SETTINGS: PiiRedactorSettings = { languages: ['en'], minimumScore: 0.5, entityTypes: new Set(['EMAIL']) };
  const ENTITY = { Type: 'EMAIL', Score: 0.9, BeginOffset: 0, EndOffset: 5 };
  const redact = (answer: unknown, settings = SETTINGS) =>
    redactMessage(message('hello'), async () => entitiesIn(answer), settings, signal);

  test.each<[string, unknown, RegExp]>([
    ['no answer', undefined, /without a list of entities/],
    ['no list', {}, /without a list of entities/],
    ['null for a list', { Entities: null }, /without a list of entities/],
    ['an object for a list', { Entities: {} }, /without a list of entities/],
    ['a text for a list', { Entities: 'canary' }, /without a list of entities/],
    ['null for an entity', { Entities: [null] }, /from undefined to undefined/],
    ['a text for an entity', { Entities: ['canary'] }, /from undefined to undefined/],
    ...['0.1', NaN, -0.1, 1.1, Infinity, true, {}, [0.1]].map((Score): [string, unknown, RegExp] =>
      [
        `the score ${typeof Score} ${String(Score)}`, { Entities: [{ ...ENTITY, Score }] },
        /Score is .*, not a number from 0 to 1/,
      ]),
    ...[5, '', 'canary', 'email', 'A]', {}].map((Type): [string, unknown, RegExp] =>
      [
        `the type ${typeof Type} ${String(Type)}`, { Entities: [{ ...ENTITY, Type }] },
        /Type is a value of type|Type is 5/,
      ]),
    ...[
      [-1, 2], [0, 6], [3, 2], [2, 2], [0.5, 2], ['0', 2], [0, '2'], ['length', 2], [NaN, 2], [null, 2], [0, 1e30],
    ].map(([BeginOffset, EndOffset]): [string, unknown, RegExp] =>
      [
        `from ${typeof BeginOffset} ${BeginOffset} to ${typeof EndOffset} ${EndOffset}`,
        { Entities: [{ ...ENTITY, BeginOffset, EndOffset }] }, /reported an entity from/,
      ]),
    [
      'an odd one among others, too unsure to count', { Entities: [ENTITY, { ...ENTITY, Score: 0.1, EndOffset: 9 }] },
      /reported an entity from/,
    ],
  ])('%s is an error, in which nothing is quoted', async (_, answer, reason) => {
    const error = await redact(answer).catch((thrown: Error) => thrown) as Error;
    expect(error).toMatchObject({ name: 'UnfitAnswer', message: expect.stringMatching(reason) });
    expect(error.message).not.toMatch(/canary|email/);
  });

  test.each<[string, unknown, string]>([
    ['overlapping entities', [{ ...ENTITY, EndOffset: 3 }, { ...ENTITY, BeginOffset: 1 }], '[EMAIL]'],
    ['the same entity twice', [ENTITY, ENTITY], '[EMAIL]'],
    ['entities in any order', [{ ...ENTITY, BeginOffset: 3 }, { ...ENTITY, EndOffset: 1 }], '[EMAIL]el[EMAIL]'],
    ['a type that the author could not know', [{ ...ENTITY, Type: 'IRIS_SCAN' }], '[IRIS_SCAN]'],
    ['no type and no score', [{ BeginOffset: 0, EndOffset: 5 }], '[PII]'],
  ])(
    '%s are redacted',
    async (_, Entities, content) => expect(await redact({ Entities })).toEqual({ decision: 'replace', content }),
  );

  test('property: allows only where each entity is one of the model, and none is to be redacted', async () => {
    const entity = fc.record({
      Type: fc.oneof(anything(), fc.constantFrom('EMAIL', 'PHONE')),
      Score: fc.oneof(anything(), fc.double({ min: 0, max: 1 })),
      BeginOffset: fc.oneof(anything(), fc.nat(6)),
      EndOffset: fc.oneof(anything(), fc.nat(6)),
    }, { requiredKeys: [] });
    const answers = fc.oneof(
      anything(),
      fc.record({ Entities: fc.oneof(anything(), fc.array(fc.oneof(entity, anything()), { maxLength: 3 })) }),
    );
    await fc.assert(fc.asyncProperty(answers, async answer => {
      const decision = await redact(answer).catch(() => undefined);
      if (decision?.decision !== 'allow') return;
      for (const { Type, Score, BeginOffset, EndOffset } of (answer as any).Entities) {
        expect(0 <= BeginOffset && BeginOffset < EndOffset && EndOffset <= 5).toBe(true);
        expect([Type, Score].every(
          value => value === undefined || value === null || ['string', 'number'].includes(typeof value),
        )).toBe(true);
        expect(Score < 0.5 || typeof Type === 'string' && Type !== 'EMAIL').toBe(true);
      }
    }), { numRuns: 2_000 });
  });
});

test.each<[unknown, string]>([
  [{ name: 'my canary!' }, 'Error'], [{ name: 7 }, 'Error'], [{ name: { canary: 1 } }, 'Error'],
  [{ name: 'ThrottlingException' }, 'ThrottlingException'],
  [{ name: 'Error', code: 'ECONNRESET' }, 'ECONNRESET'], [{ name: 'x'.repeat(65) }, 'Error'], ['canary', 'string'],
  [null, 'object'],
])('of the failed call %j is said %s', (error, name) => expect(callbackError(error)).toEqual({ name }));
