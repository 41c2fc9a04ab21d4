import { APP_INSTANCE } from '../../../src/handlers/app-instance/schema';
import { APP_INSTANCE_ADMIN } from '../../../src/handlers/app-instance-admin/schema';
import { APP_INSTANCE_TAGS } from '../../../src/handlers/app-instance-tags/schema';
import { APP_INSTANCE_USER } from '../../../src/handlers/app-instance-user/schema';
import { CHANNEL } from '../../../src/handlers/channel/schema';
import { CHANNEL_FLOW } from '../../../src/handlers/channel-flow/schema';
import { CHANNEL_FLOW_ASSOCIATION } from '../../../src/handlers/channel-flow-association/schema';
import { CHANNEL_FLOW_VERIFICATION } from '../../../src/handlers/channel-flow-verification/schema';
import {
  arnOf, bytes, checkProperties, FUNCTION_ARN, ID, listOf, METADATA, NAME, oneOf, optional, required, string, structure,
  tags, text, USER_NAME, wholeNumber, type Rule, type Schema,
} from '../../../src/handlers/schema/rules';

const schemas = {
  APP_INSTANCE,
  APP_INSTANCE_ADMIN,
  APP_INSTANCE_TAGS,
  APP_INSTANCE_USER,
  CHANNEL,
  CHANNEL_FLOW,
  CHANNEL_FLOW_ASSOCIATION,
  CHANNEL_FLOW_VERIFICATION,
};
import { createEvent, deleteEvent, updateEvent } from '../events';

interface Properties { readonly Name: string; readonly Metadata?: string; readonly Tags?: object }

const SCHEMA: Schema<Properties> = {
  Name: required(NAME), Metadata: optional(METADATA), Tags: tags(1, { isOptional: true }),
};
const check = (properties: unknown) => () => checkProperties<Properties>(createEvent(properties as Properties), SCHEMA);

test.each([
  ['the least', { Name: 'n' }],
  ['all', { Name: 'n', Metadata: 'm', Tags: [{ Key: 'k', Value: 'v' }, { Key: 'l', Value: 'w' }] }],
  ['what is empty, where it may be', { Name: 'n', Metadata: '', Tags: [] }],
  ['what it does not know, for it acts on nothing', { Name: 'n', Nonce: { a: 1 } }],
])('takes %s', (_, properties) => {
  expect(check(properties)).not.toThrow();
});

test.each([
  ['no name', {}, 'Name must be a string that is not empty'],
  ['an empty name', { Name: '' }, 'Name must be a string that is not empty'],
  ['a name that is inherited', Object.create({ Name: 'n' }), 'Name must be a string that is not empty'],
  ['metadata that are no text', { Name: 'n', Metadata: 7 }, 'Metadata must be a string'],
  ['tags that are no list', { Name: 'n', Tags: { Key: 'k', Value: 'v' } }, 'Tags must be a list of { Key, Value }'],
  [
    'a tag without a value', { Name: 'n', Tags: [{ Key: 'k', Value: 'v' }, { Key: 'l' }] },
    'Tags must be a list of { Key, Value }',
  ],
  ['a tag without a key', { Name: 'n', Tags: [{ Value: 'v' }] }, 'Tags must be a list of { Key, Value }'],
  ['a tag that is nothing', { Name: 'n', Tags: [null] }, 'Tags must be a list of { Key, Value }'],
  [
    'all of it', { Metadata: {}, Tags: 'x' },
    'Name must be a string that is not empty; Metadata must be a string; Tags must be a list of { Key, Value }',
  ],
])('refuses %s, and says which property it is', (_, properties, problem) => {
  expect(check(properties)).toThrow(new Error(`${problem} — correct the properties in the template`));
});

test('a Delete is never refused, and goes on without what is wrong', () => {
  const event = checkProperties<Properties>(deleteEvent('id', { Name: 7, Metadata: 'm', Other: 1 } as never), SCHEMA);
  expect(event.ResourceProperties).toEqual({ Metadata: 'm', Other: 1 });
});

test('former properties are not refused, and are none where they are wrong', () => {
  const event = checkProperties<Properties>(
    updateEvent('id', { Name: 'n' }, { Name: 'o', Tags: 'x' } as never), SCHEMA,
  );
  expect(event.OldResourceProperties).toEqual({ Name: 'o' });
});

const ARN = 'arn:aws:chime:us-east-1:123456789012:app-instance/a';

