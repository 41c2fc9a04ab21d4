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
except BaseException as error:
    cause = {"cause": str(error.__cause__)} if error.__cause__ else {}
    print(json.dumps({"raised": str(error), **cause}), flush=True)
import os
os._exit(0)
`;
  const { stdout, stderr } = await promisify(execFile)(
    PYTHON, ['-c', code, JSON.stringify(event)], { env: { ...process.env } },
  );
  return {
    lines: stdout.trim().split('\n').map(line => JSON.parse(line) as Record<string, unknown>), output: stdout + stderr,
  };
}

beforeAll(() => {
  if (!existsSync(PYTHON)) throw new Error('there is no .venv: run npx projen setup:local');
});

const OWN = {
  Metadata: 'm', ContentType: 'text/plain', SubChannelId: 's', MessageAttributes: { topic: { StringValues: ['a'] } },
};

test('delivers a message as it is', async () => {
  const event = messageEvent(OWN);
  const { lines } = await run(event);
  expect(server().attempts).toHaveLength(1);
  expect(server().attempts[0]).toEqual({
    channelArn: CHANNEL_ARN,
    body: {
      CallbackId: event.CallbackId,
      ChannelMessage: { MessageId: event.ChannelMessage.MessageId, Content: 'hello', ...OWN },
    },
  });
  expect(lines).toEqual([
    { level: 'INFO', messageId: event.ChannelMessage.MessageId, decision: 'deliver', answer: 'ANSWERED' },
  ]);
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
  ['returns another member', 'def decide(message): return {"canary": 1}', 'ValueError'],
  ['returns a text', 'def decide(message): return "canary"', 'TypeError'],
  ['returns content that is none', 'def decide(message): return {"Content": 7}', 'AttributeError'],
  ['returns half a character', 'def decide(message): return {"Content": "\\ud800"}', 'UnicodeEncodeError'],
  ['returns metadata that is none', 'def decide(message): return {"Metadata": {"canary": 1}}', 'DecisionRefused'],
  [
    'returns attributes that boto3 refuses',
    'def decide(message): return {"MessageAttributes": {"a": message["Content"]}}', 'DecisionRefused',
  ],
  [
    'returns what throws when it is looked at',
    'class Odd(dict):\n    def __iter__(self): raise KeyError("canary")\ndef decide(message): return Odd(a=1)',
    'KeyError',
  ],
  ['exits', 'def decide(message): sys.exit(message["Content"])', 'SystemExit'],
  ['is interrupted', 'def decide(message): raise KeyboardInterrupt(message["Content"])', 'KeyboardInterrupt'],
  ['raises what is no Exception', 'class Odd(BaseException): pass\ndef decide(message): raise Odd("canary")', 'Odd'],
  [
    'raises a class that is named by content',
    'def decide(message): raise type(message["Content"], (Exception,), {})()', 'Exception',
  ],
  ['raises a chain', 'def decide(message):\n    try: raise ValueError("canary")\n    except ValueError as error: raise '
    + 'OSError("canary") from error', 'OSError'],
  [
    'raises what raises when it is looked at',
    'class Odd(type):\n    __name__ = property(lambda self: sys.exit("canary"))\nclass Error(Exception, '
      + 'metaclass=Odd): pass\ndef decide(message): raise Error("canary")',
    'Exception',
  ],
  ['returns what never ends when it is looked at', 'class Odd(dict):\n    def __iter__(self):\n        while True: '
    + 'time.sleep(1)\ndef decide(message): return Odd(Content="x")', 'TimeoutError'],
  ['returns what never ends when it is sent', 'class Odd(dict):\n    def items(self):\n        while True: '
    + 'time.sleep(1)\ndef decide(message): return {"PushNotification": Odd(Body="x")}', 'TimeoutError'],
  ['returns bytes', 'def decide(message): return {"Content": b"canary"}', 'AttributeError'],
  ['returns a set', 'def decide(message): return {"MessageAttributes": {"canary"}}', 'TypeError'],
  ['never ends its recursion', 'def decide(message): return decide(message)', 'RecursionError'],
])('denies when the decision %s', async (_what, decide, error) => {
  const event = messageEvent({ Content: 'canary' });
  const { lines, output } = await run(event, { before: `${decide}\nmodule.decide = decide`, ms: 1_500 });
  expect(server().answers.get(event.CallbackId)!.body.DeleteResource).toBe(true);
  expect(lines).toEqual([expect.objectContaining({ level: 'ERROR', decision: 'deny', answer: 'ANSWERED', error })]);
  expect(output).not.toContain('canary');
});

test.each([
  ['exits', 'def decide(message): sys.exit(1)', 'SystemExit'],
  ['is refused by boto3', 'def decide(message): return {"PushNotification": message["Content"]}', 'DecisionRefused'],
  ['never returns', 'def decide(message):\n    while True: time.sleep(1)', 'TimeoutError'],
])('delivers where ON_ERROR says so, when the decision %s', async (_what, decide, error) => {
  const event = messageEvent({ Content: 'canary', ...OWN });
  const { lines, output } = await run(
    event, { before: `${decide}\nmodule.decide = decide\nmodule.ON_ERROR = "allow"`, ms: 1_500 },
  );
  expect(server().answers.get(event.CallbackId)!.body).toMatchObject({ ChannelMessage: { Content: 'canary', ...OWN } });
  expect(server().answers.get(event.CallbackId)!.body.DeleteResource).toBeUndefined();
  expect(lines).toEqual([expect.objectContaining({ level: 'ERROR', decision: 'deliver', answer: 'ANSWERED', error })]);
  expect(output).not.toContain('canary');
});

test('says where a decision failed', async () => {
  const { lines } = await run(
    messageEvent(), { before: 'def decide(message): return message["None"]\nmodule.decide = decide' },
  );
  expect(lines[0]).toMatchObject({ error: 'KeyError', at: expect.stringMatching(/^.+:\d+$/) });
});

test('denies what can\'t be delivered as it came, where ON_ERROR is allow', async () => {
  const event = messageEvent({ MessageAttributes: 'canary' });
  const { lines, output } = await run(event, { before: 'module.ON_ERROR = "allow"' });
  expect(server().answers.get(event.CallbackId)!.body.DeleteResource).toBe(true);
  expect(lines).toEqual([
    expect.objectContaining({ level: 'ERROR', decision: 'deny', answer: 'ANSWERED', error: 'DecisionRefused' }),
  ]);
  expect(output).not.toContain('canary');
});

test('is not changed by what the function does to its message', async () => {
  await run(messageEvent(OWN), {
    before: 'def decide(message):\n    message["MessageAttributes"]["x"] = 1\n    return {}\nmodule.decide = decide',
  });
  expect(server().attempts[0].body.ChannelMessage).toMatchObject(OWN);
});

test.each([429, 500, 503])('answers though callbacks fail with %d', async status => {
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

test.each([400, 403, 409])('takes a second answer\'s %d for what it is', async status => {
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
  expect(lines).toEqual([
    expect.objectContaining({ level: 'ERROR', decision: 'deny', answer: 'ANSWERED', error: 'DecisionRefused' }),
  ]);
});

test('raises without the service\'s words when the role may not answer', async () => {
  server().fault = () => ({ status: 403, message: 'User: x is not authorized to perform: y because of canary' });
  const { lines, output } = await run(messageEvent());
  expect(lines).toEqual([{ raised: expect.stringMatching(/has no answer yet: ForbiddenException$/) }]);
  expect(output).not.toContain('canary');
});

test.each([[
  'another type', { EventType: 'X' },
], ['no callback id', { CallbackId: undefined }], ['no message', { ChannelMessage: undefined }],
['a text for a message', { ChannelMessage: 'canary' }], ['an odd id', { CallbackId: { canary: 1 } }]])(
  'leaves an event of another shape: %s', async (_what, change) => {
    const { lines } = await run({ ...messageEvent(), ...change });
    expect(lines).toEqual([{ level: 'ERROR', error: 'NotAChannelMessage' }]);
    expect(server().attempts).toEqual([]);
  });
