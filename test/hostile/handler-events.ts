import * as fc from 'fast-check';
import { HANDLERS, type Entry } from './handlers';

/**
 * One event for the function of one resource type; `text` is what Lambda parses, with names of the world's things in
 * braces.
 */
export interface HostileEvent {
  readonly entry: Entry;
  readonly text: string;
  /** Whether an answer can and must be sent. */
  readonly isAnswerable: boolean;
}

/** What stands for the address of the server that takes the answers. */
export const ANSWERS_HERE = '{answers}';

/**
 * Values as they stand in the text of an event; what is large is written short here and grows in `HostileEvent.text`.
 */
const GROWN: readonly [marker: string, json: string][] = [
  ['"@deep"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['"@deep-object"', `${'{"Tags":'.repeat(4_000)}1${'}'.repeat(4_000)}`],
  ['"@huge"', JSON.stringify('x'.repeat(200_000))],
  ['"@huge-list"', JSON.stringify(Array(5_000).fill({ Key: 'k', Value: 'v' }))],
  ['"@proto"', '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}'],
  ['"@not-a-number"', '1e999'],
];

/** ARNs that are nobody's business here: of other services, partitions, regions and accounts, and some that pretend. */
const FOREIGN_ARNS = [
  'arn:aws:s3:::bucket',
  'arn:aws:iam::000000000000:role/admin',
  'arn:aws:lambda:us-east-1:999999999999:function:theirs',
  'arn:aws:lambda:eu-central-1:000000000000:function:theirs',
  'arn:aws:chime:us-east-1:999999999999:app-instance/theirs',
  'arn:aws:chime:eu-central-1:000000000000:app-instance/theirs',
  'arn:aws-cn:chime:us-east-1:000000000000:app-instance/theirs',
  'arn:aws:chime:us-east-1:0000000000001:app-instance/theirs',
  'arn:aws:chime-sdk:us-east-1:000000000000:app-instance/theirs',
].flatMap(arn => [arn, ...arn.includes('app-instance')
  ? ['user/eve', 'bot/eve', 'channel/theirs', 'channel-flow/theirs'].map(part => `${arn}/${part}`)
  : []])
  .flatMap(arn => [arn, `${arn}#abcdefghijklmnop`]);

const OWN_ARNS = [
  '{appInstance}', '{appInstance}/', '{appInstance}#x', '{appInstance}\n', '{appInstance}/user', '{appInstance}/user/',
  '{appInstance}/../theirs',
  '{channel}', '{channel}/messages/1', '{channel}?a=b', '{channel}#', '{channel}#abcdefghijklmnop', '{flow}',
  '{flow}%2F..', '{admin}', '{user}',
  '{user}\r\nx-amz-chime-bearer: {admin}', '{appInstance}/user/\u0000', '{appInstance}/channel/é\ud83d\ude00',
  '{appInstance}/channel/\ud83d',
];

const NAMES = [
  '@proto-key', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'then', 'toJSON', 'length',
  'ServiceToken', 'AppInstanceArn',
  'Bearer', 'Tags', 'Name', '',
];

const scalar = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...FOREIGN_ARNS) },
  { weight: 3, arbitrary: fc.constantFrom(...OWN_ARNS) },
  { weight: 2, arbitrary: fc.constantFrom(...GROWN.map(([marker]) => JSON.parse(marker) as string)) },
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    'NaN',
    'undefined',
    'null',
    '__proto__',
    'constructor',
    '\u0000',
    '\ud83d',
    '../..',
    '${jndi:ldap://x}',
    '{{7*7}}',
  ),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(null, true, false, 0, -1, 1e21, 0.1),
);

const name = fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 20 }));

const value = fc.letrec<{ any: unknown }>(any => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    fc.array(any('any'), { maxLength: 4 }),
    fc.array(fc.record({ Key: any('any'), Value: any('any') }), { maxLength: 3 }),
    fc.dictionary(name, any('any'), { maxKeys: 4 }),
  ),
})).any;

/** Properties as they should be, but for some. */
function properties(valid: Record<string, unknown>): fc.Arbitrary<unknown> {
  const odd = fc.record(Object.fromEntries(Object.entries(valid).map(([key, right]) => [key, fc.oneof(
    { weight: 20, arbitrary: fc.constant(right) },
    { weight: 2, arbitrary: value },
    { weight: 1, arbitrary: typeof right === 'object' ? within(right) : scalar },
  )])), { requiredKeys: [] });
  const more = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, fc.dictionary(name, value, { maxKeys: 3 }));
  return fc.oneof(
    { weight: 20, arbitrary: fc.tuple(odd, more).map(([some, others]) => ({ ...others, ...some })) },
    { weight: 5, arbitrary: fc.constant(valid) },
    { weight: 1, arbitrary: value },
  );
}

