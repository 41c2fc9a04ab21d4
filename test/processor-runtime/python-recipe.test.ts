/** The Python example at work, with boto3: `npx projen setup:local` makes the environment that it runs in. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { CHANNEL_ARN, callbackServer, messageEvent } from './fixture';

const ROOT = resolve(__dirname, '../..');
const PYTHON = join(ROOT, '.venv/bin/python');
const EXAMPLE = join(ROOT, 'examples/processors/python');

const server = callbackServer();

/** Invokes the handler with an event, after a piece of Python that may put another function into its place. */
async function run(event: unknown, { before = '', ms = 3_000 } = {}) {
  const code = `
import json, sys, time
sys.path.insert(0, ${JSON.stringify(EXAMPLE)})
sys.dont_write_bytecode = True
import handler as module
${before}
class Context:
    ends = time.monotonic() + ${ms} / 1000
    def get_remaining_time_in_millis(self):
        return (self.ends - time.monotonic()) * 1000
try:
    module.handler(json.loads(sys.argv[1]), Context())
except Exception as error:
    print(json.dumps({"raised": str(error)}), flush=True)
import os
os._exit(0)
`;
  const { stdout, stderr } = await promisify(execFile)(PYTHON, ['-c', code, JSON.stringify(event)], { env: { ...process.env } });
  return { lines: stdout.trim().split('\n').map(line => JSON.parse(line) as Record<string, unknown>), output: stdout + stderr };
}

beforeAll(() => {
  if (!existsSync(PYTHON)) throw new Error('there is no .venv: run npx projen setup:local');
});

const OWN = { Metadata: 'm', ContentType: 'text/plain', SubChannelId: 's', MessageAttributes: { topic: { StringValues: ['a'] } } };

test('delivers a message as it is', async () => {
  const event = messageEvent(OWN);
  const { lines } = await run(event);
  expect(server().attempts).toHaveLength(1);
  expect(server().attempts[0]).toEqual({
    channelArn: CHANNEL_ARN,
    body: { CallbackId: event.CallbackId, ChannelMessage: { MessageId: event.ChannelMessage.MessageId, Content: 'hello', ...OWN } },
  });
  expect(lines).toEqual([{ level: 'INFO', messageId: event.ChannelMessage.MessageId, decision: 'deliver', answer: 'ANSWERED' }]);
});

test('replaces content and keeps the rest', async () => {
  await run(messageEvent({ Content: 'call 555-0100', ...OWN }));
  expect(server().attempts[0].body.ChannelMessage).toMatchObject({ Content: 'call ***', ...OWN });
});

test('denies', async () => {
  const { lines } = await run(messageEvent({ Content: 'forbidden' }));
  expect(server().attempts[0].body).toMatchObject({ DeleteResource: true });
  expect(lines[0]).toMatchObject({ level: 'INFO', decision: 'deny' });
});

test.each([
  ['raises', 'def decide(message): raise ValueError("canary " + message["Content"])', 'ValueError'],
  ['returns nonsense', 'def decide(message): return 7', 'TypeError'],
  ['returns too much', 'def decide(message): return {"Content": "é" * 2049}', 'ValueError'],
  ['returns nothing to say', 'def decide(message): return {"Content": ""}', 'ValueError'],
  ['never returns', 'def decide(message):\n    while True: time.sleep(1)', 'TimeoutError'],
])('denies when the decision %s', async (_what, decide, error) => {
  const event = messageEvent({ Content: 'canary' });
  const { lines, output } = await run(event, { before: `${decide}\nmodule.decide = decide`, ms: 1_500 });
  expect(server().answers.get(event.CallbackId)!.body.DeleteResource).toBe(true);
  expect(lines).toEqual([expect.objectContaining({ level: 'ERROR', decision: 'deny', answer: 'ANSWERED', error })]);
  expect(output).not.toContain('canary');
});

test.each([429, 500, 503])('answers though callbacks fail with %d', async (status) => {
  server().fault = (_callback, attempt) => attempt <= 2 ? { status } : undefined;
  const { lines } = await run(messageEvent(), { ms: 20_000 });
  expect(server().answers.size).toBe(1);
  expect(lines[0]).toMatchObject({ level: 'INFO', answer: 'ANSWERED' });
});

test('answers though a connection breaks after the answer was taken', async () => {
  server().fault = (_callback, attempt) => attempt === 1 ? 'cut' : undefined;
  const { lines } = await run(messageEvent());
  expect(server().answers.size).toBe(1);
  expect(lines[0]).toMatchObject({ level: 'INFO', answer: 'ALREADY_ANSWERED' });
});

test('raises before its time is over when the service stays ill', async () => {
  server().fault = () => ({ status: 429 });
  const { lines } = await run(messageEvent(), { ms: 1_000 });
  expect(server().attempts.length).toBeGreaterThan(2);
  expect(lines).toEqual([{ raised: expect.stringMatching(/has no answer yet: ThrottledClient/) }]);
});

test.each([400, 403, 409])('takes a second answer\'s %d for what it is', async (status) => {
  server().secondAnswer = status;
  const event = messageEvent();
  await run(event);
  const { lines } = await run(event);
  expect(server().answers.get(event.CallbackId)!.body.ChannelMessage.Content).toBe('hello');
  expect(lines).toEqual([expect.objectContaining({ level: 'INFO', answer: 'ALREADY_ANSWERED' })]);
});

test('denies what the service refuses to deliver', async () => {
  server().fault = ({ body }) => body.DeleteResource ? undefined : { status: 400 };
  const { lines } = await run(messageEvent());
  expect(server().answers.size).toBe(1);
  expect(lines).toEqual([expect.objectContaining({ level: 'ERROR', decision: 'deny', answer: 'ANSWERED', error: 'DecisionRefused' })]);
});

test('raises without the service\'s words when the role may not answer', async () => {
  server().fault = () => ({ status: 403, message: 'User: x is not authorized to perform: y because of canary' });
  const { lines, output } = await run(messageEvent());
  expect(lines).toEqual([{ raised: expect.stringMatching(/has no answer yet: ForbiddenException$/) }]);
  expect(output).not.toContain('canary');
});

test.each([['another type', { EventType: 'X' }], ['no callback id', { CallbackId: undefined }], ['no message', { ChannelMessage: undefined }]])(
  'leaves an event of another shape: %s', async (_what, change) => {
    const { lines } = await run({ ...messageEvent(), ...change });
    expect(lines).toEqual([{ level: 'ERROR', error: 'NotAChannelMessage' }]);
    expect(server().attempts).toEqual([]);
  });
