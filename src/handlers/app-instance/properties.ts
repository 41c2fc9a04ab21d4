import type { TagProperty } from '../tags/tag-property';

/** CloudFormation type of an app instance. */
export const APP_INSTANCE_RESOURCE_TYPE = 'Custom::ChimeMessagingAppInstance';

/** Properties of `Custom::ChimeMessagingAppInstance`. */
export interface AppInstanceProperties {
  readonly Name: string;
  readonly Metadata?: string;
  readonly Tags?: TagProperty[];
}

/** Attributes of `Custom::ChimeMessagingAppInstance`, read with `Fn::GetAtt`. */
export const APP_INSTANCE_ATTRIBUTES = { ARN: 'AppInstanceArn' } as const;
