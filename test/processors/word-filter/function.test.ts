/**
 * The function as it is deployed: synthesized, bundled, with the SDK's own clients. `npx projen bundle` makes what is
 * tested.
 */
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { OnError, WordFilter, WordFilterAction, type WordFilterProps } from '../../../src';
import { ProcessorDeployment } from '../processor-deployment';
import { ServiceStub } from '../service-stub';

let parameterStore: ServiceStub;
beforeAll(async () => { parameterStore = await ServiceStub.start(); });
beforeEach(() => { parameterStore.calls = []; });
afterAll(() => parameterStore.stop());

const deployed = (props: WordFilterProps) => new ProcessorDeployment(stack => new WordFilter(stack, 'Filter', props));
const withParameter = (
  props: WordFilterProps = {},
) => new ProcessorDeployment(stack => new WordFilter(stack, 'Filter', {
  wordsParameter: ssm.StringParameter.fromStringParameterName(stack, 'Words', '/chat/words'), ...props,
}));
const endpoints = () => ({ AWS_ENDPOINT_URL_SSM: parameterStore.url });
const texts = (...contents: string[]) => contents.map(Content => ({ Content }));

const LISTS = { words: ['Straße', '傻瓜', 'canary'], patterns: ['\\d{3}-\\d{4}'] };

test('denies', async () => {
  const { outcomes, failures } = await deployed(LISTS).process(
    texts('hello', 'in der STRASSE', '你是傻瓜吗', 'call 555-0100', 'Straßen'),
  );
  expect(outcomes).toEqual([{ sent: 'hello' }, 'denied', 'denied', 'denied', { sent: 'Straßen' }]);
  expect(failures).toEqual([]);
});

test('masks', async () => {
  const { outcomes } = await deployed({ ...LISTS, action: WordFilterAction.MASK, mask: '[…]' })
    .process(texts('hello 😀', '😀 canary, 555-0100', 'a '.repeat(2_000), 'canary '.repeat(585)));
  expect(outcomes).toEqual([
    { sent: 'hello 😀' }, { sent: '😀 […], […]' }, { sent: 'a '.repeat(2_000) }, { sent: '[…] '.repeat(585) },
  ]);
});

test('masks by default with three stars', async () => {
  const { outcomes } = await deployed({ words: ['canary'], action: WordFilterAction.MASK }).process(texts('a canary'));
  expect(outcomes).toEqual([{ sent: 'a ***' }]);
});

test('starts without the engine of the patterns, and without lists', async () => {
  parameterStore.answer = () => ({ body: { Parameter: { Value: 'canary' } } });
  const { outcomes } = await withParameter().process(texts('canary', 'bird'), endpoints());
  expect(outcomes).toEqual(['denied', { sent: 'bird' }]);
});

test('holds more words than an environment', async () => {
  const words = Array.from({ length: 20_000 }, (_, index) => `word${index}`);
  const { outcomes } = await deployed({ words }).process(texts('word', 'word19999'));
  expect(outcomes).toEqual([{ sent: 'word' }, 'denied']);
});

describe('a parameter', () => {
  test('is read once, decrypted, beside the words of the construct', async () => {
    parameterStore.answer = () => ({ body: { Parameter: { Value: 'fool,\ngo away' } } });
    const { outcomes } = await withParameter({ words: ['canary'] }).process(
      texts('canary', 'Fool!', 'GO  AWAY', 'hello'), endpoints(),
    );
    expect(outcomes).toEqual(['denied', 'denied', 'denied', { sent: 'hello' }]);
    expect(parameterStore.calls).toEqual([
      { target: 'AmazonSSM.GetParameter', input: { Name: '/chat/words', WithDecryption: true } },
    ]);
  });

  test('that can\'t be read for a moment is read again', async () => {
    parameterStore.answer = (_, count) =>
      count < 3 ? { status: 500, body: { __type: 'InternalServerError' } } : { body: { Parameter: { Value: 'fool' } } };
    const { outcomes } = await withParameter().process(texts('fool'), endpoints());
    expect(outcomes).toEqual(['denied']);
    expect(parameterStore.calls).toHaveLength(3);
  });

  test.each([[undefined, 'denied'], [OnError.DENY, 'denied'], [OnError.ALLOW, { sent: 'hello' }]])(
    'that is not there: %s',
    async (onError, outcome) => {
      parameterStore.answer = () => ({ status: 400, body: { __type: 'ParameterNotFound', message: 'canary' } });
      const { outcomes, output, failures } = await withParameter({ onError }).process(texts('hello'), endpoints());
      expect(outcomes).toEqual([outcome]);
      expect(failures).toEqual([]);
      expect(output).toContain('the words in the SSM parameter /chat/words could not be read: ParameterNotFound (400)');
      expect(output).not.toContain('canary');
    },
  );

  test('that hangs leaves no message unanswered', async () => {
    parameterStore.answer = () => 'hang';
    const { outcomes } = await withParameter().process(texts('hello'), endpoints(), 3_000);
    expect(outcomes).toEqual(['denied']);
  });
});

test('a function that was not set up by its construct denies, and says what is missing', async () => {
  const { outcomes, output } = await deployed(LISTS).process(texts('hello'), { ACTION: 'NOTHING' });
  expect(outcomes).toEqual(['denied']);
  expect(output).toContain('the environment variable ACTION must be DENY or MASK');
});

test('neither words nor content are logged', async () => {
  parameterStore.answer = (_, count) => count === 1
    ? { body: { Parameter: { Value: 'canary\nyellow bird' } } }
    : { status: 400, body: { __type: 'X', message: 'canary' } };
  for (const action of [WordFilterAction.DENY, WordFilterAction.MASK]) {
    const { output } = await withParameter({ words: ['canary'], patterns: ['canar.'], action })
      .process([
        ...texts('a canary', 'my yellow bird', 'canary-like'), { Content: 7 },
        { Content: 'x', PushNotification: { Body: 'canary' } },
      ], endpoints());
    expect(output.trim().split('\n')).toHaveLength(5);
    expect(output).not.toMatch(/canar|yellow/i);
  }
});
