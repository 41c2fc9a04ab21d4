import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runPython } from './python-environment';
import { isModelled, ruleOf, rulesOf } from '../../local/emulator/protocol/constraints';
import { ROUTES } from '../../local/emulator/protocol/router';
import { errors, shapes } from '../../local/emulator/protocol/service-model.json';
import { requiredMembers } from '../../local/emulator/protocol/validation';

const ROOT = join(__dirname, '..', '..');
const MODEL = join(ROOT, 'local', 'emulator', 'protocol', 'service-model.json');

test('the committed model is what botocore says: npm run service-model', async () => {
  const { stdout, stderr } = await runPython('python', [join(ROOT, 'tools', 'service-model', 'print.py')]);
  expect(stderr).toBe('');
  expect(stdout === readFileSync(MODEL, 'utf8')).toBe(true);
});

test('every pattern of the model is one of JavaScript, with a u flag where it needs one', () => {
  for (const [name, { pattern }] of Object.entries(shapes as Record<string, { pattern?: string }>)) {
    expect([name, ruleOf(name)?.pattern?.source.replaceAll('\\/', '/')]).toEqual([name, pattern]);
    if (pattern !== undefined) expect([name, ruleOf(name)!.pattern!.unicode]).toEqual([name, pattern.includes('\\u{')]);
  }
});

test('members whose names mean something else in another structure have their own rules', () => {
  expect(rulesOf('RegisterAppInstanceUserEndpointRequest', 'Type')).toEqual([
    { enum: ['APNS', 'APNS_SANDBOX', 'GCM'] },
  ]);
  expect(rulesOf('BatchCreateChannelMembershipRequest', 'MemberArns')[0]).toEqual({ min: 1, max: 100 });
  expect(rulesOf('PushNotificationConfiguration', 'Type')).toEqual([{ enum: ['DEFAULT', 'VOIP'] }]);
});

test.each(ROUTES)('$operation has modelled errors', ({ operation }) => {
  expect(Object.keys(errors)).toContain(operation);
  expect(isModelled(operation, 'ThrottledClient')).toBe(true);
  expect(isModelled(operation, 'Teapot')).toBe(false);
});

test('required members', async () => {
  const script = join(__dirname, 'print_required_members.py');
  const { stdout } = await runPython('python', [script]);
  const required: Record<string, string[]> = JSON.parse(stdout);
  for (const { input } of ROUTES) {
    if (input.isUnitSchema()) continue;
    const name = input.getName()!;
    expect([name, ...[...requiredMembers(input)].sort()]).toEqual([name, ...required[name]]);
  }
});
