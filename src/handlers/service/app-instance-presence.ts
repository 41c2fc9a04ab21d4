import { paginateListAppInstances, type ChimeSDKIdentityClient } from '@aws-sdk/client-chime-sdk-identity';
import type { Clock } from './clock';
import { isAbsent } from './eventual-consistency';

/** ARNs of all the app instances of the account and region. */
export async function* listAppInstances(client: ChimeSDKIdentityClient): AsyncGenerator<string> {
  for await (const { AppInstances = [] } of paginateListAppInstances({ client, pageSize: 50 }, {})) {
    for (const { AppInstanceArn } of AppInstances) {
      if (AppInstanceArn !== undefined) yield AppInstanceArn;
    }
  }
}

/**
 * The last arbiter of what a 403 means: nothing is left of what lived in an app instance that is not listed. Whoever
 * may not list gets the error, never an answer.
 */
export async function appInstanceIsGone(arn: string, client: ChimeSDKIdentityClient, clock: Clock): Promise<boolean> {
  return isAbsent(clock, async () => {
    for await (const listed of listAppInstances(client)) {
      if (listed === arn) return true;
    }
    return false;
  });
}
