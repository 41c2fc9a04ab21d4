import type { TagProperty } from '../tags/tag-property';

/** CloudFormation type of an app instance user. */
export const APP_INSTANCE_USER_RESOURCE_TYPE = 'Custom::ChimeMessagingAppInstanceUser';

/** Properties of `Custom::ChimeMessagingAppInstanceUser`. */
export interface AppInstanceUserProperties {
  readonly AppInstanceArn: string;
  readonly AppInstanceUserId: string;
  readonly Name: string;
  readonly Metadata?: string;
  readonly Tags?: TagProperty[];
}

/** Attributes of `Custom::ChimeMessagingAppInstanceUser`, read with `Fn::GetAtt`. */
export const APP_INSTANCE_USER_ATTRIBUTES = { ARN: 'AppInstanceUserArn' } as const;