describe.each<[string, Rule, unknown[], unknown[]]>([
  ['a name', required(NAME), ['n', '🦉'.repeat(256)], ['', '\u0000', 'x'.repeat(257), '\ud83e', 7]],
  ['a user\'s name', required(USER_NAME), ['n', ' n '], [' ', '\t', 'a\nb', 'x'.repeat(101)]],
  ['metadata', optional(METADATA), ['', 'x'.repeat(1024), undefined], ['a\nb', 'x'.repeat(1025), null]],
  ['an id', optional(ID), ['a', 'a:-_.@b', undefined], ['', '-a', 'a-', 'a b', 'a/b', '*', 'é', 'a'.repeat(65), 'a\n']],
  ['a choice', string(oneOf('FAIL', 'REPLACE')), ['FAIL', 'REPLACE'], [
    '', 'fail', 'Replace', 'REPLACE ', ' FAIL', 'REPLACE\n', 'ＦＡＩＬ', undefined, null, true, ['FAIL'],
    { toString: 'FAIL' },
  ]],
  [
    'a whole number', wholeNumber(1, 3), ['1', '3', 2],
    ['0', '4', '1.0', '1e0', '01', ' 1', '+1', '0x1', '', 1.5, Number.NaN, true, ['1'], undefined],
  ],
  ['an app instance', string(arnOf('appInstance', 'app instance')), [ARN], [
    `${ARN}/`, `${ARN}/user/b`, `${ARN}#x`, `${ARN} `, `${ARN}\n`,
    'arn:aws:chime:us-east-1:123456789012:app-instance/*', 7,
  ]],
  [
    'a bearer', string(arnOf('bearer', 'user or bot')), [`${ARN}/user/b`, `${ARN}/bot/b`],
    [ARN, `${ARN}/channel/b`, `${ARN}/user/*`, `${ARN}/user/\${b}`, `${ARN}/user/b"`],
  ],
  [
    'a channel', string(arnOf('channel', 'channel')), [`${ARN}/channel/b`],
    [`${ARN}/channel-flow/b`, `${ARN}/channel/b?c`, `${ARN}/channel/b/messages/c`],
  ],
  [
    'a channel flow', string(arnOf('channelFlow', 'channel flow')), [`${ARN}/channel-flow/b`],
    [`${ARN}/channel/b`],
  ],
  ['a function', required(
    FUNCTION_ARN,
  ), ['arn:aws:lambda:us-east-1:123456789012:function:f', 'arn:aws:lambda:us-east-1:123456789012:function:f:live'],
  [
    'arn:aws:lambda:us-east-1:123456789012:layer:f', 'arn:aws-cn:lambda:cn-north-1:123456789012:function:f',
    'arn:aws:lambda:us-east-1:123456789012:function:*', 'f',
  ]],
  ['a list', listOf(required(text(1, 2)), 1, 2), [['a'], ['a', 'bb']], [[], ['a', 'b', 'c'], ['abc'], 'a', { 0: 'a' }]],
  [
    'a structure', structure({ A: required(text(1, 2)) }), [{ A: 'a' }, { A: 'a', B: 1 }],
    [{}, { A: 'abc' }, [], null, 'a', Object.create({ A: 'a' })],
  ],
  ['content', required(bytes(1, 4)), ['a', 'éé'], ['', 'ééa', 7]],
])('%s', (_, rule, right, wrong) => {
  test.each(right.map(value => [value]))('may be %p', value => {
    expect(rule(value)).toBeUndefined();
  });

  test.each(wrong.map(value => [value]))('must not be %p', value => {
    expect(rule(value)).toEqual(expect.any(String));
  });
});

describe('tags', () => {
  const rule = tags(2, { isOptional: false });
  const many = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));

  test('may be as many as the library leaves', () => {
    expect(rule(many(48))).toBeUndefined();
    expect(rule(many(49))).toBe('must be at most 48 tags, and are 49');
  });

  test.each([
    'cdk-chime-messaging:owner', 'cdk-chime-messaging:', 'CDK-Chime-Messaging:claim:x', 'aws:x',
    'AWS:cloudformation:stack-name',
  ])(
    'must not have the reserved key %s, which a token may hold', Key => {
      expect(rule([{ Key, Value: 'v' }])).toMatch(/^must not have a key that begins with/);
    },
  );

  test.each([
    ['a key twice', [{ Key: 'k', Value: 'v' }, { Key: 'k', Value: 'w' }]],
    ['an empty key', [{ Key: '', Value: 'v' }]],
    ['a long key', [{ Key: 'k'.repeat(129), Value: 'v' }]],
    ['an empty value', [{ Key: 'k', Value: '' }]],
    ['a long value', [{ Key: 'k', Value: 'canary'.repeat(50) }]],
    ['none where they are needed', undefined],
  ])('must not have %s; what they hold is not said', (_, value) => {
    expect(rule(value)).toMatch(/^must /);
    expect(rule(value)).not.toContain('canary');
  });
});

test('every resource type has a schema', () => {
  expect(Object.keys(schemas)).toHaveLength(8);
});
