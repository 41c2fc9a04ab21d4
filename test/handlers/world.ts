import { randomUUID } from 'node:crypto';
import {
  CreateAppInstanceAdminCommand, CreateAppInstanceCommand, CreateAppInstanceUserCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import {
  AssociateChannelFlowCommand, CreateChannelCommand, CreateChannelFlowCommand, DescribeChannelCommand,
  TagResourceCommand,
} from '@aws-sdk/client-chime-sdk-messaging';
import type { Service } from './fixture';

export const LAMBDA_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:moderate';

/** An app instance with an admin, arranged by the SDK behind every stack's back. */
export class World {
  public static async create(service: Service): Promise<World> {
    const { AppInstanceArn } = await service.clients.identity.send(new CreateAppInstanceCommand({ Name: 'chat' }));
    const world = new World(service, AppInstanceArn!);
    world.admin = await world.user('admin');
    await service.clients.identity.send(
      new CreateAppInstanceAdminCommand({ AppInstanceArn, AppInstanceAdminArn: world.admin }),
    );
    return world;
  }

  public admin = '';

  private constructor(private readonly service: Service, public readonly appInstance: string) {}

  public async user(id: string): Promise<string> {
    const { AppInstanceUserArn } = await this.service.clients.identity.send(new CreateAppInstanceUserCommand({
      AppInstanceArn: this.appInstance, AppInstanceUserId: id, Name: id, ClientRequestToken: randomUUID(),
    }));
    return AppInstanceUserArn!;
  }

  public async channel(name: string): Promise<string> {
    const { ChannelArn } = await this.service.clients.messaging.send(new CreateChannelCommand({
      AppInstanceArn: this.appInstance, Name: name, ChimeBearer: this.admin, ClientRequestToken: randomUUID(),
    }));
    return ChannelArn!;
  }

  public async flow(name: string, fallback: 'ABORT' | 'CONTINUE' = 'ABORT'): Promise<string> {
    const { ChannelFlowArn } = await this.service.clients.messaging.send(new CreateChannelFlowCommand({
      AppInstanceArn: this.appInstance,
      Name: name,
      ClientRequestToken: randomUUID(),
      Processors: [{
        Name: 'moderate',
        ExecutionOrder: 1,
        FallbackAction: fallback,
        Configuration: { Lambda: { ResourceArn: LAMBDA_ARN, InvocationType: 'ASYNC' } },
      }],
    }));
    return ChannelFlowArn!;
  }

  public async associate(channel: string, flow: string): Promise<void> {
    await this.service.clients.messaging.send(new AssociateChannelFlowCommand({
      ChannelArn: channel, ChannelFlowArn: flow, ChimeBearer: this.admin,
    }));
  }

  /** The flow that a channel carries. */
  public async flowOn(channel: string): Promise<string | undefined> {
    const { Channel } = await this.service.clients.messaging.send(
      new DescribeChannelCommand({ ChannelArn: channel, ChimeBearer: this.admin }),
    );
    return Channel?.ChannelFlowArn;
  }

  public async tag(arn: string, tags: Record<string, string>): Promise<void> {
    await this.service.clients.messaging.send(new TagResourceCommand({
      ResourceARN: arn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }));
  }

  public tagsOf(arn: string): Record<string, string> {
    return this.service.emulator.state().tags[arn] ?? {};
  }
}
