import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageFixture, putFlow, read, send, startMessageFixture, statusOf } from './message-fixture';
import { until } from '../../support/until';

let fixture: MessageFixture;
let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'processors-')); });
afterEach(() => fixture.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SDK = require.resolve('@aws-sdk/client-chime-sdk-messaging');

/** Answers in capitals, by an SDK that knows nothing but its environment. */
const SHOUT = `
const client = new ChimeSDKMessaging({});
async function shout({ CallbackId, ChannelMessage: { MessageId, ChannelArn, Content } }, context) {
  const hasTime = context.getRemainingTimeInMillis() > 0;
  const Metadata = [process.env.AWS_LAMBDA_FUNCTION_NAME, context.invokedFunctionArn, hasTime].join();
  const ChannelMessage = { MessageId, Content: Content.toUpperCase(), Metadata };
  await client.channelFlowCallback({ CallbackId, ChannelArn, ChannelMessage });
}`;

async function begin(file: string, code: string, processorTimeoutMs?: number): Promise<void> {
  const path = join(folder, file);
  writeFileSync(path, code);
  fixture = await startMessageFixture({ processors: { module: path }, processorTimeoutMs });
  await putFlow(fixture, ['module', 'CONTINUE']);
}

const crashes = () =>
  fixture.emulator.events().flatMap(event => event.kind === 'processor-crash' ? [event.problem] : []);

test.each([
  ['esm.mjs', `import { ChimeSDKMessaging } from '${SDK}'; ${SHOUT} export const handler = shout;`],
  ['esm-default.mjs', `import { ChimeSDKMessaging } from '${SDK}'; ${SHOUT} export default shout;`],
  ['cjs.cjs', `const { ChimeSDKMessaging } = require('${SDK}'); ${SHOUT} exports.handler = shout;`],
])('%s answers', async (file, code) => {
  await begin(file, code);
  const { MessageId } = await send(fixture);
  await until(async () => (await statusOf(fixture, MessageId))?.Value === 'SENT');
  expect(await read(fixture, MessageId)).toMatchObject({
    Content: 'HELLO', Metadata: 'module,arn:aws:lambda:us-east-1:000000000000:function:module,true',
  });
});

test.each([
  ['throws.mjs', 'export const handler = () => { throw new Error("boom"); };', 'Error: boom'],
  ['rejects.mjs', 'export const handler = async () => { throw new Error("boom"); };', 'Error: boom'],
  ['exits.mjs', 'export const handler = () => process.exit(3);', 'the processor ended its thread with exit code 3'],
  [
    'later.mjs', 'export const handler = () => new Promise(() => { setTimeout(() => { throw new Error("late"); }); });',
    'Error: late',
  ],
  ['empty.mjs', 'export const other = 1;', 'must export a function named handler'],
  ['broken.mjs', 'export const handler = ;', 'SyntaxError'],
])('%s crashes: the message stays PENDING, and the next one is tried anew', async (file, code, problem) => {
  await begin(file, code);
  const { MessageId } = await send(fixture);
  await until(() => crashes().length === 1);
  await send(fixture);
  await until(() => crashes().length === 2);
  expect(crashes()).toEqual([expect.stringContaining(problem), expect.stringContaining(problem)]);
  expect(await statusOf(fixture, MessageId)).toEqual({ Value: 'PENDING' });
});

describe('a module that never ends', () => {
  /** Keeps a core busy, and says so in a file. */
  const loop = (beat: string) => `
    import { writeFileSync } from 'node:fs';
    export const handler = () => {
      for (let count = 0; ; count++) writeFileSync(${JSON.stringify(beat)}, String(count));
    };`;
  const beat = () => join(folder, 'beat');

  const lastBeat = () => statSync(beat()).mtimeMs;

  async function goesOn(): Promise<boolean> {
    const before = lastBeat();
    await sleep(300);
    return lastBeat() !== before;
  }

  async function beginLoop(processorTimeoutMs?: number): Promise<void> {
    writeFileSync(beat(), '');
    await begin('loop.mjs', loop(beat()), processorTimeoutMs);
    const before = lastBeat();
    await send(fixture);
    await until(() => lastBeat() !== before);
  }

  test('is ended when its time is over, and the next invocation gets another thread', async () => {
    await beginLoop(400);
    await until(() => crashes().length === 1);
    expect(crashes()).toEqual(['the processor did not end within 400 ms']);
    // The thread's end takes a moment.
    await until(async () => !await goesOn());
    await send(fixture);
    await until(() => crashes().length === 2);
  });

  test.each<[string, () => Promise<void>]>([
    ['a reset', async () => { fixture.emulator.reset(); }],
    ['the end of the emulator', () => fixture.emulator.close()],
  ])('is ended by %s', async (_, end) => {
    await beginLoop();
    expect(await goesOn()).toBe(true);
    await end();
    await until(async () => !await goesOn());
    expect(crashes()).toEqual([]);
    // Closed a second time by afterEach.
    fixture = { ...fixture, close: () => fixture.emulator.close().catch(() => undefined) };
  });

  test('takes nothing from others in its thread', async () => {
    await begin('waits.mjs', `import { ChimeSDKMessaging } from '${SDK}'; ${SHOUT}
      export const handler = (event, context) =>
        event.ChannelMessage.Content === 'wait' ? new Promise(() => {}) : shout(event, context);`, 1_000);
    const { MessageId: waiting } = await send(fixture, { Content: 'wait' });
    const { MessageId } = await send(fixture);
    await until(async () => (await statusOf(fixture, MessageId))?.Value === 'SENT');
    await until(() => crashes().length === 1);
    expect(await statusOf(fixture, waiting)).toEqual({ Value: 'PENDING' });
  });
});

test('a module that fills the memory ends its thread alone', async () => {
  await begin(
    'fills.mjs', 'export const handler = () => { const all = []; for (;;) all.push(new Array(1_000_000).fill({})); };',
  );
  await send(fixture);
  await until(() => crashes().length === 1);
  expect(crashes()).toEqual([expect.stringContaining('memory')]);
}, 60_000);
