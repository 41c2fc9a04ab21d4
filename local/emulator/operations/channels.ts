import type {
  Channel as ChannelDetails, ChannelSummary, CreateChannelRequest,
} from '@aws-sdk/client-chime-sdk-messaging';
import { newArnIn } from '../store/arns';
import { Call } from './access/call';
import { conflict, forbidden } from '../protocol/errors';
import { identityOf } from '../store/identity';
import { findAppInstance, findMember } from './access/lookup';
import { page, Page } from './access/pagination';
import { bearerIn, channelToManage, channelToRead, isAdmin } from './access/permissions';
import { Operation, Operations } from './operation';
import { tagCreated } from './tags';
import { Channel, keyIn, State } from '../store/state';

const CreateChannel: Operation<'CreateChannel', string> = {
  check(call) {
    const { AppInstanceArn, ChannelId, MemberArns = [], ModeratorArns = [] } = call.input;
    const appInstance = findAppInstance(call, AppInstanceArn!);
    bearerIn(call, appInstance.arn);
    [...MemberArns, ...ModeratorArns].forEach(arn => findMember(call, arn, appInstance.arn));
    const arn = newArnIn(appInstance.arn, 'channel', ChannelId);
    if (call.state.channels.has(arn)) throw conflict(`channel ${arn} exists already`);
    return arn;
  },
  act(call, arn) {
    const { AppInstanceArn, Name, Mode = 'UNRESTRICTED', Privacy = 'PUBLIC', Metadata, ChimeBearer } = call.input;
    call.state.channels.set(arn, {
      arn,
      appInstanceArn: AppInstanceArn!,
      name: Name!,
      mode: Mode,
      privacy: Privacy,
      metadata: Metadata,
      createdBy: ChimeBearer!,
      created: call.now,
      updated: call.now,
    });
    // What lingers of a channel that had the id before is not this one's.
    call.state.associations.delete(arn);
    addFirstRoles(call, arn);
    tagCreated(call, arn);
    return { ChannelArn: arn };
  },
};

const DescribeChannel: Operation<'DescribeChannel', Channel> = {
  check: channelToRead,
  act: (call, channel) => ({ Channel: details(call.state, channel) }),
};

const UpdateChannel: Operation<'UpdateChannel', Channel> = {
  check: channelToManage,
  act(call, channel) {
    const { Name = channel.name, Mode = channel.mode, Metadata } = call.input;
    call.state.channels.set(channel.arn, { ...channel, name: Name, mode: Mode, metadata: Metadata, updated: call.now });
    return { ChannelArn: channel.arn };
  },
};

const DeleteChannel: Operation<'DeleteChannel', Channel> = {
  check: channelToManage,
  act(call, channel) {
    const association = call.state.associations.get(channel.arn);
    call.state.removeTree(channel.arn);
    if (!association) return;
    call.state.lastDisassociation.set(association.channelFlowArn, call.now);
    if (call.behaviour.deletedChannelListing === 'lingers') {
      call.state.associations.set(channel.arn, { ...association, channelDeleted: call.now });
    }
  },
};

const ListChannels: Operation<'ListChannels', Page<Channel>> = {
  check(call) {
    const { AppInstanceArn, Privacy } = call.input;
    const { arn } = findAppInstance(call, AppInstanceArn!);
    const admin = isAdmin(call, bearerIn(call, arn));
    if (Privacy === 'PRIVATE' && !admin) {
      throw forbidden(
        `bearer ${call.input.ChimeBearer} is not an app instance admin: only those list private channels`,
      );
    }
    // Without Privacy, an admin sees all channels, anybody else the public ones.
    const wanted = Privacy ?? (admin ? undefined : 'PUBLIC');
    return page(call, call.state.channels, `${arn} ${wanted}`, channel =>
      channel.appInstanceArn === arn && (!wanted || channel.privacy === wanted));
  },
  act: (_, { items, nextToken }) => ({ Channels: items.map(summary), NextToken: nextToken }),
};

export const channelOperations: Operations = {
  CreateChannel, DescribeChannel, UpdateChannel, DeleteChannel, ListChannels,
};

/** A channel as lists show it. */
export function summary(channel: Channel): ChannelSummary {
  return {
    ChannelArn: channel.arn,
    Name: channel.name,
    Mode: channel.mode as ChannelSummary['Mode'],
    Privacy: channel.privacy as ChannelSummary['Privacy'],
    Metadata: channel.metadata,
  };
}

/** Who creates a channel moderates it and is a member. */
function addFirstRoles(call: Call<CreateChannelRequest>, channelArn: string): void {
  const { ChimeBearer, MemberArns = [], ModeratorArns = [] } = call.input;
  const role = { channelArn, createdBy: ChimeBearer!, created: call.now };
  for (const arn of [ChimeBearer!, ...ModeratorArns]) {
    call.state.moderators.set(keyIn(channelArn, arn), { ...role, arn });
  }
  for (const arn of [ChimeBearer!, ...ModeratorArns, ...MemberArns]) {
    call.state.members.set(keyIn(channelArn, arn), { ...role, arn, type: 'DEFAULT' });
  }
}

function details(state: State, channel: Channel): ChannelDetails {
  return {
    ...summary(channel),
    CreatedBy: identityOf(state, channel.createdBy),
    CreatedTimestamp: new Date(channel.created),
    LastUpdatedTimestamp: new Date(channel.updated),
    LastMessageTimestamp: channel.lastMessage === undefined ? undefined : new Date(channel.lastMessage),
    ChannelFlowArn: state.associations.get(channel.arn)?.channelFlowArn,
  };
}
