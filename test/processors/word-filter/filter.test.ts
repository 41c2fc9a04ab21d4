import fc from 'fast-check';
import type { ChannelMessage } from '../../../src/processor-runtime';
import { filterMessage, type Action } from '../../../src/processors/word-filter/filter';
import { Pattern } from '../../../src/processors/word-filter/patterns';
import { Words } from '../../../src/processors/word-filter/words';

const DENY: Action = { action: 'DENY' };
const MASK: Action = { action: 'MASK', mask: '***' };

function decide(
  content: unknown, action: Action, { words = ['idiot', '傻瓜'], patterns = ['\\d{3}-\\d{4}'], more = {} } = {},
) {
  const message = { MessageId: 'm', ChannelArn: 'c', Content: content, ...more } as ChannelMessage;
  return filterMessage(
    message, { words: [new Words(words)], patterns: patterns.map(source => new Pattern(source)) }, action,
  );
}

describe('deny', () => {
  test.each([
    ['nothing', 'hello', 'allow'],
    ['a word', 'you IDIOT', 'deny'],
    ['a pattern', 'call 555-0100', 'deny'],
    ['a pattern in full width', 'call ５５５-０１００', 'deny'],
    ['a pattern with what can\'t be seen in it', 'call 555\u200B-0100', 'deny'],
  ])('%s', (_, content, decision) => expect(decide(content, DENY)).toEqual({ decision }));
});

describe('mask', () => {
  test.each<[string, string, string, { words?: string[] }?]>([
    ['a word', 'you IDIOT!', 'you ***!'],
    ['each of several', 'idiot, 傻瓜傻瓜 at 555-0100', '***, ****** at ***'],
    ['overlapping ones as one', 'idiot 555-0100', '***', { words: ['idiot 555'] }],
    ['one inside another', 'a very bad idiot indeed', 'a *** indeed', { words: ['idiot', 'very bad idiot'] }],
    ['whole emoji', 'hey 🖕🏽!', 'hey ***!', { words: ['🖕'] }],
    ['with what can\'t be seen in it', 'id\u200Biot.', '***.'],
  ])('%s', (_, content, expected, wanted = {}) =>
    expect(decide(content, MASK, wanted)).toEqual({ decision: 'replace', content: expected }));

  test(
    'nothing found delivers the message as it is',
    () => expect(decide('hello \u200B ｆｕｌｌ', MASK)).toEqual({ decision: 'allow' }),
  );

  test('masks that make the content too long deny the message', () => {
    expect(decide('a '.repeat(2_000), MASK, { words: ['a'] })).toEqual({ decision: 'deny' });
  });

  test('is written with the mask as it stands', () => {
    expect(decide('you idiot', { action: 'MASK', mask: '$& [убрано]' })).toEqual({
      decision: 'replace', content: 'you $& [убрано]',
    });
  });
});

describe.each([DENY, MASK])('a push notification, which can\'t be changed ($action)', action => {
  test.each([
    [{ Title: 'idiot' }, 'deny'],
    [{ Body: 'call 555-0100' }, 'deny'],
    [{ Title: 'Ann', Body: 'new message', Type: 'DEFAULT' }, 'allow'],
    [{}, 'allow'],
    [{ Title: '', Body: 7 }, 'allow'],
  ])('%j', (PushNotification, decision) =>
    expect(decide('hello', action, { more: { PushNotification } })).toEqual({ decision }));
});

test.each([undefined, null, 7])('content that is %s can\'t be looked at', content => {
  expect(() => decide(content, DENY)).toThrow('the message has no content');
});

describe('properties', () => {
  const words = fc.array(fc.stringMatching(/^[a-zß-öа-я傻瓜]{1,5}$/), { minLength: 1, maxLength: 4 });
  const pieces = fc.array(
    fc.oneof(fc.string({ unit: 'binary', maxLength: 6 }), fc.constantFrom(' ', '.', '\u200B', '😀', 'e\u0301')),
    { maxLength: 20 },
  );

  test('deny and mask agree on what is found', () => {
    fc.assert(fc.property(words, pieces, (list, parts) => {
      const content = [...parts, ' ', list[0]].join('') || 'x';
      const wanted = { words: list, patterns: [] };
      expect(decide(content, MASK, wanted).decision === 'allow').toBe(
        decide(content, DENY, wanted).decision === 'allow',
      );
    }));
  });

  test('masked content holds no word any more, and keeps all the rest in its order', () => {
    fc.assert(fc.property(words, pieces, (list, parts) => {
      const content = [...parts, ' ', list[0], ' end'].join('');
      const decision = decide(content, MASK, { words: list, patterns: [] });
      if (decision.decision !== 'replace') return;
      expect(decide(decision.content, DENY, { words: list, patterns: [] })).toEqual({ decision: 'allow' });
      expect(content).toMatch(new RegExp(
        `^${decision.content!.split('***').map(kept => kept.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&')).join('[^]*')}$`,
      ));
    }));
  });

  test('content without a letter, digit or pattern of the lists is delivered as it is', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'xyz XYZ.,!😀\u200B'), minLength: 1 }), content => {
      expect(decide(content, MASK)).toEqual({ decision: 'allow' });
    }));
  });
});
