import { createAppInstance, failure, Fixture, processor, startFixture } from './fixture';
import { ruleOf, rulesOf, violation } from '../../../local/emulator/protocol/constraints';
import { ROUTES } from '../../../local/emulator/protocol/router';
import { validate } from '../../../local/emulator/protocol/validation';

let fixture: Fixture;
let appInstanceArn: string;
beforeAll(async () => {
  fixture = await startFixture();
  appInstanceArn = await createAppInstance(fixture);
});
afterAll(() => fixture.close());

async function problemOf(overrides: object): Promise<string> {
  const flow: any = { AppInstanceArn: appInstanceArn, Name: 'a', Processors: [processor('p')], ...overrides };
  const { name, status, Code, message } = await failure(fixture.messaging.createChannelFlow(flow));
  expect({ name, status, Code }).toEqual({ name: 'BadRequestException', status: 400, Code: 'BadRequest' });
  return message.replace(/^\d+ validation errors? detected: /, '');
}

const processorWith = (overrides: object) => ({ Processors: [{ ...processor('p'), ...overrides }] });

const lambda = (ResourceArn: string) =>
  processorWith({ Configuration: { Lambda: { ResourceArn, InvocationType: 'ASYNC' } } });

test.each<[string, object, string]>([
  ['a name', { Name: undefined }, 'Name is required'],
  ['an empty name', { Name: '' }, 'Name must be 1 to 256 characters, got ""'],
  ['a long name', { Name: 'n'.repeat(257) }, 'Name must be 1 to 256 characters, got "nnn'],
  ['a control character', { Name: 'a\u0000b' }, 'Name must match ^['],
  ['a lone surrogate', { Name: 'a\uD800' }, 'Name must match ^['],
  ['a number for a name', { Name: 7 }, 'Name must be a string, got 7'],
  ['no processors', { Processors: [] }, 'Processors must be 1 to 3 items, got []'],
  [
    'four processors', { Processors: [1, 2, 3, 3].map(order => processor('p', { order: order })) },
    'Processors must be 1 to 3 items, got [',
  ],
  ['processors of another type', { Processors: 'p' }, 'Processors must be a list, got "p"'],
  ['a processor of another type', { Processors: ['p'] }, 'Processors[0] must be an object, got "p"'],
  ['a processor without a name', processorWith({ Name: undefined }), 'Processors[0].Name is required'],
  ['an order of 0', processorWith({ ExecutionOrder: 0 }), 'Processors[0].ExecutionOrder must be 1 to 3, got 0'],
  ['an order of 4', processorWith({ ExecutionOrder: 4 }), 'Processors[0].ExecutionOrder must be 1 to 3, got 4'],
  [
    'an order of 1.5', processorWith({ ExecutionOrder: 1.5 }),
    'Processors[0].ExecutionOrder must be an integer, got 1.5',
  ],
  [
    'an order as a string', processorWith({ ExecutionOrder: '1' }),
    'Processors[0].ExecutionOrder must be an integer, got "1"',
  ],
  [
    'another fallback', processorWith({ FallbackAction: 'RETRY' }),
    'Processors[0].FallbackAction must be one of CONTINUE, ABORT, got "RETRY"',
  ],
  ['no Lambda', processorWith({ Configuration: {} }), 'Processors[0].Configuration.Lambda is required'],
  ['another invocation type', processorWith({
    Configuration: { Lambda: { ...processor('p').Configuration!.Lambda, InvocationType: 'SYNC' } },
  }),
  'Processors[0].Configuration.Lambda.InvocationType must be one of ASYNC, got "SYNC"'],
  ['a Lambda of another partition', lambda('arn:aws-cn:lambda:cn-north-1:000000000000:function:f'),
    'Processors[0].Configuration.Lambda.ResourceArn must match ^arn:aws:lambda:'],
  ['no ARN', { AppInstanceArn: 'support' }, 'AppInstanceArn must match ^arn:'],
  ['a long token', { ClientRequestToken: 't'.repeat(65) }, 'ClientRequestToken must be 2 to 64 characters, got "ttt'],
  ['a token with a slash', { ClientRequestToken: 'a/b' }, 'ClientRequestToken must match ^[-_a-zA-Z0-9]*$, got "a/b"'],
  ['no tags', { Tags: [] }, 'Tags must be 1 to 50 items, got []'],
])('%s', async (_, overrides, problem) => {
  expect(await problemOf(overrides)).toContain(problem);
});

