import { channelToManage, channelToRead } from './access/permissions';
import { checkNewRole, findRole, giveRole } from './access/roles';
import { Operation, Operations } from './operation';
import { forbidden } from '../protocol/errors';
import { identityOf } from '../store/identity';
import { Channel, ChannelRole, keyIn } from '../store/state';

const CreateChannelMembership: Operation<'CreateChannelMembership', Channel> = {
  check(call) {
    // In an unrestricted channel anybody who may look at it may add members.
    const visible = channelToRead(call);
    const channel = visible.mode === 'UNRESTRICTED' ? visible : channelToManage(call);
    const { MemberArn } = call.input;
    checkNewRole(call, 'member', channel, MemberArn!, call.behaviour.existingMember);
    if (call.state.bans.has(keyIn(channel.arn, MemberArn!))) {
      throw forbidden(`${MemberArn} is banned from ${channel.arn}: delete the ban first`);
    }
    return channel;
  },
  act(call, { arn }) {
    const { MemberArn, Type, SubChannelId } = call.input;
    giveRole(call, 'member', arn, MemberArn!, Type);
    return { ChannelArn: arn, Member: identityOf(call.state, MemberArn!), SubChannelId };
  },
};

const DescribeChannelMembership: Operation<'DescribeChannelMembership', ChannelRole> = {
  check: call => findRole(call, 'member', channelToRead(call).arn, call.input.MemberArn!),
  act: (call, member) => ({
    ChannelMembership: {
      ChannelArn: member.channelArn,
      Member: identityOf(call.state, member.arn),
      Type: member.type as 'DEFAULT' | 'HIDDEN',
      InvitedBy: identityOf(call.state, member.createdBy),
      CreatedTimestamp: new Date(member.created),
      LastUpdatedTimestamp: new Date(member.created),
      SubChannelId: call.input.SubChannelId,
    },
  }),
};

export const channelMembershipOperations: Operations = { CreateChannelMembership, DescribeChannelMembership };
