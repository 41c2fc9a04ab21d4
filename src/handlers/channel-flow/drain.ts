import {
  DisassociateChannelFlowCommand, paginateListChannelsAssociatedWithChannelFlow,
} from '@aws-sdk/client-chime-sdk-messaging';
import { Pace } from './pace';
import { log } from '../../lambda-environment/log';
import { isThrottled } from '../../lambda-environment/sdk-error';
import { provesGone, type Bearers } from '../service/bearers';
import type { Clients } from '../service/clients';
import { Unfinished, type Clock } from '../service/clock';
import { isBadRequest, isConflict } from '../service/service-error';

/** Channels a page; the most that the service lists at once. */
const PAGE = 50;
const CONCURRENCY = 25;
/** An invocation ends itself while there is still time to say so. */
const MARGIN_MS = 15_000;
/** How far what remains is counted when the time is over. */
const COUNTED = 1_000;
/** How many channels are remembered as done, against lists that lag behind; a bound, so that memory stays flat. */
const REMEMBERED = 5_000;

/**
 * Disassociates a flow from every channel that the service lists: those of the stack, those of other stacks, and those
 * that no stack ever knew. It keeps no cursor: whoever goes on after it, goes on from what is still listed.
 */
export class Drain {
  /** Channels that are listed but gone themselves: nobody can disassociate them. */
  public readonly gone = new Set<string>();
  private readonly settled = new Set<string>();
  private readonly pace: Pace;
  private disassociated = 0;
  private remaining?: Promise<string>;

  public constructor(
    private readonly flowArn: string,
    private readonly bearers: Bearers,
    private readonly clients: Clients,
    private readonly clock: Clock,
  ) {
    this.pace = new Pace(clock);
  }

  /** Passes over the list until one disassociates nothing more; the answer is how many channels were disassociated. */
  public async run(): Promise<number> {
    const before = this.disassociated;
    let sofar;
    do {
      sofar = this.disassociated;
      await this.pass();
    } while (this.disassociated > sofar);
    return this.disassociated - before;
  }

  private async pass(): Promise<void> {
    const channels = this.channels();
    let stopped = false;
    const work = async () => {
      while (!stopped) {
        const { value: channel, done } = await channels.next();
        if (done) return;
        await this.disassociate(channel);
      }
    };
    const workers = Array.from({ length: CONCURRENCY }, () => work().catch(error => {
      stopped = true;
      throw error;
    }));
    const failed = (await Promise.allSettled(workers)).find(worker => worker.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Channel by channel; the next page is fetched while one is worked on. */
  private async *channels(): AsyncGenerator<string> {
    const pages = this.pages();
    let next = pages.next();
    for (;;) {
      const { value: channels, done } = await next;
      if (done) return;
      next = pages.next();
      next.catch(() => undefined); // Thrown where it is awaited.
      yield* channels;
      if (channels.length > 0) {
        log({ channelFlow: this.flowArn, disassociated: this.disassociated, gone: this.gone.size });
      }
    }
  }

  /** What is listed, page by page, less what is done with. */
  private async *pages(): AsyncGenerator<string[]> {
    const pages = paginateListChannelsAssociatedWithChannelFlow(
      { client: this.clients.messaging }, { ChannelFlowArn: this.flowArn, MaxResults: PAGE },
    );
    for await (const { Channels = [] } of pages) {
      yield Channels.flatMap(({ ChannelArn }) => ChannelArn ?? []).filter(
        arn => !this.settled.has(arn) && !this.gone.has(arn),
      );
    }
  }

  private async disassociate(channel: string): Promise<void> {
    for (;;) {
      await this.leaveInTime();
      await this.pace.turn();
      try {
        await this.bearers.write(ChimeBearer => this.clients.messagingOnce.send(
          new DisassociateChannelFlowCommand({ ChannelArn: channel, ChannelFlowArn: this.flowArn, ChimeBearer }),
        ));
        this.pace.succeeded();
        this.disassociated++;
        return this.settle(channel);
      } catch (error) {
        // Not associated any more: somebody else was faster, or the answer to our own call was lost.
        if (isConflict(error) || isBadRequest(error)) return this.settle(channel);
        if (provesGone(error)) return void this.gone.add(channel);
        if (!isThrottled(error)) throw error;
        this.pace.throttled();
      }
    }
  }

  private settle(channel: string): void {
    this.settled.add(channel);
    if (this.settled.size > REMEMBERED) this.settled.delete(this.settled.values().next().value!);
  }

  private async leaveInTime(): Promise<void> {
    if (this.clock.remaining() > MARGIN_MS) return;
    throw new Unfinished(
      `disassociating every channel of ${this.flowArn} takes longer than the time there was: `
        + `${await this.countRemaining()} remain — `
      + `delete the stack again: it goes on with what is left; or ${byHand(this.flowArn)}`,
    );
  }

  /** Counts to a thousand: beyond that the number changes nothing for who reads it, and counting takes time. */
  private countRemaining(): Promise<string> {
    return this.remaining ??= this.count();
  }

  private async count(): Promise<string> {
    let remaining = 0;
    for await (const channels of this.pages()) {
      remaining += channels.length;
      if (remaining > COUNTED) return `more than ${COUNTED} channels`;
    }
    return remaining === 1 ? '1 channel' : `${remaining} channels`;
  }
}

/**
 * Where CloudFormation has forgotten the flow, deleting the stack again does nothing for it: the AWS CLI's way to
 * finish.
 */
export function byHand(flowArn: string): string {
  const cli = 'aws chime-sdk-messaging';
  return 'finish by hand, with ADMIN the ARN of an app instance admin: for c in '
    + `$(${cli} list-channels-associated-with-channel-flow `
    + `--channel-flow-arn ${flowArn} --query 'Channels[].ChannelArn' --output text); do `
      + `${cli} disassociate-channel-flow `
    + `--channel-arn $c --channel-flow-arn ${flowArn} --chime-bearer ADMIN; done; ${cli} delete-channel-flow `
      + `--channel-flow-arn ${flowArn}`;
}
