import { ServiceError } from './errors';

const SIGNING_NAME = 'chime';

/** Where the service is offered; a request signed for another region could not have reached it. */
const REGIONS = ['us-east-1', 'eu-central-1'];

const SIGNATURE_V4 =
  /^AWS4-HMAC-SHA256 Credential=[^/\s,]+\/\d{8}\/([^/\s,]+)\/([^/\s,]+)\/aws4_request,\s*SignedHeaders=[^,\s]+,\s*Signature=[0-9a-f]{64}$/;

/**
 * The region that a request was signed for. The signature itself is not verified: any credentials will do.
 */
export function signedRegion(authorization: string | undefined): string {
  if (!authorization) {
    throw ServiceError.of('UnauthorizedClient', 'the request is not signed: it has no Authorization header');
  }
  const match = SIGNATURE_V4.exec(authorization);
  if (!match) {
    throw ServiceError.of(
      'Forbidden', 'the Authorization header is not a signature of version 4 (AWS4-HMAC-SHA256 Credential=…)',
    );
  }
  const [, region, service] = match;
  if (service !== SIGNING_NAME) {
    throw ServiceError.of('Forbidden', `the request must be signed for ${SIGNING_NAME}, got ${service}`);
  }
  if (!REGIONS.includes(region)) {
    throw ServiceError.of(
      'Forbidden', `the service is offered in ${REGIONS.join(' and ')}, the request is signed for ${region}`,
    );
  }
  return region;
}

/** A session of a role, as the local deployment puts it in place of the token that AWS gives to a function. */
const ROLE_SESSION = /^arn:aws:sts::\d{12}:assumed-role\/([\w+=,.@-]+)\/[\w+=,.@-]+$/;

/** The role that calls, where its session's token says so. Other tokens are secrets, and nobody's business here. */
export function callingRole(securityToken: string | string[] | undefined): string | undefined {
  return ROLE_SESSION.exec(String(securityToken))?.[1];
}
