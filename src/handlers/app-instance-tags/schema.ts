import type { AppInstanceTagsProperties } from './properties';
import { APP_INSTANCE_ARN, string, tags, type Schema } from '../schema/rules';

export const APP_INSTANCE_TAGS: Schema<AppInstanceTagsProperties> = {
  AppInstanceArn: string(APP_INSTANCE_ARN),
  Tags: tags(1, { isOptional: false }),
};
