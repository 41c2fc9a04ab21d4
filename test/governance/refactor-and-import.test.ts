/** What `cdk refactor` and `cdk import` say of a deployed stack, as far as they go without an account. */
import { join } from 'node:path';
import { LOCAL_ACCOUNT } from '../../local/deployment/environment';
import { startLocalDeployment, type LocalDeployment } from '../../local/deployment/local-deployment';
import { makeRunDirectory } from '../../local/deployment/run-directory';
import { startEmulator, type Emulator } from '../../local/emulator';

jest.setTimeout(200_000);

let emulator: Emulator;
let deployment: LocalDeployment;

const chat = (context: Record<string, string> = {}) =>
  ({ directory: join(__dirname, 'chat'), command: `"${process.execPath}" --import tsx app.ts`, context });
const refactor = (...renamed: string[]) => deployment.cdk.planRefactoring(chat({ renamed: renamed.join(' ') }));

beforeAll(async () => {
  emulator = await startEmulator({ accountId: LOCAL_ACCOUNT });
  deployment = await startLocalDeployment({ chimeEndpoint: emulator.url, runDirectory: makeRunDirectory('test') });
  await deployment.cdk.deploy(chat());
});

afterAll(async () => {
  await deployment?.stop();
  await emulator?.close();
});

// See test/handlers/stack-refactoring.test.ts for what comes then.
test('cdk refactor gives all another id', async () => {
  const said = await refactor('Support', 'Operator', 'Admin', 'Lobby', 'Moderation', 'Association');
  expect([...said.matchAll(/Custom::ChimeMessaging(\w+) +│ Chat\/(\w+)\/Resource +│ Chat\/(\w+)\/Resource/g)].map(
    ([, ...moved]) => moved,
  ).sort()).toEqual([
    ['AppInstance', 'Support', 'SupportRenamed'],
    ['AppInstanceAdmin', 'Admin', 'AdminRenamed'],
    ['AppInstanceUser', 'Operator', 'OperatorRenamed'],
    ['Channel', 'Lobby', 'LobbyRenamed'],
    ['ChannelFlow', 'Moderation', 'ModerationRenamed'],
    ['ChannelFlowAssociation', 'Association', 'AssociationRenamed'],
  ]);
  expect(said).not.toContain('Refactor failed');
});

test.each(['Moderation', 'Moderate', 'Support'])(
  'cdk refactor gives %s alone another id, and what the flow\'s permissions need with it',
  async name => {
    const said = await refactor(name);
    expect(said).toContain(`Chat/${name}Renamed/Resource`);
    expect(said).not.toMatch(/Refactor failed|cannot add, remove or update/);
  },
);

test('cdk import skips a flow that is new in the stack, and asks the service nothing', async () => {
  const before = emulator.calls().length;
  const said = await deployment.cdk.importInto('Chat', chat({ adds: 'yes' }));
  expect(said).toContain('Chat/Imported/Resource: skipping');
  expect(said).toContain('No resources selected for import');
  expect(emulator.calls().slice(before)).toEqual([]);
});
