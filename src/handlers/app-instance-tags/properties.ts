import type { TagProperty } from '../tags/tag-property';

/** CloudFormation type of the tags of an app instance that exists already. */
export const APP_INSTANCE_TAGS_RESOURCE_TYPE = 'Custom::ChimeMessagingAppInstanceTags';

/** Properties of `Custom::ChimeMessagingAppInstanceTags`. */
export interface AppInstanceTagsProperties {
  readonly AppInstanceArn: string;
  readonly Tags: TagProperty[];
}
