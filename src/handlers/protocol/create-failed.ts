const PREFIX = 'cdk-chime-messaging:create-failed:';

/** Physical id of a Create that failed and left nothing behind; the Delete that follows has nothing to do. */
export function createFailedId(requestId: string): string {
  return `${PREFIX}${short(requestId)}`;
}

/**
 * Physical id of a Create that failed and may have left something behind, which the Delete that follows must look for.
 */
export function createUnknownId(requestId: string): string {
  return `cdk-chime-messaging:create-unknown:${short(requestId)}`;
}

export function isCreateFailedId(physicalId: string | undefined): boolean {
  return physicalId?.startsWith(PREFIX) ?? false;
}

/** CloudFormation's are UUIDs. What is longer would make an id that CloudFormation doesn't take. */
function short(requestId: string): string {
  return requestId.slice(0, 64);
}
