import type { AppInstanceUserProperties } from './properties';
import { APP_INSTANCE_ARN, ID, METADATA, optional, required, tags, USER_NAME, type Schema } from '../schema/rules';

export const APP_INSTANCE_USER: Schema<AppInstanceUserProperties> = {
  AppInstanceArn: required(APP_INSTANCE_ARN),
  AppInstanceUserId: required(ID),
  Name: required(USER_NAME),
  Metadata: optional(METADATA),
  Tags: tags(2, { isOptional: true }),
};
