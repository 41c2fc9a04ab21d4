import type { AssociateChannelFlowRequest } from '@aws-sdk/client-chime-sdk-messaging';
import { isListed } from './access/associated';
import { Call } from './access/call';
import { conflict, forbidden, refused } from '../protocol/errors';
import { findChannelFlow } from './access/lookup';
import { page, Page } from './access/pagination';
import { channelToManage } from './access/permissions';
import { summary } from './channels';
import { Operation, Operations } from './operation';
import { Association, Channel } from '../store/state';

const AssociateChannelFlow: Operation<'AssociateChannelFlow', Channel> = {
  check(call) {
    const channel = channelToManage(call);
    const flow = findChannelFlow(call, call.input.ChannelFlowArn!);
    if (flow.appInstanceArn !== channel.appInstanceArn) {
      throw forbidden(`channel flow ${flow.arn} belongs to another app instance than ${channel.arn}`);
    }
    refuseExisting(call, channel);
    return channel;
  },
  act(call, channel) {
    const flowArn = call.input.ChannelFlowArn!;
    const previous = call.state.associations.get(channel.arn);
    if (previous?.channelFlowArn === flowArn) return;
    if (previous) call.state.lastDisassociation.set(previous.channelFlowArn, call.now);
    call.state.associations.set(channel.arn, { channelFlowArn: flowArn, channel });
  },
};

const DisassociateChannelFlow: Operation<'DisassociateChannelFlow', string[]> = {
  /** Finds the channels to take the flow from; none where the flow is not there and that is fine. */
  check(call) {
    const channel = channelToManage(call);
    const flow = findChannelFlow(call, call.input.ChannelFlowArn!);
    if (call.state.associations.get(channel.arn)?.channelFlowArn === flow.arn) {
      return call.behaviour.disassociateScope === 'channel' ? [channel.arn] : channelsOf(call, flow.arn);
    }
    if (call.behaviour.disassociateNotAssociated !== 'success') {
      throw refused(
        call.behaviour.disassociateNotAssociated,
        `channel ${channel.arn} is not associated with channel flow ${flow.arn}`,
      );
    }
    return [];
  },
  act(call, channelArns) {
    if (channelArns.length > 0) {
      channelArns.forEach(arn => call.state.associations.delete(arn));
      call.state.lastDisassociation.set(call.input.ChannelFlowArn!, call.now);
    }
  },
};

const ListChannelsAssociatedWithChannelFlow: Operation<'ListChannelsAssociatedWithChannelFlow', Page<Association>> = {
  check(call) {
    const { arn } = findChannelFlow(call, call.input.ChannelFlowArn!);
    return page(
      call,
      call.state.associations,
      arn,
      association => association.channelFlowArn === arn && isListed(call, association),
    );
  },
  act: (call, { items, nextToken }) => ({
    // A channel may have been updated since it got its flow.
    Channels: items.map(({ channel }) => summary(call.state.channels.get(channel.arn) ?? channel)),
    NextToken: nextToken,
  }),
};

export const associationOperations: Operations = {
  AssociateChannelFlow, DisassociateChannelFlow, ListChannelsAssociatedWithChannelFlow,
};

function channelsOf(call: Call<unknown>, channelFlowArn: string): string[] {
  return call.state.associations.values()
    .filter(association => association.channelFlowArn === channelFlowArn && association.channelDeleted === undefined)
    .map(association => association.channel.arn);
}

function refuseExisting(call: Call<AssociateChannelFlowRequest>, channel: Channel): void {
  const existing = call.state.associations.get(channel.arn)?.channelFlowArn;
  if (!existing) return;
  const { associateSameFlow, associateOverExisting } = call.behaviour;
  const answer = existing === call.input.ChannelFlowArn ? associateSameFlow : associateOverExisting;
  if (answer === 'conflict') {
    throw conflict(`channel ${channel.arn} is associated with channel flow ${existing} already`);
  }
}
