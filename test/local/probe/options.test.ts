import { parseArguments, toOptions } from '../../../local/probe/options';

const options = (args: string[], environment: Record<string, string> = {}) =>
  toOptions(parseArguments(args), environment);

test('without options the real service is asked, in us-east-1', () => {
  expect(options([])).toEqual({
    region: 'us-east-1',
    messagingEndpoint: 'https://messaging-chime.us-east-1.amazonaws.com',
    identityEndpoint: 'https://identity-chime.us-east-1.amazonaws.com',
    local: false,
    patienceMs: 30_000,
    yes: false,
  });
});

test.each<[string, string[], Record<string, string>, string]>([
  ['the option', ['--region', 'eu-central-1'], { AWS_REGION: 'us-east-1' }, 'eu-central-1'],
  ['AWS_REGION', [], { AWS_REGION: 'eu-central-1', AWS_DEFAULT_REGION: 'us-east-1' }, 'eu-central-1'],
  ['AWS_DEFAULT_REGION', [], { AWS_DEFAULT_REGION: 'eu-central-1' }, 'eu-central-1'],
])('the region by %s', (_, args, environment, region) => {
  expect(options(args, environment)).toMatchObject({
    region, messagingEndpoint: `https://messaging-chime.${region}.amazonaws.com`,
  });
});

test.each<[string, string[], Record<string, string>, [string, string]]>([
  [
    'the option', ['--endpoint', 'http://127.0.0.1:1/'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:2' },
    ['http://127.0.0.1:1', 'http://127.0.0.1:1'],
  ],
  ['the services\' variables', [], {
    AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: 'http://localhost:1',
    AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY: 'http://[::1]:2',
    AWS_ENDPOINT_URL: 'http://x',
  }, ['http://localhost:1', 'http://[::1]:2']],
  ['the common variable', [], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, ['http://127.0.0.1:1', 'http://127.0.0.1:1']],
])('the endpoints by %s', (_, args, environment, [messagingEndpoint, identityEndpoint]) => {
  expect(options(args, environment)).toMatchObject({ messagingEndpoint, identityEndpoint, local: true });
});

test.each([
  'http://127.0.0.1.example.com', 'http://example.com:127', 'http://localhost.example.com', 'http://0.0.0.0:1',
  'https://127.0.0.1@example.com',
])(
  '%s is not on this machine', endpoint => {
    expect(options(['--endpoint', endpoint]).local).toBe(false);
  });

test.each<[string, string[], Record<string, string>, string]>([
  ['a region without the service', [], { AWS_REGION: 'eu-west-1' },
    'the service is in us-east-1 and eu-central-1 only, got "eu-west-1" from AWS_REGION (override it by --region)'],
  [
    'another default region', [], { AWS_DEFAULT_REGION: 'eu-west-1' },
    'from AWS_DEFAULT_REGION (override it by --region)',
  ],
  [
    'an endpoint that is no URL', ['--endpoint', 'here'], {},
    '--endpoint must be a URL such as http://127.0.0.1:4566, got "here"',
  ],
  [
    'a variable that is no URL', [], { AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY: 'here' },
    'AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY must be a URL',
  ],
  ['half an emulator', [], { AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: 'http://127.0.0.1:1' },
    'messaging is at http://127.0.0.1:1 and identity at https://identity-chime.us-east-1.amazonaws.com: name both'],
  ['no function', ['--lambda-arn', 'probe'], {}, '--lambda-arn must be the ARN of a Lambda function, got "probe"'],
  ['a function elsewhere', ['--lambda-arn', 'arn:aws:lambda:eu-central-1:000000000000:function:probe'], {},
    '--lambda-arn must name a function in us-east-1, where the probe asks, got one in eu-central-1'],
  [
    'no number', ['--patience', 'long'], {},
    '--patience must be a number of seconds, more than 0 and at most 3600, got "long"',
  ],
  ['no patience', ['--patience', '0'], {}, 'got "0"'],
  ['too much patience', ['--patience', '3601'], {}, 'got "3601"'],
])('%s is refused', (_, args, environment, problem) => {
  expect(() => options(args, environment)).toThrow(problem);
});
