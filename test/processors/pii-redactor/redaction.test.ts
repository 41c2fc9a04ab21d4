import fc from 'fast-check';
import type { ChannelMessage } from '../../../src/processor-runtime';
import { partsToRedact, type PiiEntity } from '../../../src/processors/pii-redactor/entity';
import { redactMessage, type DetectPii } from '../../../src/processors/pii-redactor/redaction';
import type { PiiRedactorSettings } from '../../../src/processors/pii-redactor/settings';

const SETTINGS: PiiRedactorSettings = { languages: ['en'], minimumScore: 0 };
const { signal } = new AbortController();

/** The entity that stands for a part of the text, as Comprehend counts: in code points. */
function entity(text: string, part: string, Type = 'EMAIL', Score = 0.99): PiiEntity {
  const BeginOffset = [...text.slice(0, text.indexOf(part))].length;
  return { Type, Score, BeginOffset, EndOffset: BeginOffset + [...part].length };
}

/** Finds the parts wherever they stand. */
function detecting(
  parts: Record<string, string>, ask: (text: string, language: string) => void = () => undefined,
): DetectPii {
  return async (text, language) => {
    ask(text, language);
    return Object.entries(parts).filter(([part]) => text.includes(part)).map(
      ([part, type]) => entity(text, part, type),
    );
  };
}

function redact(
  content: string, detect: DetectPii, settings: Partial<PiiRedactorSettings> = {}, more: Record<string, unknown> = {},
) {
  const message = { MessageId: 'm', ChannelArn: 'c', Content: content, ...more } as ChannelMessage;
  return redactMessage(message, detect, { ...SETTINGS, ...settings }, signal);
}

describe('a message', () => {
  const detect = detecting({ 'ann@example.com': 'EMAIL', '555-0100': 'PHONE', 'Ann Bé': 'NAME' });

  test('without personal data is delivered as it is', async () => {
    expect(await redact('hello', detect)).toEqual({ decision: 'allow' });
  });

  test.each([
    ['I am ann@example.com', 'I am [EMAIL]'],
    ['Ann Bé: 555-0100, ann@example.com', '[NAME]: [PHONE], [EMAIL]'],
    ['😀😀 555-0100 😀', '😀😀 [PHONE] 😀'],
    ['👨‍👩‍👧e\u0301 Ann Bé 🇪🇺', '👨‍👩‍👧e\u0301 [NAME] 🇪🇺'],
    ['𝐢𝐝: 555-0100', '𝐢𝐝: [PHONE]'],
  ])('%s', async (content, expected) =>
    expect(await redact(content, detect)).toEqual({ decision: 'replace', content: expected }));

  test('gets the mask of the author', async () => {
    expect(await redact('I am ann@example.com', detect, { mask: '•••' })).toEqual({
      decision: 'replace', content: 'I am •••',
    });
  });

  test('keeps what was not to be redacted', async () => {
    expect(await redact('Ann Bé 555-0100', detect, { entityTypes: new Set(['PHONE']) })).toEqual({
      decision: 'replace', content: 'Ann Bé [PHONE]',
    });
    expect(await redact('Ann Bé', detect, { entityTypes: new Set(['PHONE']) })).toEqual({ decision: 'allow' });
  });

  test('that its masks make too long is denied', async () => {
    const content = 'a'.repeat(4_096);
    const long: DetectPii = async () =>
      [{ Type: 'US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER', Score: 1, BeginOffset: 0, EndOffset: 1 }];
    expect(await redact(content, long)).toEqual({ decision: 'deny' });
  });

  test.each([
    [{ Body: 'call 555-0100' }, 'deny'],
    [{ Title: 'Ann Bé' }, 'deny'],
    [{ Title: 'new message', Body: '' }, 'allow'],
  ])('with the notification %j', async (PushNotification, decision) => {
    expect(await redact('hello', detect, {}, { PushNotification })).toEqual({ decision });
  });

  describe('of Lex', () => {
    const ContentType = 'application/amz-chime-lex-msgs';

    test('is redacted text by text, without escapes, in one question', async () => {
      const asked: string[] = [];
      const counting = detecting({ 'ann@example.com': 'EMAIL', '555-0100': 'PHONE' }, text => asked.push(text));
      const content = '{"Messages":[{"Content":"\\u0061nn@example.com"},{"Content":"call 555-0100 '
        + '😀"},{"Content":""}]}';
      expect(await redact(content, counting, {}, { ContentType })).toEqual({
        decision: 'replace',
        content: '{"Messages":[{"Content":"[EMAIL]"},{"Content":"call [PHONE] '
          + '😀"},{"Content":""}]}',
      });
      expect(asked).toEqual(['ann@example.com\ncall 555-0100 😀\n']);
    });

    test('with a finding over two texts has both redacted', async () => {
      expect(await redact('["Ann","Bé","x"]', detecting({ 'Ann\nBé': 'NAME' }), {}, { ContentType })).toEqual({
        decision: 'replace', content: '["[NAME]","[NAME]","x"]',
      });
    });

    test.each(['{"555-0100":["x"]}', '{"a":[5550100]}'])('is denied where it can\'t be changed: %s', async content => {
      expect(await redact(content, detecting({ '555-0100': 'PHONE', '5550100': 'PHONE' }), {}, { ContentType }))
        .toEqual({ decision: 'deny' });
    });

    test('without a text needs no question', async () => {
      expect(await redact('{"Content":""}', () => Promise.reject(new Error('asked')), {}, { ContentType })).toEqual({
        decision: 'allow',
      });
    });
  });

  test('is not decided about without content', async () => {
    await expect(redact(undefined as never, detect)).rejects.toThrow('the message has no content');
  });
});

