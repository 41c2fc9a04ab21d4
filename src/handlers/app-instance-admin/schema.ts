import type { AppInstanceAdminProperties } from './properties';
import { APP_INSTANCE_ARN, arnOf, string, type Schema } from '../schema/rules';

export const APP_INSTANCE_ADMIN: Schema<AppInstanceAdminProperties> = {
  AppInstanceArn: string(APP_INSTANCE_ARN),
  AppInstanceAdminArn: string(arnOf('user', 'user or bot')),
};
