import type { Tag } from '@aws-sdk/client-chime-sdk-messaging';
import { ArnKind, parseArn } from '../store/arns';
import { Call } from './access/call';
import { badRequest, limitExceeded, missing } from '../protocol/errors';
import { isInRegion } from './access/lookup';
import { Operation, Operations } from './operation';
import { State, Tags } from '../store/state';

const TAG_LIMIT = 50;

const TagResource: Operation<'TagResource', Tags> = {
  check(call) {
    const tags = { ...tagsOfExisting(call), ...toTags(call.input.Tags) };
    if (Object.keys(tags).length > TAG_LIMIT) {
      throw limitExceeded(
        `${call.input.ResourceARN} would have ${Object.keys(tags).length} tags: at most ${TAG_LIMIT} are allowed`,
      );
    }
    return tags;
  },
  act(call, tags) {
    call.state.tags.set(call.input.ResourceARN!, tags);
  },
};

const UntagResource: Operation<'UntagResource', Tags> = {
  check(call) {
    const tags = tagsOfExisting(call);
    const unknown = call.input.TagKeys!.filter(key => !Object.hasOwn(tags, key));
    if (unknown.length > 0 && call.behaviour.untagMissingKey === 'bad-request') {
      throw badRequest(`${call.input.ResourceARN} has no tag ${unknown.join(', ')}`);
    }
    return tags;
  },
  act(call, tags) {
    const kept = Object.entries(tags).filter(([key]) => !call.input.TagKeys!.includes(key));
    call.state.tags.set(call.input.ResourceARN!, Object.fromEntries(kept));
  },
};

const ListTagsForResource: Operation<'ListTagsForResource', Tags> = {
  check: tagsOfExisting,
  act: (_, tags) => ({ Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
};

export const tagOperations: Operations = { TagResource, UntagResource, ListTagsForResource };

/** Tags given at creation. */
export function tagCreated(call: Call<{ Tags?: Tag[] }>, arn: string): void {
  if (call.input.Tags) call.state.tags.set(arn, toTags(call.input.Tags));
}

function tagsOfExisting(call: Call<{ ResourceARN: string | undefined }>): Tags {
  const arn = call.input.ResourceARN!;
  const kind = parseArn(arn)?.kind;
  if (!kind) {
    throw badRequest(`ResourceARN must be the ARN of an app instance, user, bot, channel or channel flow, got ${arn}`);
  }
  if (!isInRegion(call, arn) || !call.state[COLLECTION_OF[kind]].has(arn)) {
    throw missing(call.behaviour.listTagsOfMissing, kind, arn);
  }
  return call.state.tags.get(arn) ?? {};
}

const COLLECTION_OF = {
  'app-instance': 'appInstances', 'user': 'users', 'bot': 'bots', 'channel': 'channels', 'channel-flow': 'channelFlows',
} as const satisfies Record<ArnKind, keyof State>;

function toTags(tags: Tag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key!, Value!]));
}
