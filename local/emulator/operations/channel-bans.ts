import { findMember, findRole } from './access/lookup';
import { channelToManage } from './access/permissions';
import { Operation, Operations } from './operation';
import { conflict } from '../protocol/errors';
import { identityOf } from '../store/identity';
import { Channel, ChannelRole, keyIn } from '../store/state';

const CreateChannelBan: Operation<'CreateChannelBan', Channel> = {
  check(call) {
    const channel = channelToManage(call);
    const { arn } = findMember(call, call.input.MemberArn!, channel.appInstanceArn);
    if (call.behaviour.existingMember === 'conflict' && call.state.bans.has(keyIn(channel.arn, arn))) {
      throw conflict(`${arn} is banned from ${channel.arn} already`);
    }
    return channel;
  },
  act(call, channel) {
    const { MemberArn, ChimeBearer } = call.input;
    const key = keyIn(channel.arn, MemberArn!);
    const ban = { channelArn: channel.arn, arn: MemberArn!, createdBy: ChimeBearer!, created: call.now };
    call.state.bans.set(key, call.state.bans.get(key) ?? ban);
    // Who is banned is no member any more.
    call.state.members.delete(key);
    return { ChannelArn: channel.arn, Member: identityOf(call.state, MemberArn!) };
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
