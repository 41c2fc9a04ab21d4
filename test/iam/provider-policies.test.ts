import { providerPolicies } from './provider-roles';
import { RecordedCalls } from './recorded-calls';
import type { RecordedCall } from '../../local/emulator';
import { ACCOUNT, isAllowed, requestsFor, type PolicyDocument } from '../../local/iam/authorization';
import { startService } from '../handlers/fixture';

const ENTRIES = [
  'app-instance', 'app-instance-admin', 'app-instance-tags', 'app-instance-user', 'channel', 'channel-flow',
  'channel-flow-association',
  'channel-flow-verification',
];

const policies = providerPolicies();
let recorded: ReadonlyMap<string, readonly RecordedCall[]>;

beforeAll(async () => {
  jest.spyOn(console, 'log').mockImplementation();
  const service = await startService();
  recorded = await new RecordedCalls(service).record().finally(() => service.close());
});

test('every provider is looked at', () => expect([...policies.keys()].sort()).toEqual(ENTRIES));

describe.each(ENTRIES)('the role of %s', entry => {
  const policy = () => policies.get(entry)!;

  test('may make every call that its handler made', async () => {
    expect(recorded.get(entry)!.length).toBeGreaterThan(0);
    for (const call of recorded.get(entry)!) {
      for (const request of await requestsFor(call)) {
        expect({ ...request, allowed: await isAllowed(policy(), request) }).toEqual({ ...request, allowed: true });
      }
    }
  });

  test('has no action that its handler never called for', () => {
    const called = new Set(recorded.get(entry)!.map(({ operation }) => `chime:${operation}`));
    expect(actionsOf(policy()).filter(action => !called.has(action))).toEqual([]);
  });

  test('has no resource that no call of its handler needed', async () => {
    const requests = (await Promise.all(recorded.get(entry)!.map(call => requestsFor(call)))).flat();
    for (const [index, statement] of policy().Statement.entries()) {
      const less = { ...policy(), Statement: policy().Statement.filter((_, other) => other !== index) };
      const answers = await Promise.all(requests.map(request => isAllowed(less, request)));
      expect({ resource: statement.Resource, isNeeded: answers.includes(false) }).toEqual({
        resource: statement.Resource, isNeeded: true,
      });
    }
  });

  test('may do nothing in another account or region, but what IAM asks for no resource', async () => {
    for (const call of recorded.get(entry)!) {
      for (const { action, resource } of await requestsFor(call)) {
        if (resource === '*' || action === 'chime:ListAppInstances') continue;
        const elsewhere = [resource.replace(ACCOUNT, '111111111111'), resource.replace('us-east-1', 'eu-central-1')];
        expect(await Promise.all(elsewhere.map(foreign => isAllowed(policy(), { action, resource: foreign }))))
          .toEqual([false, false]);
      }
    }
  });

  test('may not do what is for others', async () => {
    for (const action of ['chime:DeleteAppInstanceBot', 'chime:ChannelFlowCallback', 'chime:CreateChannelBan']) {
      const kind = action.endsWith('Bot') ? 'bot' : 'channel';
      const resource = `arn:aws:chime:us-east-1:${ACCOUNT}:app-instance/any/${kind}/any`;
      expect(await isAllowed(policy(), { action, resource })).toBe(false);
    }
  });
});

function actionsOf({ Statement }: PolicyDocument): string[] {
  return Statement.flatMap(({ Action }) => Action);
}
