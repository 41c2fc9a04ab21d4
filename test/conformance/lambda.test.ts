import { join } from 'node:path';
import { runPython } from './python-environment';
import { isolatedEnvironment } from '../../local/deployment/environment';
import { Ministack, startMinistack } from '../../local/deployment/ministack';
import { ensurePythonEnvironment } from '../../local/deployment/python-environment';
import { makeRunDirectory } from '../../local/deployment/run-directory';
import { MessageFixture, putFlow, read, send, startMessageFixture, statusOf } from '../local/emulator/message-fixture';
import { until } from '../support/until';

let aws: Ministack;
let fixture: MessageFixture;
beforeAll(async () => {
  const runDirectory = makeRunDirectory('lambda-test');
  aws = await startMinistack({
    python: await ensurePythonEnvironment(),
    runDirectory,
    environment: isolatedEnvironment(
      runDirectory,
    ),
    functionEnvironment: {},
  });
});
beforeEach(async () => { fixture = await startMessageFixture({ lambdaEndpoint: aws.url, eventsEndpoint: aws.url }); });
afterEach(() => fixture.close());
afterAll(() => aws.stop());

async function createFunction(name: string): Promise<void> {
  const args = [
    join(__dirname, 'create_function.py'), aws.url, name, join(__dirname, 'shouting-processor.mjs'),
    fixture.emulator.url,
  ];
  const { exitCode, stderr } = await runPython('python', args);
  if (exitCode !== 0) throw new Error(stderr);
}

test('a processor in Lambda is invoked, and answers', async () => {
  await createFunction('shout');
  await putFlow(fixture, ['shout']);
  const { MessageId, Status } = await send(fixture);
  expect(Status).toEqual({ Value: 'PENDING' });
  await until(async () => (await statusOf(fixture, MessageId))?.Value === 'SENT');
  expect((await read(fixture, MessageId)).Content).toBe('HELLO');
});

test('a function that Lambda does not know can\'t be invoked', async () => {
  await putFlow(fixture, ['nobody']);
  const { MessageId } = await send(fixture);
  await until(async () => (await statusOf(fixture, MessageId))?.Value === 'FAILED');
  expect((await statusOf(fixture, MessageId))?.Detail)
    .toContain('Function not found: arn:aws:lambda:us-east-1:000000000000:function:nobody');
});
