import { conflict } from '../protocol/errors';
import { identityOf } from '../store/identity';
import { findMember, findRole } from './access/lookup';
import { page, Page } from './access/pagination';
import { channelToManage, channelToRead } from './access/permissions';
import { Operation, Operations } from './operation';
import { Channel, ChannelRole, keyIn } from '../store/state';

const CreateChannelModerator: Operation<'CreateChannelModerator', Channel> = {
  check(call) {
    const channel = channelToManage(call);
    const { arn } = findMember(call, call.input.ChannelModeratorArn!, channel.appInstanceArn);
    if (call.behaviour.existingModerator === 'conflict' && call.state.moderators.has(keyIn(channel.arn, arn))) {
      throw conflict(`${arn} is a moderator of ${channel.arn} already`);
    }
    return channel;
  },
  act(call, channel) {
    const { ChannelModeratorArn, ChimeBearer } = call.input;
    const key = keyIn(channel.arn, ChannelModeratorArn!);
    const role = { channelArn: channel.arn, arn: ChannelModeratorArn!, createdBy: ChimeBearer!, created: call.now };
    call.state.moderators.set(key, call.state.moderators.get(key) ?? role);
    return { ChannelArn: channel.arn, ChannelModerator: identityOf(call.state, ChannelModeratorArn!) };
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
