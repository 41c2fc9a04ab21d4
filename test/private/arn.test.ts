import { Aws, Fn, Token } from 'aws-cdk-lib';
import { ArnKind, requireArn } from '../../src/private/arn';

const APP_INSTANCE = 'arn:aws:chime:us-east-1:123456789012:app-instance/4a6f';
const WITH_TOKENS = `arn:${Aws.PARTITION}:chime:${Aws.REGION}:${Aws.ACCOUNT_ID}:app-instance`;

const KINDS: [ArnKind, string][] = [
  [ArnKind.APP_INSTANCE, ''], [ArnKind.USER, '/user/'], [ArnKind.BEARER, '/bot/'], [ArnKind.CHANNEL, '/channel/'],
  [ArnKind.CHANNEL_FLOW, '/channel-flow/'],
];
const name = (id: string, prefix: string, below: string) =>
  below === '' ? `${prefix.replace(/4a6f$/, '')}${id}` : `${prefix}${below}${id}`;

describe.each(KINDS)('of kind %p', (kind, below) => {
  test.each(['4a6f', 'a', 'A:-_.@9', '11111111-1111-4111-8111-111111111111', 'a'.repeat(64)])(
    'the id %p is taken',
    id => {
      const arn = name(id, APP_INSTANCE, below);
      expect(requireArn('arn', arn, kind)).toBe(arn);
    },
  );

  // What a policy, a template, a path or a shell would take for something else.
  test.each([
    '*', 'a*', '?', 'a?b', '${aws:username}', '${AWS::Region}', '#{x}', '"', "'", 'a"b', 'a b', 'a\tb', 'a\nb', '',
    'a/b', '../b', 'a%2F', 'a#b', 'a,b', '[a]', '<a>', 'é', '\u0000',
    '-a', 'a-', 'a'.repeat(65),
  ])('the id %p is refused', id => {
    expect(() => requireArn('arn', name(id, APP_INSTANCE, below), kind)).toThrow(/^arn must be arn:/);
  });

  test.each(['*', 'a?', '${x}', '"', 'a b', 'a\n'])('the id %p is refused beside tokens', id => {
    const arn = below === '' ? `${WITH_TOKENS}/${id}` : `${WITH_TOKENS}/4a6f${below}${id}`;
    expect(() => requireArn('arn', arn, kind)).toThrow(
      /^arn must hold only letters, digits and :_\.@\/- in addition to tokens, got "arn::chime/,
    );
  });

  test.each([
    WITH_TOKENS + '/4a6f', Token.asString({ Ref: 'Arn' }), Fn.importValue('Arn'),
    `${Token.asString({ Ref: 'Arn' })}${below || '/channel/'}lobby`,
  ])(
    '%s is taken, for it is known only at deployment', arn => {
      expect(requireArn('arn', arn, kind)).toBe(arn);
    },
  );
});
