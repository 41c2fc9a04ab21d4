/**
 * What the runtime adds to a message: a handler that decides nothing much, against the SDK's call alone, over loopback
 * and against a server that does nothing. `npx tsx bench/processor-runtime/run.ts`
 *
 * The two alternate block by block, so that what the machine does meanwhile falls on both. The log is written to a
 * file, as a Lambda function's is written to a descriptor.
 */
import { randomUUID } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { ChannelFlowCallbackCommand, ChimeSDKMessagingClient } from '@aws-sdk/client-chime-sdk-messaging';
import { median, spread } from '../statistics';
import { startServer } from './trivial-server';
import { allow, channelFlowProcessor } from '../../src/processor-runtime';

const ROUNDS = 15;
const BLOCKS = 10;
const MESSAGES_A_BLOCK = 50;
const LIMIT_MS = 1;

const CHANNEL_ARN = 'arn:aws:chime:us-east-1:111122223333:app-instance/9f0c/channel/lobby';

interface Message { readonly callbackId: string; readonly messageId: string; readonly content: string }
type Answer = (message: Message) => Promise<unknown>;

async function main(): Promise<void> {
  const { url, close } = await startServer();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: url,
  });
  const log = openSync('/dev/null', 'w');
  console.log = (line: string) => writeSync(log, `${line}\n`);

  const [bare, runtime] = [bareCallback(), processor()];
  await round(bare, runtime);
  await round(bare, runtime);
  const rounds: { bare: number; runtime: number }[] = [];
  for (let count = 0; count < ROUNDS; count++) rounds.push(await round(bare, runtime));
  close();
  process.exitCode = report(rounds) <= LIMIT_MS ? 0 : 1;
}

/** The SDK's call alone, with the client's own defaults. */
function bareCallback(): Answer {
  const client = new ChimeSDKMessagingClient({
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  return ({ callbackId, messageId, content }) => client.send(new ChannelFlowCallbackCommand({
    CallbackId: callbackId, ChannelArn: CHANNEL_ARN, ChannelMessage: { MessageId: messageId, Content: content },
  }));
}

function processor(): Answer {
  const handler = channelFlowProcessor(async () => allow());
  return ({ callbackId, messageId, content }) => {
    const ends = performance.now() + 3_000;
    return handler({
      EventType: 'CHANNEL_MESSAGE_EVENT',
      CallbackId: callbackId,
      ChannelMessage: {
        MessageId: messageId,
        ChannelArn: CHANNEL_ARN,
        Content: content,
        Sender: { Arn: 'arn:aws:chime:us-east-1:111122223333:app-instance/9f0c/user/ann', Name: 'Ann' },
        Persistence: 'PERSISTENT',
        Type: 'STANDARD',
        CreatedTimestamp: '2026-01-01T00:00:00.000Z',
      },
    }, { getRemainingTimeInMillis: () => ends - performance.now() });
  };
}

/** Median milliseconds a message of each, over blocks that alternate. */
async function round(bare: Answer, runtime: Answer): Promise<{ bare: number; runtime: number }> {
  const times = { bare: [] as number[], runtime: [] as number[] };
  for (let block = 0; block < BLOCKS; block++) {
    const order = block % 2 === 0 ? ['bare', 'runtime'] as const : ['runtime', 'bare'] as const;
    for (const which of order) times[which].push(...await timed(which === 'bare' ? bare : runtime));
  }
  return { bare: median(times.bare), runtime: median(times.runtime) };
}

async function timed(answer: Answer): Promise<number[]> {
  const times: number[] = [];
  for (let count = 0; count < MESSAGES_A_BLOCK; count++) {
    const message = { callbackId: randomUUID(), messageId: randomUUID(), content: 'hello, how are you today?' };
    const started = performance.now();
    await answer(message);
    times.push(performance.now() - started);
  }
  return times;
}

function report(rounds: { bare: number; runtime: number }[]): number {
  const added = rounds.map(({ bare, runtime }) => runtime - bare);
  const line = (name: string, values: number[], unit: string) => {
    const { low, high } = spread(values);
    process.stdout.write(
      `${name.padEnd(18)} ${median(values).toFixed(3)}${unit} (quartiles ${low.toFixed(3)} to ${high.toFixed(3)})\n`,
    );
  };
  process.stdout.write(`${rounds.length} rounds of ${BLOCKS * MESSAGES_A_BLOCK} messages each, medians\n`);
  line('callback alone', rounds.map(({ bare }) => bare), ' ms');
  line('with the runtime', rounds.map(({ runtime }) => runtime), ' ms');
  line('ratio', rounds.map(({ bare, runtime }) => runtime / bare), ' ');
  line('added', added, ' ms');
  process.stdout.write(`limit              ${LIMIT_MS} ms: ${median(added) <= LIMIT_MS ? 'held' : 'EXCEEDED'}\n`);
  return median(added);
}

void main();
