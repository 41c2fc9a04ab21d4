const PREFIX = 'cdk-chime-messaging:create-failed:';

/** Physical id of a Create that failed and left nothing behind; the Delete that follows has nothing to do. */
export function createFailedId(requestId: string): string {
  return `${PREFIX}${requestId}`;
}

/** Physical id of a Create that failed and may have left something behind, which the Delete that follows must look for. */
export function createUnknownId(requestId: string): string {
  return `cdk-chime-messaging:create-unknown:${requestId}`;
}

export function isCreateFailedId(physicalId: string | undefined): boolean {
  return physicalId?.startsWith(PREFIX) ?? false;
}
