import { Call } from './call';
import { channelIfAny, memberIfAny } from './lookup';
import { forbidden, missing } from '../../protocol/errors';
import { parseArn } from '../../store/arns';
import { Channel, UserOrBot, keyIn } from '../../store/state';

export interface BearerRequest {
  ChimeBearer: string | undefined;
}

/** The user or bot in whose name a call is made; one that is gone is forbidden, whatever the call is about. */
export function bearerOf(call: Call<BearerRequest>): UserOrBot {
  const bearer = memberIfAny(call, call.input.ChimeBearer!);
  if (!bearer) throw forbidden(`bearer ${call.input.ChimeBearer} is not a user or bot of an app instance`);
  return bearer;
}

/** The bearer, who must belong to the app instance. */
export function bearerIn(call: Call<BearerRequest>, appInstanceArn: string): UserOrBot {
  const bearer = bearerOf(call);
  if (bearer.appInstanceArn !== appInstanceArn) {
    throw forbidden(`bearer ${bearer.arn} does not belong to ${appInstanceArn}`);
  }
  return bearer;
}

export function isAdmin(call: Call<unknown>, member: UserOrBot): boolean {
  const admin = call.state.admins.get(keyIn(member.appInstanceArn, member.arn));
  return admin !== undefined && call.now - admin.created >= call.behaviour.adminPromotionDelayMs;
}

export function isModerator(call: Call<unknown>, member: UserOrBot, channelArn: string): boolean {
  return call.state.moderators.has(keyIn(channelArn, member.arn));
}

export function isMember(call: Call<unknown>, member: UserOrBot, channelArn: string): boolean {
  return call.state.members.has(keyIn(channelArn, member.arn));
}

/** A channel that the bearer may change: they are an app instance admin or a moderator of it. */
export function channelToManage(call: Call<BearerRequest & { ChannelArn: string | undefined }>): Channel {
  return channelFor(
    call, (bearer, channel) => isModerator(call, bearer, channel.arn), 'an app instance admin or a moderator',
  );
}

/** A channel that the bearer may look at: they have a part in it, or it is public. */
export function channelToRead(call: Call<BearerRequest & { ChannelArn: string | undefined }>): Channel {
  return channelFor(
    call,
    (bearer, channel) =>
      channel.privacy === 'PUBLIC' || isModerator(call, bearer, channel.arn) || isMember(call, bearer, channel.arn),
    'an app instance admin, a moderator or a member',
  );
}

/** A channel that the bearer may send messages to. Whether those who rule it must be members to do so is a switch. */
export function channelToSendTo(call: Call<BearerRequest & { ChannelArn: string | undefined }>): Channel {
  const channel = channelFor(
    call,
    (bearer, { arn }) => isModerator(call, bearer, arn) || isMember(call, bearer, arn),
    'a member',
  );
  if (call.behaviour.sendWithoutMembership === 'forbidden' && !isMember(call, bearerOf(call), channel.arn)) {
    throw forbidden(
      `bearer ${call.input.ChimeBearer} is not a member of ${channel.arn}: make them one by CreateChannelMembership`,
    );
  }
  return channel;
}

/** Who has no right to a channel does not learn whether it is there. */
function channelFor(
  call: Call<BearerRequest & { ChannelArn: string | undefined }>,
  allows: (bearer: UserOrBot, channel: Channel) => boolean,
  roles: string,
): Channel {
  const channelArn = call.input.ChannelArn!;
  const channel = channelIfAny(call, channelArn);
  const bearer = bearerIn(call, parseArn(channelArn)!.appInstanceArn);
  if (!isAdmin(call, bearer) && !(channel && allows(bearer, channel))) {
    throw forbidden(`bearer ${bearer.arn} is not ${roles} of ${channelArn}`);
  }
  if (!channel) throw missing(call.behaviour.missingChannel, 'channel', channelArn);
  return channel;
}
