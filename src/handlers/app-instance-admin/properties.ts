/** CloudFormation type of the promotion of an app instance user or bot to admin. */
export const APP_INSTANCE_ADMIN_RESOURCE_TYPE = 'Custom::ChimeMessagingAppInstanceAdmin';

/** Properties of `Custom::ChimeMessagingAppInstanceAdmin`. */
export interface AppInstanceAdminProperties {
  readonly AppInstanceArn: string;
  /** ARN of the user or bot that is promoted. */
  readonly AppInstanceAdminArn: string;
}

/**
 * Attributes of `Custom::ChimeMessagingAppInstanceAdmin`, read with `Fn::GetAtt`. The ARN equals the user's; read from
 * here it orders whoever uses it after the promotion, and before the demotion.
 */
export const APP_INSTANCE_ADMIN_ATTRIBUTES = { ARN: 'AppInstanceAdminArn' } as const;
