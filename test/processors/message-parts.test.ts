/** Which parts of a message are looked at, and which can be masked. */
import fc from 'fast-check';
import type { ChannelMessage } from '../../src/processor-runtime';
import { filterMessage } from '../../src/processors/word-filter/filter';
import { Pattern } from '../../src/processors/word-filter/patterns';
import { Words } from '../../src/processors/word-filter/words';

const WANTED = { words: [new Words(['idiot', 'go away'])], patterns: [new Pattern('\\d{3}-\\d{4}|5550')] };
const DENY = { action: 'DENY' } as const;
const MASK = { action: 'MASK', mask: '"*"\\' } as const;
const LEX = 'application/amz-chime-lex-msgs';

const decide = (message: object, action: typeof DENY | typeof MASK = DENY, withAttributes = false) =>
  filterMessage(
    { MessageId: 'm', ChannelArn: 'c', Content: 'hello', ...message } as ChannelMessage, WANTED, action, withAttributes,
  );

describe.each([DENY, MASK])('what can\'t be changed denies: $action', action => {
  test.each([
    [{ PushNotification: { Title: 'an id\u0001iot' } }],
    [{ PushNotification: { Body: 'idiot²' } }],
    [{ PushNotification: { Body: 'call 555-0100' } }],
    [{ ContentType: LEX, Content: '{"idiot":1}' }],
    [{ ContentType: LEX, Content: '{"a":{"i\\u0064iot" : []}}' }],
    [{ ContentType: LEX, Content: '{"n":-1.5550e7}' }],
    [{ ContentType: LEX, Content: JSON.stringify({ Content: JSON.stringify({ idiot: [] }) }) }],
  ])('%j', message => expect(decide(message, action)).toEqual({ decision: 'deny' }));

  test('attributes, where the author says so', () => {
    const message = {
      MessageAttributes: { topic: { StringValues: ['fine', 'ＩＤＩＯＴ'] }, mood: { StringValues: ['good'] } },
    };
    expect(decide(message, action)).toEqual({ decision: 'allow' });
    expect(decide(message, action, true)).toEqual({ decision: 'deny' });
    expect(decide({ MessageAttributes: { topic: { StringValues: ['fine'] } } }, action, true)).toEqual({
      decision: 'allow',
    });
  });

  test.each([
    null, 7, 'idiot', {}, { a: null }, { a: {} }, { a: { StringValues: null } }, { a: { StringValues: [7, null] } },
  ])(
    'attributes that are none: %j',
    MessageAttributes => expect(decide({ MessageAttributes }, action, true)).toEqual({ decision: 'allow' }));
});

describe('content of Lex', () => {
  const content = (text: string) => `{"Messages": [ {"Content":"${text}","ContentType":"PlainText"} ], "n": 1.50}`;

  test.each(['idiot', '\\u0069diot', 'id\\u200Biot', 'you\\nidiot', '\\"idiot\\"', 'go\\taway', 'call 555\\u002d0100'])(
    '%s is found',
    text => {
      expect(decide({ ContentType: LEX, Content: content(text) })).toEqual({ decision: 'deny' });
    },
  );

  test.each([
    JSON.stringify({ title: 'you id\u0000iot' }), JSON.stringify(['ok', JSON.stringify({ a: [{ b: 'idiot' }] })]),
    JSON.stringify('idiot'),
  ])(
    '%s as a custom payload is JSON in a text', payload => {
      const Content = JSON.stringify({ Messages: [{ ContentType: 'CustomPayload', Content: payload }] });
      expect(decide({ ContentType: LEX, Content })).toEqual({ decision: 'deny' });
      const masked = JSON.parse((decide({ ContentType: LEX, Content }, MASK) as { content: string }).content);
      JSON.parse(masked.Messages[0].Content);
      expect(decide({ ContentType: LEX, Content: JSON.stringify(masked) })).toEqual({ decision: 'allow' });
    });

  test('has names that nobody sees', () => {
    const wanted = { words: [new Words(['content', 'messages', 'text'])], patterns: [] };
    const decisionOf = (
      Content: string,
    ) => filterMessage({ MessageId: 'm', ChannelArn: 'c', Content, ContentType: LEX }, wanted, MASK);
    expect(
      decisionOf(
        '{"Messages":[{"Content":"hello","ContentType":"PlainText",'
          + '"ImageResponseCard":{"Buttons":[{"Text":"ok","Value":"1"}]}}]}',
      ),
    ).toEqual({ decision: 'allow' });
    expect(decisionOf('{"content":1}')).toEqual({ decision: 'deny' });
  });

  test.each(['5550100', 'true', 'null'])('%s in quotes is a text', text => {
    expect(decide({ ContentType: LEX, Content: `{"Content":"${text} idiot"}` }, MASK)).toMatchObject({
      decision: 'replace',
    });
    expect(decide({ ContentType: LEX, Content: `{"Content":"${text}"}` }, MASK)).toMatchObject({
      decision: text === '5550100' ? 'replace' : 'allow',
    });
  });

  test.each([
    'application/amz-chime-lex-error', 'application/amz-chime-lex-msgs; charset=utf-8',
    ' APPLICATION/AMZ-CHIME-LEX-MSGS',
  ])('of the type %j too', ContentType => {
    expect(decide({ ContentType, Content: content('\\u0069diot') })).toEqual({ decision: 'deny' });
  });

  test('and masked where it stands, so that JSON stays JSON and the rest as it was written', () => {
    expect(decide({ ContentType: LEX, Content: content('\\u0069diot, \\u00e9t\\u00e9') }, MASK)).toEqual({
      decision: 'replace', content: content('\\"*\\"\\\\, été'),
    });
  });

  test('that holds nothing is delivered as it came', () => {
    expect(decide({ ContentType: LEX, Content: content('h\\u0065llo') }, MASK)).toEqual({ decision: 'allow' });
  });

  test('that is no JSON is a text like any other', () => {
    expect(decide({ ContentType: LEX, Content: '{"a": idiot' }, MASK)).toEqual({
      decision: 'replace', content: '{"a": "*"\\',
    });
    expect(decide({ ContentType: 'text/plain', Content: '"\\u0069diot"' })).toEqual({ decision: 'allow' });
  });

  test.each(['"idiot"', '["a","idiot"]', '[[[["idiot"]]]]'])('as %s', Content => {
    expect(decide({ ContentType: LEX, Content })).toEqual({ decision: 'deny' });
    JSON.parse((decide({ ContentType: LEX, Content }, MASK) as { content: string }).content);
  });

  test('property: masked JSON is JSON with the same shape, and clean', () => {
    const texts = fc.oneof(
      fc.string(), fc.constantFrom('idiot', 'you idiot!', '555-0100', 'idiot555-0100', '"', '\\', '\u2028'),
    );
    const json = fc.jsonValue().chain(value => fc.array(texts, { maxLength: 4 }).map(list => ({ value, list })));
    const shape = (
      value: unknown,
    ): unknown => Array.isArray(value) ? value.map(shape) : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shape(member)]))
      : typeof value === 'string' ? 'text' : value;
    fc.assert(fc.property(json, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const Content = JSON.stringify(value, null, indent);
      const decision = decide({ ContentType: LEX, Content }, MASK);
      if (decision.decision !== 'replace') return;
      expect(shape(JSON.parse(decision.content!))).toEqual(shape(JSON.parse(Content)));
      expect(decide({ ContentType: LEX, Content: decision.content })).toEqual({ decision: 'allow' });
    }));
  });
});
