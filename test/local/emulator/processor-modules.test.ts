import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageFixture, putFlow, read, send, startMessageFixture, statusOf, until } from './message-fixture';

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
  const Metadata = [process.env.AWS_LAMBDA_FUNCTION_NAME, context.invokedFunctionArn, context.getRemainingTimeInMillis() > 0].join();
  await client.channelFlowCallback({ CallbackId, ChannelArn, ChannelMessage: { MessageId, Content: Content.toUpperCase(), Metadata } });
}`;

async function begin(file: string, code: string): Promise<void> {
  const path = join(folder, file);
  writeFileSync(path, code);
  fixture = await startMessageFixture({ processors: { module: path } });
  await putFlow(fixture, ['module', 'CONTINUE']);
}

const crashes = () => fixture.emulator.events().flatMap(event => event.kind === 'processor-crash' ? [event.problem] : []);

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
  ['later.mjs', 'export const handler = () => new Promise(() => { setTimeout(() => { throw new Error("late"); }); });', 'Error: late'],
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
