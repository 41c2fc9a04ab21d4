import { ChimeSDKIdentity } from '@aws-sdk/client-chime-sdk-identity';
import { clientConfig, createAppInstance, failure, Fixture, newToken, startFixture } from './fixture';
import { Fault, FaultError } from '../../../local/emulator';

let fixture: Fixture;
beforeAll(async () => { fixture = await startFixture(); });
afterEach(() => fixture.emulator.reset());
afterAll(() => fixture.close());

const create = () => createAppInstance(fixture);

test.each<[FaultError, string, number, string]>([
  ['ThrottledClient', 'ThrottledClientException', 429, 'Throttled'],
  ['ServiceFailure', 'ServiceFailureException', 500, 'ServiceFailure'],
  ['ServiceUnavailable', 'ServiceUnavailableException', 503, 'ServiceUnavailable'],
  ['Conflict', 'ConflictException', 409, 'Conflict'],
  ['NotFound', 'NotFoundException', 404, 'NotFound'],
  ['Forbidden', 'ForbiddenException', 403, 'Forbidden'],
  ['BadRequest', 'BadRequestException', 400, 'BadRequest'],
  ['AccessDenied', 'AccessDeniedException', 403, 'AccessDenied'],
])('%s', async (error, name, status, Code) => {
  fixture.emulator.setBehaviour({ faults: [{ operation: 'CreateAppInstance', error }] });
  expect(await failure(create())).toMatchObject({ name, status, Code });
  expect(fixture.emulator.state().appInstances).toEqual([]);
  expect(fixture.emulator.calls()).toMatchObject([{ operation: 'CreateAppInstance', status, errorCode: name }]);
  await create();
});

test('an IAM denial names action and resource', async () => {
  fixture.emulator.setBehaviour({ faults: [{ operation: 'DescribeAppInstance', error: 'AccessDenied' }] });
  const arn = await create();
  expect((await failure(fixture.identity.describeAppInstance({ AppInstanceArn: arn }))).message).toBe(
    'User: arn:aws:sts::000000000000:assumed-role/emulated-role/emulated-session is not authorized to perform: '
    + `chime:DescribeAppInstance on resource: ${arn}`);
});

test('fails the calls that are meant', async () => {
  fixture.emulator.setBehaviour({ faults: [{ operation: 'CreateAppInstance', call: 2, times: 2, error: 'Conflict' }] });
  await create();
  await failure(create());
  await fixture.identity.listAppInstances({});
  await failure(create());
  await create();
});

test('counts anew when faults are set, and not when other switches are', async () => {
  const faults = [{ operation: 'CreateAppInstance', call: 2, error: 'Conflict' as const }];
  fixture.emulator.setBehaviour({ faults });
  await create();
  fixture.emulator.setBehaviour({ faults });
  await create();
  fixture.emulator.setBehaviour({ missingFlow: 'forbidden' });
  await failure(create());
});

test('can concern every operation', async () => {
  fixture.emulator.setBehaviour({ faults: [{ operation: '*', call: 2, error: 'Conflict' }] });
  await create();
  await failure(fixture.identity.listAppInstances({}));
});

test('connection-reset: nothing is done', async () => {
  fixture.emulator.setBehaviour({ faults: [{ operation: 'CreateAppInstance', error: 'connection-reset' }] });
  expect((await failure(create())).status).toBeUndefined();
  expect(fixture.emulator.state().appInstances).toEqual([]);
  expect(fixture.emulator.calls()).toMatchObject([{ errorCode: 'connection-reset' }]);
  expect(fixture.emulator.calls()[0].status).toBeUndefined();
});

test('lost-answer: it is done', async () => {
  fixture.emulator.setBehaviour({ faults: [{ operation: 'CreateAppInstance', error: 'lost-answer' }] });
  expect((await failure(create())).status).toBeUndefined();
  expect(fixture.emulator.state().appInstances).toHaveLength(1);
});

test('lost-answer: the retry of the SDK gets the answer by its token', async () => {
  fixture.emulator.setBehaviour({ faults: [{ operation: 'CreateAppInstance', error: 'lost-answer' }] });
  const patient = new ChimeSDKIdentity({ ...clientConfig(fixture.emulator), maxAttempts: 3 });
  const { AppInstanceArn } = await patient.createAppInstance({ Name: 'a', ClientRequestToken: newToken() });
  expect(fixture.emulator.state().appInstances.map(found => found.AppInstanceArn)).toEqual([AppInstanceArn]);
  expect(fixture.emulator.calls()).toHaveLength(2);
});

