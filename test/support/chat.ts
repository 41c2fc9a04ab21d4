import { randomUUID } from 'node:crypto';
import {
  CreateAppInstanceAdminCommand, CreateAppInstanceCommand, CreateAppInstanceUserCommand, type ChimeSDKIdentityClient,
} from '@aws-sdk/client-chime-sdk-identity';
import {
  AssociateChannelFlowCommand, CreateChannelCommand, CreateChannelFlowCommand, type ChimeSDKMessagingClient,
  type Processor,
} from '@aws-sdk/client-chime-sdk-messaging';

export interface ChatClients {
  readonly identity: ChimeSDKIdentityClient;
  readonly messaging: ChimeSDKMessagingClient;
}

/** Clients of the SDK for an emulator. */
export function clientConfig({ url }: { readonly url: string }, region = 'us-east-1') {
  // The SDK's retries would hide errors.
  return { endpoint: url, region, credentials: { accessKeyId: 'any', secretAccessKey: 'any' }, maxAttempts: 1 };
}

/** An app instance with an admin, arranged by the SDK. */
export class Chat {
  public static async open(clients: ChatClients): Promise<Chat> {
    const appInstance = await createAppInstance(clients);
    return new Chat(clients, appInstance, await createAdmin(clients, appInstance));
  }

  public constructor(
    protected readonly clients: ChatClients, public readonly appInstance: string, public readonly admin: string,
  ) {}

  public async user(id: string): Promise<string> {
    return createUser(this.clients, this.appInstance, id);
  }

  public async channel(name: string): Promise<string> {
    const { ChannelArn } = await this.clients.messaging.send(new CreateChannelCommand({
      AppInstanceArn: this.appInstance, Name: name, ChimeBearer: this.admin, ClientRequestToken: randomUUID(),
    }));
    return ChannelArn!;
  }

  public async flow(name: string, ...Processors: Processor[]): Promise<string> {
    const { ChannelFlowArn } = await this.clients.messaging.send(new CreateChannelFlowCommand({
      AppInstanceArn: this.appInstance, Name: name, Processors, ClientRequestToken: randomUUID(),
    }));
    return ChannelFlowArn!;
  }

  public async associate(ChannelArn: string, ChannelFlowArn: string): Promise<void> {
    await this.clients.messaging.send(
      new AssociateChannelFlowCommand({ ChannelArn, ChannelFlowArn, ChimeBearer: this.admin }),
    );
  }
}

export async function createAppInstance({ identity }: ChatClients, Name = 'chat'): Promise<string> {
  const created = await identity.send(new CreateAppInstanceCommand({ Name, ClientRequestToken: randomUUID() }));
  return created.AppInstanceArn!;
}

export async function createUser({ identity }: ChatClients, AppInstanceArn: string, id: string): Promise<string> {
  const { AppInstanceUserArn } = await identity.send(new CreateAppInstanceUserCommand({
    AppInstanceArn, AppInstanceUserId: id, Name: `user ${id}`, ClientRequestToken: randomUUID(),
  }));
  return AppInstanceUserArn!;
}

export async function createAdmin(clients: ChatClients, AppInstanceArn: string, id = 'admin'): Promise<string> {
  const AppInstanceAdminArn = await createUser(clients, AppInstanceArn, id);
  await clients.identity.send(new CreateAppInstanceAdminCommand({ AppInstanceArn, AppInstanceAdminArn }));
  return AppInstanceAdminArn;
}
