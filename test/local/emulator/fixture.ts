import { ChimeSDKIdentity } from '@aws-sdk/client-chime-sdk-identity';
import { ChimeSDKMessaging, Processor } from '@aws-sdk/client-chime-sdk-messaging';
import { Emulator, EmulatorOptions, startEmulator } from '../../../local/emulator';

/** An emulator, the SDK's clients for it, and a clock that stands still until it is moved. */
export interface Fixture {
  readonly emulator: Emulator;
  readonly messaging: ChimeSDKMessaging;
  readonly identity: ChimeSDKIdentity;
  advance(ms: number): void;
  close(): Promise<void>;
}

/** What most tests need: an app instance with an admin, a user, a flow and a channel. */
export interface Chat {
  readonly appInstanceArn: string;
  readonly adminArn: string;
  readonly userArn: string;
  readonly flowArn: string;
  readonly channelArn: string;
}

export const PROCESSORS: Processor[] = [processor('moderate')];

export async function startFixture(options: EmulatorOptions = {}): Promise<Fixture> {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const emulator = await startEmulator({ now: () => now, ...options });
  return {
    emulator,
    messaging: new ChimeSDKMessaging(clientConfig(emulator)),
    identity: new ChimeSDKIdentity(clientConfig(emulator)),
    advance: ms => { now += ms; },
    close: () => emulator.close(),
  };
}

/** The SDK's retries would hide errors. */
export function clientConfig(emulator: Emulator, region = 'us-east-1') {
  return {
    endpoint: emulator.url,
    region,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  };
}

export async function createChat(fixture: Fixture): Promise<Chat> {
  const appInstanceArn = await createAppInstance(fixture);
  const adminArn = await createAdmin(fixture, appInstanceArn);
  const userArn = await createUser(fixture, appInstanceArn);
  const flowArn = await createFlow(fixture, appInstanceArn);
  const channelArn = await createChannel(fixture, appInstanceArn, adminArn);
  return { appInstanceArn, adminArn, userArn, flowArn, channelArn };
}

export async function createAppInstance({ identity }: Fixture, name = 'support'): Promise<string> {
  return (await identity.createAppInstance({ Name: name, ClientRequestToken: newToken() })).AppInstanceArn!;
}

export async function createUser({ identity }: Fixture, appInstanceArn: string): Promise<string> {
  const id = newToken();
  const user = await identity.createAppInstanceUser({
    AppInstanceArn: appInstanceArn, AppInstanceUserId: id, Name: `user ${id}`, ClientRequestToken: id,
  });
  return user.AppInstanceUserArn!;
}

export async function createAdmin(fixture: Fixture, appInstanceArn: string): Promise<string> {
  const userArn = await createUser(fixture, appInstanceArn);
  await fixture.identity.createAppInstanceAdmin({ AppInstanceArn: appInstanceArn, AppInstanceAdminArn: userArn });
  return userArn;
}

export async function createFlow({ messaging }: Fixture, appInstanceArn: string, name = 'moderation'): Promise<string> {
  return (await messaging.createChannelFlow({
    AppInstanceArn: appInstanceArn, Name: name, Processors: PROCESSORS,
  })).ChannelFlowArn!;
}

export async function createChannel({ messaging }: Fixture, appInstanceArn: string, bearer: string): Promise<string> {
  return (await messaging.createChannel({
    AppInstanceArn: appInstanceArn, Name: 'lobby', ChimeBearer: bearer,
  })).ChannelArn!;
}

export function processor(name: string, order = 1): Processor {
  return {
    Name: name,
    ExecutionOrder: order,
    FallbackAction: 'ABORT',
    Configuration: {
      Lambda: { ResourceArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`, InvocationType: 'ASYNC' },
    },
  };
}

/** The exception that a call ends in. */
export async function failure(
  call: Promise<unknown>,
): Promise<{ name: string; status?: number; message: string; Code?: string }> {
  try {
    await call;
  } catch (error: any) {
    return { name: error.name, status: error.$metadata?.httpStatusCode, message: error.message, Code: error.Code };
  }
  throw new Error('the call succeeded');
}

let tokens = 0;

export function newToken(): string {
  return `token-${++tokens}`;
}
