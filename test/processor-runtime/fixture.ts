import { randomUUID } from 'node:crypto';
import { CallbackServer } from './callback-server';
import type { ChannelMessageEvent, InvocationContext } from '../../src/processor-runtime';

export const CHANNEL_ARN = 'arn:aws:chime:us-east-1:111122223333:app-instance/9f0c/channel/lobby';

/** What Lambda and a local deployment put into a function's environment. */
export function functionEnvironment(url: string): Record<string, string> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: url,
  };
}

/** A callback server for the tests of one file, with the environment that leads to it. */
export function callbackServer(): () => CallbackServer {
  let server: CallbackServer;
  const before = { ...process.env };
  beforeAll(async () => {
    server = await CallbackServer.start();
    Object.assign(process.env, functionEnvironment(server.url));
  });
  beforeEach(() => server.reset());
  afterAll(async () => {
    process.env = before;
    await server.stop();
  });
  return () => server;
}

/** The event of a new message. */
export function messageEvent(
  message: Record<string, unknown> = {}, more: Record<string, unknown> = {},
): ChannelMessageEvent {
  return {
    EventType: 'CHANNEL_MESSAGE_EVENT',
    CallbackId: randomUUID(),
    ChannelMessage: {
      MessageId: randomUUID(),
      ChannelArn: CHANNEL_ARN,
      Content: 'hello',
      Sender: { Arn: 'arn:aws:chime:us-east-1:111122223333:app-instance/9f0c/user/ann', Name: 'Ann' },
      Persistence: 'PERSISTENT',
      Type: 'STANDARD',
      CreatedTimestamp: '2026-01-01T00:00:00.000Z',
      ...message,
    },
    ...more,
  } as ChannelMessageEvent;
}

/** An invocation that Lambda ends after so long. */
export function invocation(ms = 10_000): InvocationContext {
  const ends = performance.now() + ms;
  return { getRemainingTimeInMillis: () => ends - performance.now() };
}

/**
 * Collects what is logged, all as text, and the lines of JSON: at 50 messages at once the SDK has a warning of its own.
 */
export function captureLog(): { text(): string; lines(): Record<string, unknown>[] } {
  const written: string[] = [];
  beforeEach(() => {
    written.length = 0;
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      jest.spyOn(console, level).mockImplementation(
        (...values: unknown[]) => void written.push(values.map(String).join(' ')),
      );
    }
  });
  afterEach(() => jest.restoreAllMocks());
  return {
    text: () => written.join('\n'),
    lines: () => written.filter(line => line.startsWith('{')).map(line => JSON.parse(line) as Record<string, unknown>),
  };
}
