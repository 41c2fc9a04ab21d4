import type {
  CreateChannelMembershipRequest, CreateChannelMembershipResponse,
} from '@aws-sdk/client-chime-sdk-messaging';
import { conflict } from '../protocol/errors';
import { identityOf } from '../store/identity';
import { findMember } from './access/lookup';
import { channelToManage, channelToRead } from './access/permissions';
import { Operation, Operations } from './operation';
import { Channel, keyIn } from '../store/state';

const CreateChannelMembership: Operation<CreateChannelMembershipRequest, Channel, CreateChannelMembershipResponse> = {
  check(call) {
    // In an unrestricted channel anybody who may look at it may add members.
    const visible = channelToRead(call);
    const channel = visible.mode === 'UNRESTRICTED' ? visible : channelToManage(call);
    const { arn } = findMember(call, call.input.MemberArn!, channel.appInstanceArn);
    if (call.behaviour.existingMember === 'conflict' && call.state.members.has(keyIn(channel.arn, arn))) {
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

export const channelMembershipOperations: Operations = { CreateChannelMembership };