describe('languages', () => {
  test('all are asked about each text', async () => {
    const asked: string[] = [];
    const detect = detecting({ Ann: 'NAME' }, (text, language) => asked.push(`${language}: ${text}`));
    await redact('Ann', detect, { languages: ['en', 'es'] }, { PushNotification: { Body: 'new' } });
    expect(asked.sort()).toEqual(['en: Ann', 'en: new', 'es: Ann', 'es: new']);
  });

  test('what any finds is redacted', async () => {
    const detect: DetectPii = async (text, language) =>
      [entity(text, language === 'en' ? 'Ann' : 'Ann Bé', language === 'en' ? 'NAME' : 'USERNAME')];
    expect(await redact('I am Ann Bé', detect, { languages: ['en', 'es'] })).toEqual({
      decision: 'replace', content: 'I am [USERNAME]',
    });
  });

  test('one that fails leaves no decision', async () => {
    const detect: DetectPii = async (_, language) => {
      if (language === 'es') throw new Error('down');
      return [];
    };
    await expect(redact('hello', detect, { languages: ['en', 'es'] })).rejects.toThrow('down');
  });
});

describe('an entity', () => {
  test.each([
    ['as sure as asked', 0.8, true],
    ['less sure', 0.79, false],
    ['without a score', undefined, true],
  ])('%s', (_, Score, redacted) => {
    expect(
      partsToRedact('abc', [{ Type: 'PIN', Score, BeginOffset: 0, EndOffset: 1 }], { ...SETTINGS, minimumScore: 0.8 }),
    ).toHaveLength(redacted ? 1 : 0);
  });

  test('without a type counts as any', () => {
    expect(partsToRedact(
      'abc', [{ Score: 1, BeginOffset: 0, EndOffset: 1 }], { ...SETTINGS, entityTypes: new Set(['PIN']) },
    ))
      .toEqual([{ start: 0, end: 1, mask: '[PII]' }]);
  });

  test.each([
    [undefined, 1], [0, undefined], [-1, 1], [0, 4], [2, 1], [1, 1], [0.5, 1],
  ])('from %s to %s does not fit three characters', (BeginOffset, EndOffset) => {
    expect(() => partsToRedact('a😀c', [{ Type: 'PIN', Score: 1, BeginOffset, EndOffset }], SETTINGS))
      .toThrow(`an entity from ${BeginOffset} to ${EndOffset} in a text of 3 code points`);
  });
});

test('property: exactly the code points of the entity go, in any text', async () => {
  const texts = fc.array(
    fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom('😀', '👨‍👩‍👧', 'e\u0301', '𝐢', '🇪🇺')),
    { maxLength: 12 },
  );
  await fc.assert(fc.asyncProperty(texts, texts, texts, async (before, inside, after) => {
    const [left, middle, right] = [before, inside, after].map(parts => parts.join(''));
    if (middle === '') return;
    const BeginOffset = [...left].length;
    const detect: DetectPii = async () =>
      [{ Type: 'NAME', Score: 1, BeginOffset, EndOffset: BeginOffset + [...middle].length }];
    expect(await redact(left + middle + right, detect)).toEqual({
      decision: 'replace', content: `${left}[NAME]${right}`,
    });
  }));
});