test('time-out: no answer comes', async () => {
  fixture.emulator.setBehaviour({ faults: [{ operation: 'ListAppInstances', error: 'time-out' }] });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  await expect(fixture.identity.listAppInstances({}, { abortSignal: controller.signal })).rejects.toThrow('aborted');
  expect(fixture.emulator.calls()).toMatchObject([{ errorCode: 'time-out' }]);
});

describe('the request rate', () => {
  test('of one operation', async () => {
    fixture.emulator.setBehaviour({ requestRate: { CreateAppInstance: { perSecond: 2, burst: 3 } } });
    await create();
    await create();
    await create();
    expect(await failure(create())).toMatchObject({ name: 'ThrottledClientException', status: 429, Code: 'Throttled' });
    await fixture.identity.listAppInstances({});
    fixture.advance(500);
    await create();
    await failure(create());
    fixture.advance(60_000);
    await create();
    await create();
    await create();
    await failure(create());
  });

  test('of every operation by itself', async () => {
    fixture.emulator.setBehaviour({
      requestRate: { '*': { perSecond: 1, burst: 1 }, 'CreateAppInstance': { perSecond: 1, burst: 2 } },
    });
    await create();
    await create();
    await failure(create());
    await fixture.identity.listAppInstances({});
    await failure(fixture.identity.listAppInstances({}));
  });

  test('is one that the SDK knows how to wait for', async () => {
    fixture.emulator.setBehaviour({ faults: [{ operation: 'ListAppInstances', times: 2, error: 'ThrottledClient' }] });
    const patient = new ChimeSDKIdentity({ ...clientConfig(fixture.emulator), maxAttempts: 3 });
    expect((await patient.listAppInstances({})).$metadata.attempts).toBe(3);
  });
});

test('every answer takes as long as the latency says', async () => {
  fixture.emulator.setBehaviour({ latencyMs: 100 });
  const started = performance.now();
  await fixture.identity.listAppInstances({});
  expect(performance.now() - started).toBeGreaterThanOrEqual(95);
});

describe('a share of the calls', () => {
  /** Which of some calls fail. */
  async function failing(calls: number, ...faults: Fault[]): Promise<number[]> {
    fixture.emulator.setBehaviour({ faults });
    const failed = [];
    for (let call = 1; call <= calls; call++) {
      const { httpStatusCode } = await fixture.identity.listAppInstances({}).then(
        ({ $metadata }) => $metadata, error => error.$metadata,
      );
      if (httpStatusCode !== 200) failed.push(call);
    }
    return failed;
  }
  const share = (more: Partial<Fault> = {}): Fault =>
    ({ operation: '*', share: 0.2, error: 'ThrottledClient', ...more });

  test('fails, about as large as it is asked for', async () => {
    const failed = await failing(200, share());
    expect(failed.length).toBeGreaterThan(20);
    expect(failed.length).toBeLessThan(60);
  });

  test('is all of them at 1', async () => {
    expect(await failing(5, share({ share: 1 }))).toEqual([1, 2, 3, 4, 5]);
  });

  test('is the same again with the same seed, and another with another', async () => {
    const first = await failing(60, share({ seed: 7 }));
    expect(await failing(60, share({ seed: 7 }))).toEqual(first);
    expect(await failing(60, share({ seed: 8 }))).not.toEqual(first);
  });

  test('stays the same beside another fault, which meets calls of its own', async () => {
    const alone = await failing(60, share());
    const [beside, other] = [
      await failing(60, share(), share({ operation: 'ListAppInstances', share: 0.1 })),
      await failing(60, share({ share: 0.1, seed: 3 })),
    ];
    expect(beside).toEqual(expect.arrayContaining(alone));
    expect(beside.length).toBeGreaterThan(alone.length);
    expect(beside).not.toEqual([...new Set([...alone, ...other])].sort((a, b) => a - b));
  });

  test.each([
    ['nothing', { share: 0 }], ['more than all', { share: 1.1 }], ['no number', { share: '0.1' }],
    ['a call as well', { call: 1 }], ['times as well', { times: 2 }],
    ['half a seed', { seed: 0.5 }], ['a seed without a share', { share: undefined, seed: 1 }],
  ])('is refused as %s', (_, more) => {
    expect(() => fixture.emulator.setBehaviour({ faults: [share(more as Partial<Fault>)] })).toThrow(
      '"share": more than 0, at most 1',
    );
  });
});
