/** What the handlers call in the sequences is put to IAM: the policy of the provider's role must allow all of it. */
import * as fc from 'fast-check';
import { scenario } from './engine/arbitrary';
import { intercepted } from './engine/intercepted';
import { TYPES, type TypeName, type Types } from './engine/resource-types';
import { play } from './engine/scenario';
import { ACCOUNT as ACCOUNT_OF_SEQUENCES } from './engine/service';
import { simulateTime } from './engine/simulation';
import { ACCOUNT, isAllowed, requestsFor, type AuthorizedCall } from '../../local/iam/authorization';
import type { Clients } from '../../src/handlers/service/clients';
import { providerPolicies } from '../iam/provider-roles';

const STEPS = 500;
const SEED = 20_260_101;

const ENTRIES: Record<TypeName, string> = {
  appInstance: 'app-instance',
  appInstanceTags: 'app-instance-tags',
  user: 'app-instance-user',
  admin: 'app-instance-admin',
  channel: 'channel',
  flow: 'channel-flow',
  association: 'channel-flow-association',
};

const time = simulateTime();
const calls = Object.fromEntries(
  Object.keys(ENTRIES).map(type => [type, new Map()]),
) as Record<TypeName, Map<string, AuthorizedCall>>;

beforeAll(async () => {
  jest.spyOn(console, 'log').mockImplementation();
  const tally = { steps: 0, events: 0 };
  for (let seed = SEED; tally.steps < STEPS; seed++) {
    await fc.assert(
      fc.asyncProperty(scenario, played => play(played, watched(TYPES), time, tally)), { seed, numRuns: 10 },
    );
  }
}, 120_000);

test.each(Object.entries(ENTRIES) as [TypeName, string][])(
  'all that the resource type %s calls is allowed to the role of %s',
  async (type, entry) => {
    const policy = providerPolicies().get(entry)!;
    expect(calls[type].size).toBeGreaterThan(0);
    for (const call of calls[type].values()) {
      for (const request of await requestsFor(call)) {
        expect({ ...request, allowed: await isAllowed(policy, request) }).toEqual({ ...request, allowed: true });
      }
    }
  },
);

function watched(types: Types): Types {
  return Object.fromEntries(Object.entries(types).map(([type, { name, lifecycle }]) => [type, {
    name, lifecycle: (event, clients, clock) => lifecycle(event, noting(clients, calls[type as TypeName]), clock),
  } satisfies Types[TypeName]])) as Types;
}

/**
 * The clients, which note every command before they send it. Calls that differ by ids alone are one question to IAM.
 */
function noting(clients: Clients, noted: Map<string, AuthorizedCall>): Clients {
  const note = (command: { readonly input: object }, send: () => Promise<unknown>) => {
    const text = JSON.stringify(command.input).replaceAll(ACCOUNT_OF_SEQUENCES, ACCOUNT).replace(
      /[0-9a-f]{8}-[0-9a-f-]{27}|cdk-(public|private)-[0-9a-f]{32}/g, 'id',
    );
    const operation = command.constructor.name.replace(/Command$/, '');
    const input = JSON.parse(text) as { ChimeBearer?: string };
    noted.set(`${operation} ${text}`, { operation, input, bearer: input.ChimeBearer });
    return send();
  };
  return {
    get messaging() { return intercepted(clients.messaging, note); },
    get messagingOnce() { return intercepted(clients.messagingOnce, note); },
    get identity() { return intercepted(clients.identity, note); },
  };
}
