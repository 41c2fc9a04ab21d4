import { channelToManage } from './access/permissions';
import { checkNewRole, findRole, giveRole, shownRole } from './access/roles';
import { Operation, Operations } from './operation';
import { identityOf } from '../store/identity';
import { Channel, ChannelRole, keyIn } from '../store/state';

const CreateChannelBan: Operation<'CreateChannelBan', Channel> = {
  check(call) {
    const channel = channelToManage(call);
    checkNewRole(call, 'ban', channel, call.input.MemberArn!, call.behaviour.existingMember);
    return channel;
  },
  act(call, { ChannelArn }) {
    const MemberArn = call.input.MemberArn!;
    giveRole(call, 'ban', ChannelArn, MemberArn);
    // Who is banned is no member any more.
    call.state.members.delete(keyIn(ChannelArn, MemberArn));
    return { ChannelArn, Member: identityOf(call.state, MemberArn) };
  },
};

const DescribeChannelBan: Operation<'DescribeChannelBan', ChannelRole> = {
  check: call => findRole(call, 'ban', channelToManage(call), call.input.MemberArn!),
  act: (call, ban) => ({ ChannelBan: shownRole(call.state, ban) }),
};

export const channelBanOperations: Operations = { CreateChannelBan, DescribeChannelBan };
