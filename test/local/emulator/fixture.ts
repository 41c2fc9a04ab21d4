import { ChimeSDKIdentity } from '@aws-sdk/client-chime-sdk-identity';
import { ChimeSDKMessaging } from '@aws-sdk/client-chime-sdk-messaging';
import { Emulator, EmulatorOptions, startEmulator } from '../../../local/emulator';
import * as support from '../../support/chat';
import { clientConfig } from '../../support/chat';
import { processor } from '../../support/processors';

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

export const PROCESSORS = [processor()];

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

export async function createChat(fixture: Fixture): Promise<Chat> {
  const appInstanceArn = await createAppInstance(fixture);
  const adminArn = await createAdmin(fixture, appInstanceArn);
  const userArn = await createUser(fixture, appInstanceArn);
  const flowArn = await createFlow(fixture, appInstanceArn);
  const channelArn = await createChannel(fixture, appInstanceArn, adminArn);
  return { appInstanceArn, adminArn, userArn, flowArn, channelArn };
}

export async function createAppInstance(fixture: Fixture, name = 'support'): Promise<string> {
  return support.createAppInstance(fixture, name);
}

export async function createUser(fixture: Fixture, appInstanceArn: string): Promise<string> {
  return support.createUser(fixture, appInstanceArn, newToken());
}

export async function createAdmin(fixture: Fixture, appInstanceArn: string): Promise<string> {
  return support.createAdmin(fixture, appInstanceArn, newToken());
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

export { clientConfig, processor };
