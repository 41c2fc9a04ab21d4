import { withoutSecrets } from '../../../src/handlers/service/secrets';

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI', AWS_SESSION_TOKEN: 'IQoJb3JpZ2lu' };
const before = { ...process.env };

beforeEach(() => { Object.keys(CREDENTIALS).forEach(name => delete process.env[name]); });
afterAll(() => { process.env = before; });

test.each(Object.entries(CREDENTIALS))('no value of %s is left', (name, value) => {
  process.env[name] = value;
  expect(withoutSecrets(`signed with ${value}, and ${value} again`, undefined)).toBe('signed with [redacted], and [redacted] again');
});

test('without credentials and input the text stays as it is', () => {
  expect(withoutSecrets('refused for what it is', undefined)).toBe('refused for what it is');
  expect(withoutSecrets('refused for null', null)).toBe('refused for null');
  expect(withoutSecrets('refused for text', 'text')).toBe('refused for text');
});

test.each(['Value', 'Metadata', 'Content'])('no %s of the input is left, however deep', name => {
  const input = { Name: 'lobby', [name]: 'hidden', Tags: [{ Key: 'team', [name]: 'deeper' }], Nothing: null, Count: 5 };
  expect(withoutSecrets('lobby, hidden, team: deeper, 5', input)).toBe('lobby, [redacted], team: [redacted], 5');
});

test('three letters are cut out, two are not', () => {
  expect(withoutSecrets('abc, ab', { Value: 'abc', Tags: [{ Value: 'ab' }] })).toBe('[redacted], ab');
});

test('what is part of another goes with it', () => {
  const input = [{ Value: 'care' }, { Value: 'caretaker' }, { Value: 'take' }];
  expect(withoutSecrets('caretaker care', input)).toBe('[redacted] [redacted]');
  expect(withoutSecrets('caretaker care', [...input].reverse())).toBe('[redacted] [redacted]');
});

test('what the service quotes as JSON goes, too', () => {
  expect(withoutSecrets(String.raw`got "say \"no\"" and say "no"`, { Content: 'say "no"' })).toBe('got "[redacted]" and [redacted]');
});

test('an input as deep as an event may be is no trouble', () => {
  let input: object = { Value: 'hidden' };
  for (let depth = 0; depth < 100_000; depth++) input = { input };
  expect(withoutSecrets('it is hidden', input)).toBe('it is [redacted]');
});
