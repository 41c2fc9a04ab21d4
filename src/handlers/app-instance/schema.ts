import type { AppInstanceProperties } from './properties';
import { METADATA, NAME, optional, required, tags, type Schema } from '../schema/rules';

export const APP_INSTANCE: Schema<AppInstanceProperties> = {
  Name: required(NAME),
  Metadata: optional(METADATA),
  Tags: tags(1, { isOptional: true }),
};
