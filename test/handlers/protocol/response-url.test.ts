import { ResponseUrl } from '../../../src/handlers/protocol/response-url';

const signed = (date: string) => new ResponseUrl(
  `https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/?X-Amz-Date=${date}`,
).signed;

/** Hosts that end like one of AWS, and are none; and what is no name at all. */
const NOT_OF_AWS = [
  'https://169.254.169.254/', 'https://[::1]/', 'https://localhost/', 'https://example.com/', 'https://amazonaws.com/',
  'https://evilamazonaws.com/',
  'https://s3.amazonaws.com.evil.test/', 'https://s3.amazonaws.co/', 'https://s3.amazonaws.com.evil/',
  'https://amazonaws.com@evil.test/', 'https://evil.test/amazonaws.com',
  'https://evil.test/?host=s3.amazonaws.com', 'https://s3.amazonaws.com.cn.evil.test/', 'https://a_b.amazonaws.com/',
  'https://s3.amazonaws.com./', 'https://c2s.ic.gov/',
].filter(url => new URL(url).username === '');

const BUCKET = 'cloudformation-custom-resource-response';

test.each([
  `${BUCKET}-useast1.s3.amazonaws.com`, `${BUCKET}-euwest1.s3-eu-west-1.amazonaws.com`,
  `${BUCKET}-eucentral1.s3.eu-central-1.amazonaws.com`,
  `${BUCKET}-cnnorth1.s3.cn-north-1.amazonaws.com.cn`, `${BUCKET}-usisoeast1.s3.us-iso-east-1.c2s.ic.gov`,
  `${BUCKET}-usisobeast1.s3.us-isob-east-1.sc2s.sgov.gov`,
  `${BUCKET}-euisoewest1.s3.eu-isoe-west-1.cloud.adc-e.uk`, `${BUCKET}-usisofsouth1.s3.us-isof-south-1.csp.hci.ic.gov`,
  `${BUCKET}-euscdeeast1.s3.eusc-de-east-1.amazonaws.eu`,
  'cloudformation-custom-resource-response-useast1.S3.AMAZONAWS.COM',
])('CloudFormation takes answers at %s', host => {
  expect(new ResponseUrl(`https://${host}/x?X-Amz-Signature=y`).problem).toBeUndefined();
});

beforeEach(() => { process.env.CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE = '1'; });
afterAll(() => { delete process.env.CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE; });

test('the date of the signature is read as it is written', () => {
  expect(signed('20261124T095133Z')).toBe(Date.UTC(2026, 10, 24, 9, 51, 33));
});

test.each([
  '', '20261124', '20261124T095133', 'x20261124T095133Z', '20261124T095133Zx', '2026-11-24T09:51:33Z',
  '20261124T09513xZ',
])('%p is no date', date => {
  expect(signed(date)).toBeUndefined();
});

test('an address without a date, and none at all, say no date', () => {
  expect(new ResponseUrl('https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/').signed)
    .toBeUndefined();
  expect(new ResponseUrl(undefined).signed).toBeUndefined();
});

test.each([
  'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/x', 'http://localhost:1/x',
  'http://127.0.0.1/x', 'http://127.255.10.30:8080/', 'http://[::1]:1/x',
])('%s is taken', text => {
  expect(new ResponseUrl(text)).toMatchObject({ url: new URL(text), problem: undefined });
});

test.each<[unknown, string]>([
  [7, 'ResponseURL is no URL'],
  ['bucket', 'ResponseURL is no URL'],
  [
    'https://user@cloudformation-custom-resource-response-useast1.s3.amazonaws.com/',
    'ResponseURL carries user information',
  ],
  [
    'https://:secret@cloudformation-custom-resource-response-useast1.s3.amazonaws.com/',
    'ResponseURL carries user information',
  ],
  [
    'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com:8443/',
    'ResponseURL names a port, as CloudFormation never does',
  ],
  ...NOT_OF_AWS.map(
    (url): [string, string] => [url, 'ResponseURL is not to a host of AWS, where CloudFormation takes answers'],
  ),
  ['file:///etc/passwd', 'ResponseURL is file: where only https: is allowed'],
  ['ftp://127.0.0.1/', 'ResponseURL is ftp: where only https: is allowed'],
  [
    'http://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/',
    'ResponseURL is http:, which is for tests only: to loopback, with CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE=1',
  ],
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
  const text = 'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/a%7Cb?X-Amz-Signature=c0ffee&x="';
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
    expect(new ResponseUrl('https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com').redact('a/b?c'))
      .toBe('a/b?c');
    expect(new ResponseUrl('x').redact('x')).toBe('x');
    expect(new ResponseUrl(undefined).redact('undefined')).toBe('undefined');
  });
});
