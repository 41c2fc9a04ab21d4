import {
  ChimeSDKIdentityClient, CreateAppInstanceAdminCommand, CreateAppInstanceCommand, CreateAppInstanceUserCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { ChimeSDKMessagingClient, CreateChannelCommand } from '@aws-sdk/client-chime-sdk-messaging';
import { LOCAL_ACCOUNT, localClientConfig } from '../local/deployment/environment';
import { startEmulator, type Emulator } from '../local/emulator';

/** The service, with an app instance that has an admin and channels. */
export interface Service {
  readonly emulator: Emulator;
  readonly appInstanceArn: string;
  /** For who calls it. */
  readonly environment: Record<string, string>;
  close(): Promise<void>;
}

export async function startService(channels = 0): Promise<Service> {
  const emulator = await startEmulator({ accountId: LOCAL_ACCOUNT });
  const configuration = localClientConfig(emulator.url);
  const identity = new ChimeSDKIdentityClient(configuration);
  const messaging = new ChimeSDKMessagingClient(configuration);
  const { AppInstanceArn = '' } = await identity.send(new CreateAppInstanceCommand({ Name: 'bench' }));
  const { AppInstanceUserArn: admin } = await identity.send(
    new CreateAppInstanceUserCommand({ AppInstanceArn, AppInstanceUserId: 'admin', Name: 'admin' }),
  );
  await identity.send(new CreateAppInstanceAdminCommand({ AppInstanceArn, AppInstanceAdminArn: admin }));
  for (let index = 0; index < channels; index++) {
    await messaging.send(new CreateChannelCommand({
      AppInstanceArn, ChannelId: `channel-${index}`, Name: `channel ${index}`, ChimeBearer: admin,
    }));
  }
  return {
    emulator,
    appInstanceArn: AppInstanceArn,
    environment: {
      AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: emulator.url,
      AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY: emulator.url,
    },
    close: () => emulator.close(),
  };
}
