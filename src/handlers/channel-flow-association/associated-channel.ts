import {
  AssociateChannelFlowCommand, DescribeChannelCommand, DisassociateChannelFlowCommand,
} from '@aws-sdk/client-chime-sdk-messaging';
import type { Bearers } from '../service/bearers';
import type { Clients } from '../service/clients';
import { isBadRequest, isConflict, isNotFound } from '../service/service-error';

/** A Conflict after the old flow went off comes from somebody else, who has the channel now. */
const ATTEMPTS = 3;

/**
 * The calls on one channel, as a bearer that may make them. Right whichever way the service answers a repetition.
 */
export class AssociatedChannel {
  public constructor(
    public readonly arn: string,
    private readonly bearers: Bearers,
    private readonly clients: Pick<Clients, 'messaging'>,
  ) {}

  /** ARN of the flow that the channel carries. */
  public async flow(): Promise<string | undefined> {
    return (await this.look()).flow;
  }

  /** The flow, and the secret of the claims on the channel. */
  public async look(): Promise<{ readonly flow?: string; readonly secret: string }> {
    const { Channel: channel } = await this.bearers.read(ChimeBearer =>
      this.clients.messaging.send(new DescribeChannelCommand({ ChannelArn: this.arn, ChimeBearer })));
    return { flow: channel?.ChannelFlowArn || undefined, secret: String(channel?.CreatedTimestamp?.getTime()) };
  }

  /**
   * Puts a flow on the channel in place of `from`. Where the service overwrites, that is one call and the channel is
   * never bare; where it answers Conflict, the old flow goes off first. Another delivery of the event may do the same
   * meanwhile.
   */
  public async setFlow(flow: string, from: string | undefined): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.associate(flow);
      } catch (error) {
        if (!isConflict(error)) throw error;
        const current = await this.flow();
        if (current === flow) return;
        const isFree = current === undefined || current === from;
        if (!isFree || attempt === ATTEMPTS) throw error;
        if (current !== undefined) await this.clearFlow(current);
      }
    }
  }

  /** Takes a flow off the channel; that it is off already is success. */
  public async clearFlow(flow: string): Promise<void> {
    try {
      await this.bearers.write(ChimeBearer =>
        this.clients.messaging.send(
          new DisassociateChannelFlowCommand({ ChannelArn: this.arn, ChannelFlowArn: flow, ChimeBearer }),
        ));
    } catch (error) {
      if (!isNotFound(error) && !isConflict(error) && !isBadRequest(error)) throw error;
      if (await this.flow() === flow) throw error;
    }
  }

  private async associate(flow: string): Promise<void> {
    await this.bearers.write(ChimeBearer =>
      this.clients.messaging.send(
        new AssociateChannelFlowCommand({ ChannelArn: this.arn, ChannelFlowArn: flow, ChimeBearer }),
      ));
  }
}
