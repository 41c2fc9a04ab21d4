/**
 * The function as it is deployed: synthesized, bundled, with the SDK's own clients. `npx projen bundle` makes what is
 * tested.
 */
import { OnError, PiiEntityType, PiiLanguage, PiiRedactor, type PiiRedactorProps } from '../../../src';
import { ProcessorDeployment } from '../processor-deployment';
import { ServiceStub, type ServiceAnswer, type ServiceCall } from '../service-stub';

let comprehend: ServiceStub;
beforeAll(async () => { comprehend = await ServiceStub.start(); });
beforeEach(() => {
  comprehend.calls = [];
  comprehend.answer = detectAddresses;
});
afterAll(() => comprehend.stop());

const deployed = (props?: PiiRedactorProps) =>
  new ProcessorDeployment(stack => new PiiRedactor(stack, 'Redactor', props));
const texts = (...contents: string[]) => contents.map(Content => ({ Content }));
const process = (props: PiiRedactorProps | undefined, messages: Record<string, unknown>[], ms?: number) =>
  deployed(props).process(messages, { AWS_ENDPOINT_URL_COMPREHEND: comprehend.url }, ms);

/** Finds addresses of mail and phone numbers, as sure as they are long. */
function detectAddresses({ input: { Text } }: ServiceCall): ServiceAnswer {
  const entities = (
    type: string, pattern: RegExp, Score: number,
  ) => [...String(Text).matchAll(pattern)].map(({ 0: found, index }) => {
    const BeginOffset = [...String(Text).slice(0, index)].length;
    return { Type: type, Score, BeginOffset, EndOffset: BeginOffset + [...found].length };
  });
  return { body: { Entities: [...entities('EMAIL', /\S+@\S+/gu, 0.9), ...entities('PHONE', /\d{3}-\d{4}/gu, 0.5)] } };
}

test('redacts everything by default', async () => {
  const { outcomes, failures } = await process(undefined, texts('hello', '😀 bé@example.com or 555-0100 👨‍👩‍👧'));
  expect(outcomes).toEqual([{ sent: 'hello' }, { sent: '😀 [EMAIL] or [PHONE] 👨‍👩‍👧' }]);
  expect(failures).toEqual([]);
  expect(comprehend.calls[0]).toEqual({
    target: 'Comprehend_20171127.DetectPiiEntities', input: { Text: 'hello', LanguageCode: 'en' },
  });
});

test('redacts what it is told', async () => {
  const content = 'a@example.com or 555-0100';
  expect((await process({ entityTypes: [PiiEntityType.PHONE], mask: '#' }, texts(content))).outcomes).toEqual([
    { sent: 'a@example.com or #' },
  ]);
  expect((await process({ minimumScore: 0.8 }, texts(content))).outcomes).toEqual([{ sent: '[EMAIL] or 555-0100' }]);
});

test('asks in each language', async () => {
  await process({ languages: [PiiLanguage.SPANISH, PiiLanguage.ENGLISH] }, texts('hola'));
  expect(comprehend.calls.map(({ input }) => input.LanguageCode).sort()).toEqual(['en', 'es']);
});

test('denies a message whose notification holds personal data', async () => {
  const { outcomes } = await process(
    undefined, [{ Content: 'hello', PushNotification: { Title: 'Ann', Body: 'call 555-0100' } }],
  );
  expect(outcomes).toEqual(['denied']);
});

test('asks again when Comprehend throttles', async () => {
  comprehend.answer = (call, count) =>
    count < 3 ? { status: 400, body: { __type: 'ThrottlingException' } } : detectAddresses(call);
  expect((await process(undefined, texts('555-0100'))).outcomes).toEqual([{ sent: '[PHONE]' }]);
  expect(comprehend.calls).toHaveLength(3);
});

describe('when Comprehend gives no answer', () => {
  test.each<[string, ServiceAnswer, string]>([
    [
      'refused', { status: 400, body: { __type: 'AccessDeniedException', message: 'canary' } },
      'AccessDeniedException (400) — allow the function\'s role comprehend:DetectPiiEntities',
    ],
    [
      'throttled', { status: 400, body: { __type: 'ThrottlingException', message: 'canary' } },
      'ThrottlingException (400) — ask AWS for a higher rate',
    ],
    [
      'ill', { status: 500, body: { __type: 'InternalServerException', message: 'canary' } },
      'InternalServerException (500) — see the health of Amazon Comprehend',
    ],
    ['odd', { body: { Answer: 'canary' } }, 'Amazon Comprehend answered without a list of entities'],
    [
      'unfit', { body: { Entities: [{ Type: 'NAME', Score: 1, BeginOffset: 0, EndOffset: 99 }] } },
      'Comprehend reported an entity from 0 to 99 in a text of 6 code points',
    ],
    ['no JSON', { body: [] as never }, 'Comprehend'],
  ])('%s: the message is denied, and the log says why', async (_, answer, reason) => {
    comprehend.answer = () => answer;
    const { outcomes, output, failures } = await process(undefined, texts('canary'));
    expect(outcomes).toEqual(['denied']);
    expect(failures).toEqual([]);
    expect(output).toContain(reason);
    expect(output).not.toContain('canary');
  });

  test('in time: the message is denied', async () => {
    comprehend.answer = () => 'hang';
    const { outcomes } = await process(undefined, texts('hello'), 3_000);
    expect(outcomes).toEqual(['denied']);
  });

  test('the message is sent where the author wants that', async () => {
    comprehend.answer = () => ({ status: 400, body: { __type: 'InvalidRequestException' } });
    expect((await process({ onError: OnError.ALLOW }, texts('hello'))).outcomes).toEqual([{ sent: 'hello' }]);
  });
});

test('a function that was not set up by its construct denies, and says what is missing', async () => {
  const { outcomes, output } = await deployed().process(texts('hello'), { LANGUAGES: '' });
  expect(outcomes).toEqual(['denied']);
  expect(output).toContain('the environment variable LANGUAGES is missing');
});

test('neither personal data nor content are logged', async () => {
  const { output } = await process(
    undefined, [...texts('canary@example.com', 'canary', '555-0100'), { Content: null, Metadata: 'canary' }],
  );
  expect(output.trim().split('\n')).toHaveLength(4);
  expect(output).not.toMatch(/canary|example\.com|555-0100/);
});
