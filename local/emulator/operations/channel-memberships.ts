import { findMember, findRole } from './access/lookup';
import { channelToManage, channelToRead } from './access/permissions';
import { Operation, Operations } from './operation';
import { conflict, forbidden } from '../protocol/errors';
import { identityOf } from '../store/identity';
import { Channel, ChannelRole, keyIn } from '../store/state';

const CreateChannelMembership: Operation<'CreateChannelMembership', Channel> = {
  check(call) {
    // In an unrestricted channel anybody who may look at it may add members.
    const visible = channelToRead(call);
    const channel = visible.mode === 'UNRESTRICTED' ? visible : channelToManage(call);
    const { arn } = findMember(call, call.input.MemberArn!, channel.appInstanceArn);
    const key = keyIn(channel.arn, arn);
    if (call.state.bans.has(key)) throw forbidden(`${arn} is banned from ${channel.arn}: delete the ban first`);
    if (call.behaviour.existingMember === 'conflict' && call.state.members.has(key)) {
      throw conflict(`${arn} is a member of ${channel.arn} already`);
    }
    return channel;
  },
  act(call, channel) {
    const { MemberArn, Type, ChimeBearer, SubChannelId } = call.input;
    const key = keyIn(channel.arn, MemberArn!);
    const role = { channelArn: channel.arn, arn: MemberArn!, type: Type, createdBy: ChimeBearer!, created: call.now };
    call.state.members.set(key, call.state.members.get(key) ?? role);
    return { ChannelArn: channel.arn, Member: identityOf(call.state, MemberArn!), SubChannelId };
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
