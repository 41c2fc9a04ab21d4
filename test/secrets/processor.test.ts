/**
 * Canaries through the processors' runtime; what happens to content and metadata has its tests in
 * test/processor-runtime.
 */
import { Output } from './output';
import { channelFlowProcessor, deny, replace } from '../../src/processor-runtime';
import { CallbackServer } from '../processor-runtime/callback-server';
import { functionEnvironment, invocation, messageEvent } from '../processor-runtime/fixture';

const CANARIES = {
  AWS_ACCESS_KEY_ID: 'CANARYKEY',
  AWS_SECRET_ACCESS_KEY: 'canary/secret',
  AWS_SESSION_TOKEN: 'canary/token',
  AWS_LAMBDA_LOG_LEVEL: 'TRACE',
  LOG_LEVEL: 'debug',
};
const QUOTED = Object.values(CANARIES).join(' ');
const EVERYTHING = {
  Content: 'canary content',
  Metadata: 'canary metadata',
  MessageAttributes: {
    canary: { StringValues: ['canary'] },
  },
  PushNotification: { Title: 'canary', Body: 'canary' },
};

const before = { ...process.env };
let server: CallbackServer;

beforeAll(async () => {
  server = await CallbackServer.start();
  Object.assign(process.env, functionEnvironment(server.url), CANARIES);
});
afterAll(async () => {
  process.env = before;
  await server.stop();
});
beforeEach(() => server.reset());

test.each([
  undefined, 400, 401, 403, 404, 409, 418, 429, 500, 503,
])('nothing secret is written where the service quotes it in a %s', async status => {
  if (status !== undefined) {
    server.fault = () => ({
      status,
      name: 'InvalidSignatureException',
      message: `the canonical string is ${QUOTED} ${JSON.stringify(EVERYTHING)}`,
    });
  }
  const output = new Output();
  const thrown = await Promise.all([
    () => deny(), () => replace({ content: 'canary!' }), () => { throw new Error(QUOTED); },
  ].map(decide =>
    channelFlowProcessor(decide)(messageEvent(EVERYTHING), invocation(1_000))
      .then(() => '', (error: Error) => `${error.name} ${error.message} ${error.stack} ${String(error.cause)}`)));
  output.restore();
  const written = output.take();
  expect(written.filter(line => line.startsWith('{'))).toHaveLength(3);
  expect([...written, ...thrown].join('\n')).not.toMatch(/canary/i);
});
