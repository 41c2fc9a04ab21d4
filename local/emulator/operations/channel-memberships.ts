import { channelToManage, channelToRead } from './access/permissions';
import { checkNewRole, findRole, giveRole, shownRole } from './access/roles';
import { Operation, Operations } from './operation';
import { forbidden } from '../protocol/errors';
import { identityOf } from '../store/identity';
import { Channel, ChannelRole, keyIn } from '../store/state';

const CreateChannelMembership: Operation<'CreateChannelMembership', Channel> = {
  check(call) {
    // In an unrestricted channel anybody who may look at it may add members.
    const visible = channelToRead(call);
    const channel = visible.Mode === 'UNRESTRICTED' ? visible : channelToManage(call);
    const { MemberArn } = call.input;
    checkNewRole(call, 'member', channel, MemberArn!, call.behaviour.existingMember);
    if (call.state.bans.has(keyIn(channel.ChannelArn, MemberArn!))) {
      throw forbidden(`${MemberArn} is banned from ${channel.ChannelArn}: delete the ban first`);
    }
    return channel;
  },
  act(call, { ChannelArn }) {
    const { MemberArn, Type, SubChannelId } = call.input;
    giveRole(call, 'member', ChannelArn, MemberArn!, Type);
    return { ChannelArn, Member: identityOf(call.state, MemberArn!), SubChannelId };
  },
};

const DescribeChannelMembership: Operation<'DescribeChannelMembership', ChannelRole> = {
  check: call => findRole(call, 'member', channelToRead(call), call.input.MemberArn!),
  act(call, membership) {
    const shown = shownRole(call.state, membership);
    const { SubChannelId } = call.input;
    const LastUpdatedTimestamp = shown.CreatedTimestamp;
    return { ChannelMembership: { ...shown, InvitedBy: shown.CreatedBy, LastUpdatedTimestamp, SubChannelId } };
  },
};

export const channelMembershipOperations: Operations = { CreateChannelMembership, DescribeChannelMembership };
