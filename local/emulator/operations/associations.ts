import type { AssociateChannelFlowRequest } from '@aws-sdk/client-chime-sdk-messaging';
import { isListed } from './access/associated';
import { Call } from './access/call';
import { findChannelFlow } from './access/lookup';
import { page, Page } from './access/pagination';
import { channelToManage } from './access/permissions';
import { Operation, Operations } from './operation';
import { conflict, forbidden, refused } from '../protocol/errors';
import { appInstanceArnOf } from '../store/arns';
import { Association, Channel } from '../store/state';

const AssociateChannelFlow: Operation<'AssociateChannelFlow', Channel> = {
  check(call) {
    const channel = channelToManage(call);
    const { ChannelFlowArn } = findChannelFlow(call);
    if (appInstanceArnOf(ChannelFlowArn) !== appInstanceArnOf(channel.ChannelArn)) {
      throw forbidden(`channel flow ${ChannelFlowArn} belongs to another app instance than ${channel.ChannelArn}`);
    }
    refuseExisting(call, channel);
    return channel;
  },
  act(call, channel) {
    const ChannelFlowArn = call.input.ChannelFlowArn!;
    const previous = call.state.associations.get(channel.ChannelArn)?.ChannelFlowArn;
    if (previous === ChannelFlowArn) return;
    if (previous) call.state.lastDisassociation.set(previous, call.now);
    call.state.associations.set(channel.ChannelArn, { ChannelFlowArn, channel });
  },
};

const DisassociateChannelFlow: Operation<'DisassociateChannelFlow', string[]> = {
  /** Finds the channels to take the flow from; none where the flow is not there and that is fine. */
  check(call) {
    const { ChannelArn } = channelToManage(call);
    const { ChannelFlowArn } = findChannelFlow(call);
    const { disassociateScope, disassociateNotAssociated } = call.behaviour;
    if (call.state.associations.get(ChannelArn)?.ChannelFlowArn === ChannelFlowArn) {
      return disassociateScope === 'channel' ? [ChannelArn] : channelsOf(call, ChannelFlowArn);
    }
    if (disassociateNotAssociated !== 'success') {
      throw refused(
        disassociateNotAssociated, `channel ${ChannelArn} is not associated with channel flow ${ChannelFlowArn}`,
      );
    }
    return [];
  },
  act(call, channelArns) {
    if (channelArns.length === 0) return;
    channelArns.forEach(arn => call.state.associations.delete(arn));
    call.state.lastDisassociation.set(call.input.ChannelFlowArn!, call.now);
  },
};

const ListChannelsAssociatedWithChannelFlow: Operation<'ListChannelsAssociatedWithChannelFlow', Page<Association>> = {
  check(call) {
    const { ChannelFlowArn } = findChannelFlow(call);
    return page(call, call.state.associations, ChannelFlowArn, association =>
      association.ChannelFlowArn === ChannelFlowArn && isListed(call, association));
  },
  act: (call, { items, NextToken }) => ({
    // A channel may have been updated since it got its flow.
    Channels: items.map(({ channel }) => call.state.channels.get(channel.ChannelArn) ?? channel),
    NextToken,
  }),
};

export const associationOperations: Operations = {
  AssociateChannelFlow, DisassociateChannelFlow, ListChannelsAssociatedWithChannelFlow,
};

function channelsOf(call: Call<unknown>, flowArn: string): string[] {
  return call.state.associations.values()
    .filter(({ ChannelFlowArn, channelDeleted }) => ChannelFlowArn === flowArn && channelDeleted === undefined)
    .map(({ channel }) => channel.ChannelArn);
}

function refuseExisting(call: Call<AssociateChannelFlowRequest>, { ChannelArn }: Channel): void {
  const existing = call.state.associations.get(ChannelArn)?.ChannelFlowArn;
  if (!existing) return;
  const { associateSameFlow, associateOverExisting } = call.behaviour;
  const answer = existing === call.input.ChannelFlowArn ? associateSameFlow : associateOverExisting;
  if (answer === 'conflict') {
    throw conflict(`channel ${ChannelArn} is associated with channel flow ${existing} already`);
  }
}