/** A list or structure with one value in it that is something else. */
function within(right: unknown): fc.Arbitrary<unknown> {
  const text = JSON.stringify(right);
  const places = [...text.matchAll(/:("[^"]*")/g)];
  if (places.length === 0) return value;
  return fc.tuple(fc.nat(places.length - 1), scalar).map(([place, odd]) => {
    const { index, 1: old } = places[place];
    return JSON.parse(text.slice(0, index + 1) + JSON.stringify(odd) + text.slice(index + 1 + old.length));
  });
}

function frameText(right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 60, arbitrary: right }, { weight: 1, arbitrary: value });
}

/** Addresses to which nothing may ever be sent. */
export const REFUSED_URLS = [
  undefined, null, 1, {}, '', 'x', '@huge', '@deep', 'file:///etc/passwd', 'ftp://example.com/', 'gopher://127.0.0.1/',
  'javascript:alert(1)', 'data:,x',
  'http://cloudformation.test/', 'http://169.254.169.254/latest/meta-data/', 'http://[fd00:ec2::254]/',
  'http://127.0.0.1.evil.test/', 'http://127.1@evil.test/',
  'https://user:password@cloudformation.test/', 'https://user@cloudformation.test/',
  'https://:password@cloudformation.test/',
  'https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://127.1/', 'https://0/', 'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://localhost/', 'https://LOCALHOST./', 'https://a.localhost/', 'https://169.254.169.254/latest/',
  'https://169.254.170.2/v2/credentials', 'https://[fe80::1]/',
  'https://10.0.0.1/', 'https://192.168.1.1/', 'https://8.8.8.8/', 'https://metadata/',
  'https://metadata.google.internal/', 'https://printer.local/',
  'https://cloudformation.test:8443/', 'https://cloudformation.test:22/', 'https://１２７.０.０.１/', 'https://',
  'https://cloudformation.test/', 'https://amazonaws.com/', 'https://evilamazonaws.com/',
  'https://s3.amazonaws.com.evil.test/', 'https://s3.amazonaws.com./',
  'https://s3.amazonaws.com:8443/', 'https://user@s3.amazonaws.com/', 'http://s3.amazonaws.com/',
  'https://s3.amazonaws.co/',
] as const;

const STACK_ID = 'arn:aws:cloudformation:us-east-1:000000000000:stack/chat/1';

function eventOf(entry: Entry): fc.Arbitrary<HostileEvent> {
  const { valid, ids } = HANDLERS[entry];
  const requestType = frameText(fc.constantFrom('Create', 'Update', 'Update', 'Delete', 'Delete'));
  const event = fc.record({
    RequestType: requestType,
    StackId: frameText(fc.constant(STACK_ID)),
    RequestId: frameText(fc.uuid()),
    ResourceType: frameText(fc.constant(`Custom::${entry}`)),
    LogicalResourceId: frameText(fc.constantFrom('Resource', 'Another')),
    PhysicalResourceId: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...ids) },
      { weight: 3, arbitrary: fc.constantFrom(...FOREIGN_ARNS, ...OWN_ARNS) },
      { weight: 1, arbitrary: value },
    ),
    ResourceProperties: properties(valid),
    OldResourceProperties: properties(valid),
  }, {
    requiredKeys: [
      'RequestType', 'StackId', 'RequestId', 'LogicalResourceId', 'PhysicalResourceId', 'ResourceProperties',
    ],
  });
  const addressed = fc.tuple(event, fc.dictionary(name, value, { maxKeys: 1 }), fc.oneof(
    { weight: 6, arbitrary: fc.constant(ANSWERS_HERE) },
    { weight: 1, arbitrary: fc.constantFrom(...REFUSED_URLS) },
  ));
  return addressed.map(([frame, more, ResponseURL]) => ({
    entry, text: grown(JSON.stringify({ ...more, ...frame, ResponseURL })), isAnswerable: ResponseURL === ANSWERS_HERE,
  }));
}

function grown(text: string): string {
  return GROWN.reduce((longer, [marker, json]) => longer.replaceAll(marker, json), text).replaceAll(
    '"@proto-key":', '"__proto__":',
  );
}

const nonsense = fc.tuple(fc.constantFrom(...Object.keys(HANDLERS) as Entry[]), value)
  .map(([entry, event]): HostileEvent => ({ entry, text: grown(JSON.stringify(event)), isAnswerable: false }));

export const hostileEvent: fc.Arbitrary<HostileEvent> = fc.oneof(
  { weight: 1, arbitrary: nonsense },
  ...(Object.keys(HANDLERS) as Entry[]).map(entry => ({ weight: 5, arbitrary: eventOf(entry) })),
);
