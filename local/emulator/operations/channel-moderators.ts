import { identityOf } from '../store/identity';
import { page, Page } from './access/pagination';
import { channelToManage, channelToRead } from './access/permissions';
import { checkNewRole, findRole, giveRole } from './access/roles';
import { Operation, Operations } from './operation';
import { Channel, ChannelRole, keyIn } from '../store/state';

const CreateChannelModerator: Operation<'CreateChannelModerator', Channel> = {
  check(call) {
    const channel = channelToManage(call);
    checkNewRole(call, 'moderator', channel, call.input.ChannelModeratorArn!, call.behaviour.existingModerator);
    return channel;
  },
  act(call, { arn }) {
    const { ChannelModeratorArn } = call.input;
    giveRole(call, 'moderator', arn, ChannelModeratorArn!);
    return { ChannelArn: arn, ChannelModerator: identityOf(call.state, ChannelModeratorArn!) };
  },
};

const DeleteChannelModerator: Operation<'DeleteChannelModerator', string> = {
  check(call) {
    const { channelArn, arn } = findRole(call, 'moderator', channelToManage(call).arn, call.input.ChannelModeratorArn!);
    return keyIn(channelArn, arn);
  },
  act(call, key) {
    call.state.moderators.delete(key);
  },
};

const ListChannelModerators: Operation<'ListChannelModerators', Page<ChannelRole>> = {
  check(call) {
    const { arn } = channelToRead(call);
    return page(call, call.state.moderators, arn, moderator => moderator.channelArn === arn);
  },
  act: (call, { items, nextToken }) => ({
    ChannelArn: call.input.ChannelArn,
    ChannelModerators: items.map(({ arn }) => ({ Moderator: identityOf(call.state, arn) })),
    NextToken: nextToken,
  }),
};

export const channelModeratorOperations: Operations = {
  CreateChannelModerator, DeleteChannelModerator, ListChannelModerators,
};
