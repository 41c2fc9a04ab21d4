import { Page, pageWithin } from './access/pagination';
import { channelToManage, channelToRead } from './access/permissions';
import { checkNewRole, findRole, giveRole } from './access/roles';
import { Operation, Operations } from './operation';
import { identityOf } from '../store/identity';
import { Channel, ChannelRole, keyIn } from '../store/state';

const CreateChannelModerator: Operation<'CreateChannelModerator', Channel> = {
  check(call) {
    const channel = channelToManage(call);
    checkNewRole(call, 'moderator', channel, call.input.ChannelModeratorArn!, call.behaviour.existingModerator);
    return channel;
  },
  act(call, { ChannelArn }) {
    const arn = call.input.ChannelModeratorArn!;
    giveRole(call, 'moderator', ChannelArn, arn);
    return { ChannelArn, ChannelModerator: identityOf(call.state, arn) };
  },
};

const DeleteChannelModerator: Operation<'DeleteChannelModerator', ChannelRole> = {
  check: call => findRole(call, 'moderator', channelToManage(call), call.input.ChannelModeratorArn!),
  act(call, { ChannelArn, MemberArn }) {
    call.state.moderators.delete(keyIn(ChannelArn, MemberArn));
  },
};

const ListChannelModerators: Operation<'ListChannelModerators', Page<ChannelRole>> = {
  check: call => pageWithin(call, call.state.moderators, channelToRead(call).ChannelArn),
  act: ({ state, input: { ChannelArn } }, { items, NextToken }) => ({
    ChannelArn,
    ChannelModerators: items.map(({ MemberArn }) => ({ Moderator: identityOf(state, MemberArn) })),
    NextToken,
  }),
};

export const channelModeratorOperations: Operations = {
  CreateChannelModerator, DeleteChannelModerator, ListChannelModerators,
};
