import { ResponseUrl } from '../../../src/handlers/protocol/response-url';

const signed = (date: string) => new ResponseUrl(`https://bucket.example.com/?X-Amz-Date=${date}`).signed;

beforeEach(() => { process.env.CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE = '1'; });
afterAll(() => { delete process.env.CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE; });

test('the date of the signature is read as it is written', () => {
  expect(signed('20261124T095133Z')).toBe(Date.UTC(2026, 10, 24, 9, 51, 33));
});

test.each(['', '20261124', '20261124T095133', 'x20261124T095133Z', '20261124T095133Zx', '2026-11-24T09:51:33Z', '20261124T09513xZ'])('%p is no date', date => {
  expect(signed(date)).toBeUndefined();
});

test('an address without a date, and none at all, say no date', () => {
  expect(new ResponseUrl('https://bucket.example.com/').signed).toBeUndefined();
  expect(new ResponseUrl(undefined).signed).toBeUndefined();
});

test.each(['https://bucket.example.com/x', 'http://localhost:1/x', 'http://127.0.0.1/x', 'http://127.255.10.30:8080/', 'http://[::1]:1/x'])('%s is taken', text => {
  expect(new ResponseUrl(text)).toMatchObject({ url: new URL(text), problem: undefined });
});

test.each([
  [7, 'ResponseURL is no URL'],
  ['bucket', 'ResponseURL is no URL'],
  ['https://user@bucket.example.com/', 'ResponseURL carries user information'],
  ['https://:secret@bucket.example.com/', 'ResponseURL carries user information'],
  ['https://bucket.example.com:8443/', 'ResponseURL names a port, as CloudFormation never does'],
  ['https://169.254.169.254/', 'ResponseURL is to an address or a local name, as CloudFormation never sends'],
  ['file:///etc/passwd', 'ResponseURL is file: where only https: is allowed'],
  ['ftp://127.0.0.1/', 'ResponseURL is ftp: where only https: is allowed'],
  ['http://bucket.example.com/', 'ResponseURL is http:, which is for tests only: to loopback, with CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE=1'],
  ['http://127.0.0.1.example.com/', 'ResponseURL is http:, which is for tests only'],
  ['http://128.0.0.1/', 'ResponseURL is http:, which is for tests only'],
])('%s is refused', (text, problem) => {
  const refused = new ResponseUrl(text);
  expect(refused.url).toBeUndefined();
  expect(refused.problem).toContain(problem);
});

test.each([undefined, '', '0', 'true'])('loopback is refused where the switch is %p', value => {
  delete process.env.CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE;
  if (value !== undefined) process.env.CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE = value;
  expect(new ResponseUrl('http://127.0.0.1/').problem).toContain('for tests only');
});

describe('redact', () => {
  const text = 'https://bucket.example.com/a%7Cb?X-Amz-Signature=c0ffee&x="';
  const url = new ResponseUrl(text);

  test.each([
    ['the address as it came', text],
    ['the address as it is sent', new URL(text).href],
    ['path and query', new URL(text).pathname + new URL(text).search],
    ['the query', new URL(text).search],
    ['the address in JSON', JSON.stringify(text).slice(1, -1)],
  ])('takes out %s, wherever it is', (_, secret) => {
    expect(url.redact(`PUT ${secret} and ${secret} failed`)).toBe('PUT [redacted] and [redacted] failed');
  });

  test('takes out also an address that was refused', () => {
    expect(new ResponseUrl('not an address?c0ffee').redact('got not an address?c0ffee')).toBe('got [redacted]');
  });

  test('leaves alone what every text holds', () => {
    expect(new ResponseUrl('https://bucket.example.com').redact('a/b?c')).toBe('a/b?c');
    expect(new ResponseUrl('x').redact('x')).toBe('x');
    expect(new ResponseUrl(undefined).redact('undefined')).toBe('undefined');
  });
});
