const PREFIX = 'cdk-chime-messaging:create-failed:';

/** Physical id of a Create that failed and left nothing behind; the Delete that follows has nothing to do. */
export function createFailedId(requestId: string): string {
  return `${PREFIX}${requestId}`;
}

export function isCreateFailedId(physicalId: string | undefined): boolean {
  return physicalId?.startsWith(PREFIX) ?? false;
}
