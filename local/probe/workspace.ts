import { randomUUID } from 'node:crypto';
import type {
  FallbackAction, Processor, SendChannelMessageCommandInput, SendChannelMessageCommandOutput,
} from '@aws-sdk/client-chime-sdk-messaging';
import { outcomeOf, refusalOf } from './outcome';
import type { OwnAppInstances } from './own-app-instances';
import type { Service } from './service';
import type { Patience } from './waiting';

/** What questions are asked with: an app instance, and what they need in it. */
export class Workspace {
  static async setUp(
    service: Service, appInstances: OwnAppInstances, patience: Patience, functionArn?: string,
  ): Promise<Workspace> {
    const appInstanceArn = await appInstances.create();
    const workspace = new Workspace(service, appInstances, patience, appInstanceArn, functionArn);
    workspace.owner = await workspace.user();
    workspace.admin = await workspace.user();
    return workspace;
  }

  /** Makes and moderates channels. */
  owner!: string;
  /** Becomes an app instance admin by the first question. */
  admin!: string;

  private constructor(
    readonly service: Service,
    readonly appInstances: OwnAppInstances,
    readonly patience: Patience,
    readonly appInstanceArn: string,
    /** The function that answers as the probe wants; nothing if the user named none. */
    readonly functionArn?: string,
  ) {}

  async user(): Promise<string> {
    const id = randomUUID();
    const { AppInstanceUserArn } = await this.made(() =>
      this.service.identity.createAppInstanceUser({
        AppInstanceArn: this.appInstanceArn, AppInstanceUserId: id, Name: 'probe',
      }));
    return AppInstanceUserArn!;
  }

  async channel(): Promise<string> {
    const { messaging } = this.service;
    const { ChannelArn } = await this.made(() =>
      messaging.createChannel({ AppInstanceArn: this.appInstanceArn, Name: 'probe', ChimeBearer: this.owner }));
    await this.made(() => messaging.describeChannel({ ChannelArn, ChimeBearer: this.owner }));
    return ChannelArn!;
  }

  /** A flow that is there already: what follows asks about it, not about the time that it takes to appear. */
  async flow(input = this.flowInput()): Promise<string> {
    const { messaging } = this.service;
    const { ChannelFlowArn } = await this.made(() => messaging.createChannelFlow(input));
    await this.made(() => messaging.describeChannelFlow({ ChannelFlowArn }));
    return ChannelFlowArn!;
  }

  /** What a flow is made of, for questions about making flows. No message of a question passes through it. */
  flowInput(appInstanceArn = this.appInstanceArn, Name = `probe-${randomUUID()}`) {
    return {
      AppInstanceArn: appInstanceArn, Name, Processors: [processor(this.functionArn ?? this.noFunction(), 'ABORT')],
    };
  }

  /** A channel and a flow that it has. */
  async channelWithFlow(): Promise<{ channel: string; flow: string }> {
    const pair = { channel: await this.channel(), flow: await this.flow() };
    await this.associate(pair.channel, pair.flow);
    return pair;
  }

  /** A channel whose messages are on their way to a function that does not exist. */
  channelWithoutFunction(fallbackAction: FallbackAction): Promise<string> {
    return this.channelFor(this.noFunction(), fallbackAction);
  }

  /** A channel whose messages go to the user's function. */
  channelWithFunction(): Promise<string> {
    return this.channelFor(this.functionArn!, 'ABORT');
  }

  async associate(ChannelArn: string, ChannelFlowArn: string): Promise<void> {
    await this.made(
      () => this.service.messaging.associateChannelFlow({ ChannelArn, ChannelFlowArn, ChimeBearer: this.owner }),
    );
  }

  async disassociate(ChannelArn: string, ChannelFlowArn: string): Promise<void> {
    await this.made(
      () => this.service.messaging.disassociateChannelFlow({ ChannelArn, ChannelFlowArn, ChimeBearer: this.owner }),
    );
  }

  /** The flow that a channel has. */
  async flowAt(ChannelArn: string): Promise<string | undefined> {
    const { Channel } = await this.service.messaging.describeChannel({ ChannelArn, ChimeBearer: this.owner });
    return Channel!.ChannelFlowArn;
  }

  send(
    ChannelArn: string, input: Partial<SendChannelMessageCommandInput> = {},
  ): Promise<SendChannelMessageCommandOutput> {
    return this.made(() => this.service.messaging.sendChannelMessage({
      ChannelArn, Content: 'probe', Type: 'STANDARD', Persistence: 'PERSISTENT', ChimeBearer: this.owner, ...input,
    }));
  }

  /** How a message stands as soon as nothing of it is under way any more, or patience ends. */
  async statusOf(ChannelArn: string, MessageId: string | undefined) {
    const { value } = await this.patience.until(
      () =>
        outcomeOf(this.service.messaging.getChannelMessageStatus({ ChannelArn, MessageId, ChimeBearer: this.owner })),
      ({ output }) => output?.Status?.Value !== 'PENDING',
    );
    return value;
  }

  private async channelFor(functionArn: string, fallbackAction: FallbackAction): Promise<string> {
    const channel = await this.channel();
    await this.associate(
      channel, await this.flow({ ...this.flowInput(), Processors: [processor(functionArn, fallbackAction)] }),
    );
    return channel;
  }

  /** A function of this account that does not exist. */
  private noFunction(): string {
    const [, partition, , region, account] = this.appInstanceArn.split(':');
    return `arn:${partition}:lambda:${region}:${account}:function:cdk-chime-messaging-probe-no-such-function`;
  }

  /** Makes something that a question needs, if need be when what it stands in has appeared everywhere. */
  private async made<O>(make: () => Promise<O>): Promise<O> {
    const { value } = await this.patience.until<{ output?: O; error?: unknown }>(
      () => make().then(output => ({ output }), (error: unknown) => ({ error })),
      ({ error }) => error === undefined || !['NotFound', 'Forbidden'].includes(refusalOf(error).code),
    );
    if (value.error !== undefined) throw value.error;
    return value.output!;
  }
}

function processor(functionArn: string, fallbackAction: FallbackAction): Processor {
  return {
    Name: 'probe',
    ExecutionOrder: 1,
    FallbackAction: fallbackAction,
    Configuration: { Lambda: { ResourceArn: functionArn, InvocationType: 'ASYNC' } },
  };
}
