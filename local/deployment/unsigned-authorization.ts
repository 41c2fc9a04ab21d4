import { LOCAL_ACCOUNT, LOCAL_REGION } from './environment';

/** The header of a request that no client signs; ministack does not verify signatures, it only reads who and where. */
export function unsignedAuthorization(service: string): string {
  return `AWS4-HMAC-SHA256 Credential=${LOCAL_ACCOUNT}/20260101/${LOCAL_REGION}/${service}/aws4_request, `
    + 'SignedHeaders=host, Signature=none';
}
