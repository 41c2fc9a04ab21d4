import type { CreateChannelRequest } from '@aws-sdk/client-chime-sdk-messaging';
import { Call } from './access/call';
import { checkMember, findAppInstance } from './access/lookup';
import { page, Page } from './access/pagination';
import { bearerIn, channelToManage, channelToRead, isAdmin } from './access/permissions';
import { giveRole } from './access/roles';
import { Operation, Operations } from './operation';
import { tagCreated } from './tags';
import { conflict, forbidden } from '../protocol/errors';
import { newArnIn } from '../store/arns';
import { identityOf } from '../store/identity';
import { created, updated } from '../store/record';
import { Channel } from '../store/state';
import { isWithin } from '../store/versioned-map';

const CreateChannel: Operation<'CreateChannel', string> = {
  check(call) {
    const { ChannelId, MemberArns = [], ModeratorArns = [] } = call.input;
    const { AppInstanceArn } = findAppInstance(call);
    bearerIn(call, AppInstanceArn);
    [...MemberArns, ...ModeratorArns].forEach(arn => checkMember(call, arn, AppInstanceArn));
    const arn = newArnIn(AppInstanceArn, 'channel', ChannelId);
    if (call.state.channels.has(arn)) throw conflict(`channel ${arn} exists already`);
    return arn;
  },
  act(call, ChannelArn) {
    const { Name, Mode = 'UNRESTRICTED', Privacy = 'PUBLIC', Metadata, ChimeBearer } = call.input;
    call.state.channels.set(ChannelArn, {
      ChannelArn, Name: Name!, Mode, Privacy, Metadata, CreatedBy: ChimeBearer!, ...created(call),
    });
    // What lingers of a channel that had the id before is not this one's.
    call.state.associations.delete(ChannelArn);
    giveFirstRoles(call, ChannelArn);
    tagCreated(call, ChannelArn);
    return { ChannelArn };
  },
};

const DescribeChannel: Operation<'DescribeChannel', Channel> = {
  check: channelToRead,
  act: ({ state }, channel) => ({
    Channel: {
      ...channel,
      CreatedBy: identityOf(state, channel.CreatedBy),
      ChannelFlowArn: state.associations.get(channel.ChannelArn)?.ChannelFlowArn,
    },
  }),
};

const UpdateChannel: Operation<'UpdateChannel', Channel> = {
  check: channelToManage,
  act(call, channel) {
    const { ChannelArn } = channel;
    const { Name = channel.Name, Mode = channel.Mode, Metadata } = call.input;
    call.state.channels.set(ChannelArn, { ...channel, Name, Mode, Metadata, ...updated(call) });
    return { ChannelArn };
  },
};

const DeleteChannel: Operation<'DeleteChannel', Channel> = {
  check: channelToManage,
  act({ state, behaviour, now }, { ChannelArn }) {
    const association = state.associations.get(ChannelArn);
    state.removeTree(ChannelArn);
    if (!association) return;
    state.lastDisassociation.set(association.ChannelFlowArn, now);
    if (behaviour.deletedChannelListing === 'lingers') {
      state.associations.set(ChannelArn, { ...association, channelDeleted: new Date(now) });
    }
  },
};

const ListChannels: Operation<'ListChannels', Page<Channel>> = {
  check(call) {
    const { AppInstanceArn } = findAppInstance(call);
    const { Privacy, ChimeBearer } = call.input;
    const admin = isAdmin(call, bearerIn(call, AppInstanceArn));
    if (Privacy === 'PRIVATE' && !admin) {
      throw forbidden(`bearer ${ChimeBearer} is not an app instance admin: only those list private channels`);
    }
    // Without Privacy, an admin sees all channels, anybody else the public ones.
    const wanted = Privacy ?? (admin ? undefined : 'PUBLIC');
    return page(call, call.state.channels, `${AppInstanceArn} ${wanted}`, (channel, key) =>
      isWithin(key, AppInstanceArn) && (!wanted || channel.Privacy === wanted));
  },
  act: (_, { items, NextToken }) => ({ Channels: items, NextToken }),
};

export const channelOperations: Operations = {
  CreateChannel, DescribeChannel, UpdateChannel, DeleteChannel, ListChannels,
};

/** Who creates a channel moderates it and is a member. */
function giveFirstRoles(call: Call<CreateChannelRequest>, channelArn: string): void {
  const { ChimeBearer, MemberArns = [], ModeratorArns = [] } = call.input;
  const moderators = [ChimeBearer!, ...ModeratorArns];
  moderators.forEach(arn => giveRole(call, 'moderator', channelArn, arn));
  [...moderators, ...MemberArns].forEach(arn => giveRole(call, 'member', channelArn, arn, 'DEFAULT'));
}
