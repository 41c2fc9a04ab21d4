import {
  ListTagsForResourceCommand as ListIdentityTags, TagResourceCommand as TagIdentity, UntagResourceCommand as
  UntagIdentity, type ChimeSDKIdentityClient,
} from '@aws-sdk/client-chime-sdk-identity';
import {
  ListTagsForResourceCommand, TagResourceCommand, UntagResourceCommand, type ChimeSDKMessagingClient,
} from '@aws-sdk/client-chime-sdk-messaging';
import type { TagProperty } from './tag-property';
import { isBadRequest } from '../service/service-error';

/** The tag operations, which the messaging and the identity API have alike, each for its own resources. */
export interface Tagging {
  list(arn: string): Promise<TagProperty[]>;
  /** Adds or overwrites; without tags it makes no call, because the service refuses an empty list. */
  tag(arn: string, tags: readonly TagProperty[]): Promise<void>;
  /** Removes keys; without keys it makes no call. */
  untag(arn: string, keys: readonly string[]): Promise<void>;
}

/** The same operations for who has just listed the tags. */
export function listed(present: TagProperty[], operations: Tagging): Tagging {
  return { ...operations, list: async () => present };
}

/** Tags of channel flows and channels. */
export function messagingTagging(client: ChimeSDKMessagingClient): Tagging {
  return tagging(
    async ResourceARN => (await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags,
    (ResourceARN, Tags) => client.send(new TagResourceCommand({ ResourceARN, Tags })),
    (ResourceARN, TagKeys) => client.send(new UntagResourceCommand({ ResourceARN, TagKeys })),
  );
}

/** Tags of app instances, users and bots. */
export function identityTagging(client: ChimeSDKIdentityClient): Tagging {
  return tagging(
    async ResourceARN => (await client.send(new ListIdentityTags({ ResourceARN }))).Tags,
    (ResourceARN, Tags) => client.send(new TagIdentity({ ResourceARN, Tags })),
    (ResourceARN, TagKeys) => client.send(new UntagIdentity({ ResourceARN, TagKeys })),
  );
}

function tagging(
  list: (arn: string) => Promise<{ Key?: string; Value?: string }[] | undefined>,
  tag: (arn: string, tags: { Key: string; Value: string }[]) => Promise<unknown>,
  untag: (arn: string, keys: string[]) => Promise<unknown>,
): Tagging {
  return {
    list: async arn => (await list(arn) ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value })),
    tag: async (arn, tags) => {
      if (tags.length > 0) await tag(arn, tags.map(({ Key, Value }) => ({ Key, Value })));
    },
    untag: async (arn, keys) => {
      if (keys.length === 0) return;
      try {
        await untag(arn, [...keys]);
      } catch (error) {
        // Somebody was faster, or the answer to our own call was lost, and the service refuses keys that are not there.
        if (!isBadRequest(error)) throw error;
        const present = (await list(arn) ?? []).map(({ Key }) => Key);
        const left = keys.filter(key => present.includes(key));
        if (left.length > 0) await untag(arn, left);
      }
    },
  };
}
