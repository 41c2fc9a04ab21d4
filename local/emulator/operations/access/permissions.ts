import { Call } from './call';
import { channelIfAny, isUserOrBot } from './lookup';
import { forbidden, missing } from '../../protocol/errors';
import { appInstanceArnOf } from '../../store/arns';
import { Channel, keyIn } from '../../store/state';

export interface BearerRequest {
  ChimeBearer: string | undefined;
}

type ChannelRequest = BearerRequest & { ChannelArn: string | undefined };

type Condition = (call: Call<unknown>, arn: string, channel: Channel) => boolean;

export const isModerator: Condition = ({ state }, arn, { ChannelArn }) => state.moderators.has(keyIn(ChannelArn, arn));
const isMember: Condition = ({ state }, arn, { ChannelArn }) => state.members.has(keyIn(ChannelArn, arn));
const isPublic: Condition = (_call, _arn, { Privacy }) => Privacy === 'PUBLIC';

/** Who besides the app instance admins may do what with a channel, and what a refusal says they are not. */
const ACCESS = {
  manage: { anyOf: [isModerator], otherwise: 'an app instance admin or a moderator' },
  read: { anyOf: [isPublic, isModerator, isMember], otherwise: 'an app instance admin, a moderator or a member' },
  send: { anyOf: [isModerator, isMember], otherwise: 'a member' },
};

/** Finds the channel that a call names. Who has no right to it does not learn whether it is there. */
const channelTo = (access: keyof typeof ACCESS) => (call: Call<ChannelRequest>): Channel => {
  const ChannelArn = call.input.ChannelArn!;
  const channel = channelIfAny(call, ChannelArn);
  const bearer = bearerIn(call, appInstanceArnOf(ChannelArn));
  const { anyOf, otherwise } = ACCESS[access];
  if (!isAdmin(call, bearer) && !(channel && anyOf.some(allows => allows(call, bearer, channel)))) {
    throw forbidden(`bearer ${bearer} is not ${otherwise} of ${ChannelArn}`);
  }
  if (!channel) throw missing(call.behaviour.missingChannel, 'channel', ChannelArn);
  return channel;
};

export const channelToManage = channelTo('manage');
export const channelToRead = channelTo('read');

const channelOfSenders = channelTo('send');

/** Whether those who rule a channel must be members of it to send messages is a switch. */
export function channelToSendTo(call: Call<ChannelRequest>): Channel {
  const channel = channelOfSenders(call);
  const { behaviour, input: { ChimeBearer } } = call;
  if (behaviour.sendWithoutMembership === 'forbidden' && !isMember(call, ChimeBearer!, channel)) {
    throw forbidden(
      `bearer ${ChimeBearer} is not a member of ${channel.ChannelArn}: make them one by CreateChannelMembership`,
    );
  }
  return channel;
}

/** The identity used to make a call: a user or bot. One that is gone is forbidden, whatever the call is about. */
export function bearerOf(call: Call<BearerRequest>): string {
  const bearer = call.input.ChimeBearer!;
  if (!isUserOrBot(call, bearer)) throw forbidden(`bearer ${bearer} is not a user or bot of an app instance`);
  return bearer;
}

/** The bearer, who must belong to the app instance. */
export function bearerIn(call: Call<BearerRequest>, appInstanceArn: string): string {
  const bearer = bearerOf(call);
  if (appInstanceArnOf(bearer) !== appInstanceArn) {
    throw forbidden(`bearer ${bearer} does not belong to ${appInstanceArn}`);
  }
  return bearer;
}

export function isAdmin({ state, behaviour, now }: Call<unknown>, arn: string): boolean {
  const admin = state.admins.get(keyIn(appInstanceArnOf(arn), arn));
  return admin !== undefined && now - admin.CreatedTimestamp.getTime() >= behaviour.adminPromotionDelayMs;
}
