/** A tag as it stands in the template and in the service's `Tag`. */
export interface TagProperty {
  readonly Key: string;
  readonly Value: string;
}

/** Prefix of every tag that the library writes at the service. */
export const RESERVED_TAG_PREFIX = 'cdk-chime-messaging:';
