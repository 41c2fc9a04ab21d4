import { DescribeChannelCommand, TagResourceCommand, type Processor } from '@aws-sdk/client-chime-sdk-messaging';
import type { Service } from './fixture';
import { Chat, createAdmin, createAppInstance } from '../support/chat';
import { processor } from '../support/processors';

export const LAMBDA_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:moderate';

export function lambdaProcessor(fallback: 'ABORT' | 'CONTINUE' = 'ABORT'): Processor {
  return processor('moderate', { fallback, functionArn: LAMBDA_ARN });
}

/** A chat behind every stack's back. */
export class World extends Chat {
  public static async create(service: Service): Promise<World> {
    const appInstance = await createAppInstance(service.clients);
    return new World(service, appInstance, await createAdmin(service.clients, appInstance));
  }

  private constructor(private readonly service: Service, appInstance: string, admin: string) {
    super(service.clients, appInstance, admin);
  }

  /** A flow of one processor, by default the function of LAMBDA_ARN. */
  public async flow(name: string, ...processors: Processor[]): Promise<string> {
    return super.flow(name, ...processors.length > 0 ? processors : [lambdaProcessor()]);
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
