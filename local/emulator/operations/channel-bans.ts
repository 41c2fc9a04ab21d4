import { channelToManage } from './access/permissions';
import { checkNewRole, findRole, giveRole } from './access/roles';
import { Operation, Operations } from './operation';
import { identityOf } from '../store/identity';
import { Channel, ChannelRole, keyIn } from '../store/state';

const CreateChannelBan: Operation<'CreateChannelBan', Channel> = {
  check(call) {
    const channel = channelToManage(call);
    checkNewRole(call, 'ban', channel, call.input.MemberArn!, call.behaviour.existingMember);
    return channel;
  },
  act(call, { arn }) {
    const { MemberArn } = call.input;
    giveRole(call, 'ban', arn, MemberArn!);
    // Who is banned is no member any more.
    call.state.members.delete(keyIn(arn, MemberArn!));
    return { ChannelArn: arn, Member: identityOf(call.state, MemberArn!) };
  },
};

const DescribeChannelBan: Operation<'DescribeChannelBan', ChannelRole> = {
  check: call => findRole(call, 'ban', channelToManage(call).arn, call.input.MemberArn!),
  act: (call, ban) => ({
    ChannelBan: {
      ChannelArn: ban.channelArn,
      Member: identityOf(call.state, ban.arn),
      CreatedTimestamp: new Date(ban.created),
      CreatedBy: identityOf(call.state, ban.createdBy),
    },
  }),
};

export const channelBanOperations: Operations = { CreateChannelBan, DescribeChannelBan };
