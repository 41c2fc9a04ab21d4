import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExampleCopy } from '../../../local/demo/example-copy';

const directory = () => mkdtempSync(join(tmpdir(), 'example-'));

test('an edit changes the copy and shows as a diff', () => {
  const target = directory();
  const lines = new ExampleCopy(target).edit({
    from: "channelFlowName: 'moderation'", to: "bearer: admin,\n      channelFlowName: 'redaction'",
  });

  expect(lines).toEqual(["- channelFlowName: 'moderation'", '+ bearer: admin,', "+ channelFlowName: 'redaction'"]);
  expect(readFileSync(join(target, 'lib', 'support-chat-stack.ts'), 'utf8')).toContain("channelFlowName: 'redaction'");
});

test('an edit of another file changes that', () => {
  const target = directory();
  const file = join('processor', 'index.ts');
  new ExampleCopy(target).edit({ file, from: '[card number]', to: '***' });

  expect(readFileSync(join(target, file), 'utf8')).toContain("'***'");
});

test('an edit that does not fit the example says so', () => {
  const copy = new ExampleCopy(directory());

  expect(() => copy.edit({ from: 'no such line', to: '' })).toThrow('"no such line" stands 0 times in');
  expect(() => copy.edit({ from: 'new ', to: '' })).toThrow(/"new " stands \d+ times in .*, must be once/);
});