test('everything wrong is said at once', async () => {
  expect(await problemOf({ Name: '', Processors: [] })).toBe(
    'Processors must be 1 to 3 items, got []; Name must be 1 to 256 characters, got ""',
  );
});

test('what the service accepts is accepted', async () => {
  for (const overrides of [
    { Name: 'n'.repeat(256) },
    { Name: '\u{1F600}'.repeat(256) },
    { Name: 'tab\tnewline\n' },
    lambda('arn:aws:lambda:eu-central-1:123456789012:function:f:$LATEST'),
    lambda('arn:aws:lambda:us-east-1:123456789012:function:f:live'),
  ]) {
    await fixture.messaging.createChannelFlow({
      AppInstanceArn: appInstanceArn, Name: 'a', Processors: [processor('p')], ...overrides,
    });
  }
});

test('a null is a member that is not there', async () => {
  await fixture.messaging.createChannelFlow({
    AppInstanceArn: appInstanceArn, Name: 'a', Processors: [processor('p')], Tags: null as any,
  });
});

test('metadata is one line of at most 1024', async () => {
  const update = (Metadata: string) =>
    fixture.identity.updateAppInstance({ AppInstanceArn: appInstanceArn, Name: 'a', Metadata });
  await update('m'.repeat(1024));
  expect((await failure(update('m'.repeat(1025)))).message).toContain('Metadata must be 0 to 1024 characters');
  expect((await failure(update('a\nb'))).message).toContain('Metadata must match ^.*$');
});

test.each([
  ['UserId', ['a', 'alice@example.com', 'a:b-c_d'], ['-a', 'a-', 'a b', '']],
  ['UserName', ['Alice', ' a '], [' ', '']],
  ['ChimeArn', ['arn:aws:chime:us-east-1:1:x'], ['arn:aws:chime:us-east-1:1:/x', 'arn:AWS:chime:a:b:c']],
  ['LexIntentName', ['Welcome', 'Say_Hello'], ['1', '_a']],
] as const)('%s', (name, valid, invalid) => {
  expect(valid.map(value => violation(ruleOf(name)!, value))).toEqual(valid.map(() => undefined));
  expect(invalid.filter(value => violation(ruleOf(name)!, value) === undefined)).toEqual([]);
});

test('keys and values of maps have rules as well', () => {
  const { input } = ROUTES.find(({ operation }) => operation === 'SendChannelMessage')!;
  const message = {
    ChannelArn: 'arn:aws:chime:us-east-1:1:x',
    ChimeBearer: 'arn:aws:chime:us-east-1:1:x',
    Content: 'c',
    Type: 'STANDARD',
    Persistence: 'PERSISTENT',
    ClientRequestToken: 'tt',
  };
  validate(input, { ...message, MessageAttributes: { lang: { StringValues: ['en'] } } });
  expect(() => validate(input, { ...message, MessageAttributes: { '': { StringValues: ['en', ''] }, 'other': 'en' } }))
    .toThrow(
      '3 validation errors detected: MessageAttributes key must be 1 to 64 characters, got ""; '
    + 'MessageAttributes..StringValues[1] must be 1 to 512 characters, got ""; MessageAttributes.other must be an '
      + 'object, got "en"');
});

test('a member follows the rule of its structure', () => {
  expect(rulesOf('CreateAppInstanceUserRequest', 'Name')).toEqual([ruleOf('UserName')]);
  expect(rulesOf('CreateChannelFlowRequest', 'Name')).toEqual([ruleOf('NonEmptyResourceName')]);
  expect(rulesOf('CreateChannelFlowRequest', 'Unknown')).toEqual([]);
});
