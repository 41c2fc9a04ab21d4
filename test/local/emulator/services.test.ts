import * as identity from '@aws-sdk/client-chime-sdk-identity';
import * as messaging from '@aws-sdk/client-chime-sdk-messaging';
import { clientConfig } from './fixture';
import { startEmulator } from '../../../local/emulator';
import { OPERATIONS } from '../../../local/emulator/operations';
import { notFound } from '../../../local/emulator/protocol/errors';
import { match, ROUTES } from '../../../local/emulator/protocol/router';
import { SERVICES } from '../../../local/emulator/protocol/services';

const SHARED = ['ListTagsForResource', 'TagResource', 'UntagResource'];

function exportedOperations(client: object): string[] {
  return Object.values(client).filter(value => Array.isArray(value) && value[0] === 9).map(schema => schema[2]);
}

test('every operation of the messaging client has a route', () => {
  expect(SERVICES.messaging.map(schema => schema[2]).sort()).toEqual(exportedOperations(messaging).sort());
});

test('every operation of the identity client has a route; those for tags have it in messaging', () => {
  expect([...SERVICES.identity.map(schema => schema[2]), ...SHARED].sort()).toEqual(
    exportedOperations(identity).sort(),
  );
});

test('the tag operations have the same route and members in both services', () => {
  for (const name of SHARED) {
    const [ours, theirs] = [messaging, identity].map(client => (client as any)[`${name}$`]);
    expect(ours[3]).toEqual(theirs[3]);
    expect(ours[4]()[4]).toEqual(theirs[4]()[4]);
  }
});

test('every served operation is one of the services', () => {
  const known: string[] = ROUTES.map(route => route.operation);
  expect(Object.keys(OPERATIONS).filter(operation => !known.includes(operation))).toEqual([]);
});

test.each(ROUTES)('$operation is found by its own route', ({ operation, method, segments, fixedQuery }) => {
  const url = new URL(`http://emulator${segments.map(segment => segment.replace(/^\{.*\}$/, 'a%2Fb')).join('/')}`);
  fixedQuery.forEach((value, name) => url.searchParams.set(name, value));
  expect(match(method, url)?.route.operation).toBe(operation);
});

test('what an operation\'s model does not list is not answered, unless a switch asks for it', async () => {
  const emulator = await startEmulator();
  const check = jest.spyOn(OPERATIONS.CreateAppInstance!, 'check').mockImplementation(() => { throw notFound('no'); });
  try {
    const client = new identity.ChimeSDKIdentity(clientConfig(emulator));
    await expect(client.createAppInstance({ Name: 'chat', ClientRequestToken: 'token' })).rejects.toMatchObject({
      name: 'ServiceFailureException',
      message: expect.stringContaining('CreateAppInstance has no NotFoundException, and no switch asked for it: no'),
    });
  } finally {
    check.mockRestore();
    await emulator.close();
  }
});
