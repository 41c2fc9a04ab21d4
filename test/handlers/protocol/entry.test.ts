import { setTimeout as delay } from 'node:timers/promises';
import { SIGNATURE, startResponseServer, type ResponseServer } from './response-server';
import { lambdaEntry } from '../../../src/handlers/protocol/entry';
import { FailedWithPhysicalId, type Lifecycle, type LifecycleEvent } from '../../../src/handlers/protocol/lifecycle';
import { Unfinished } from '../../../src/handlers/service/clock';

const MINUTE = 60_000;
const CREATE_FAILED = 'cdk-chime-messaging:create-failed:request-1';

let server: ResponseServer;
let logged: string[];

beforeAll(async () => { server = await startResponseServer(); });
afterAll(() => server.close());

beforeEach(() => {
  process.env.CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE = '1';
  server.received.length = 0;
  server.script.length = 0;
  logged = [];
  jest.spyOn(console, 'log').mockImplementation(line => { logged.push(line); });
});
afterEach(() => {
  for (const line of logged) {
    expect(line).not.toContain(SIGNATURE);
    expect(() => JSON.parse(line)).not.toThrow();
  }
  jest.restoreAllMocks();
});

const lines = () => logged.map(line => JSON.parse(line));
const answers = () => server.received.map(({ answer }) => answer);

function event(overrides: object = {}) {
  return {
    RequestType: 'Create',
    ResponseURL: server.url(0),
    StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/s/1',
    RequestId: 'request-1',
    ResourceType: 'Custom::Thing',
    LogicalResourceId: 'Thing',
    ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:f',
    ResourceProperties: {
      ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:f', ServiceTimeout: '60', Name: 'secret content',
    },
    ...overrides,
  };
}
const updateEvent = (overrides: object = {}) =>
  event({ RequestType: 'Update', PhysicalResourceId: 'arn:thing', ...overrides });
const deleteEvent = (overrides: object = {}) =>
  event({ RequestType: 'Delete', PhysicalResourceId: 'arn:thing', ...overrides });

/** Runs the entry around a lifecycle, in a function with so much time left. */
function run(lifecycle: Lifecycle<any, any>, input: unknown, timeout = 15 * MINUTE) {
  const start = Date.now();
  return lambdaEntry(lifecycle, () => ({}))(input, { getRemainingTimeInMillis: () => timeout - (Date.now() - start) });
}
/** At a whole second, for addresses are signed to the second. */
function stopTime() {
  const now = Date.UTC(2026, 0, 2, 12);
  jest.spyOn(Date, 'now').mockImplementation(() => now);
}
const returns = (physicalId: string, data?: Record<string, string>) => jest.fn(async () => ({ physicalId, data }));
const throws = (error: unknown) => jest.fn(async () => { throw error; });

describe('success', () => {
  test('is answered with id and data, by a PUT without a content type', async () => {
    await run(returns('arn:new', { Arn: 'arn:new' }), event());
    expect(server.received).toMatchObject([{
      method: 'PUT',
      contentType: '',
      answer: {
        Status: 'SUCCESS',
        PhysicalResourceId: 'arn:new',
        StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/s/1',
        RequestId: 'request-1',
        LogicalResourceId: 'Thing',
        Data: { Arn: 'arn:new' },
      },
    }]);
  });

  test('never carries a physical id that CloudFormation refuses: a Create fails, and its Delete looks for what was '
    + 'made', async () => {
    const longest = 'x'.repeat(1024);
    await run(returns(longest), event());
    await run(returns(`${longest}x`), event());
    await run(returns(`${longest}x`), updateEvent());
    await run(returns('not looked at'), deleteEvent({ PhysicalResourceId: `${longest}x` }));
    const Reason = 'the physical id must have at most 1024 bytes, got 1025: choose shorter ids for what the properties '
      + 'name';
    expect(answers()).toMatchObject([
      { Status: 'SUCCESS', PhysicalResourceId: longest },
      { Status: 'FAILED', Reason, PhysicalResourceId: 'cdk-chime-messaging:create-unknown:request-1' },
      { Status: 'FAILED', Reason, PhysicalResourceId: 'arn:thing' },
      { Status: 'SUCCESS', PhysicalResourceId: `${longest}x` },
    ]);
  });

  test('of a Delete keeps the id of the event, whatever the lifecycle says', async () => {
    await run(returns('something else'), deleteEvent());
    expect(answers()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'arn:thing' }]);
  });

  test('of an Update may name a new id', async () => {
    await run(returns('arn:replacement'), updateEvent());
    expect(answers()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'arn:replacement' }]);
  });
});

describe('what the lifecycle gets', () => {
  test('is the event less what belongs to the protocol', async () => {
    const lifecycle = returns('arn:thing');
    await run(lifecycle, updateEvent({ OldResourceProperties: { ServiceToken: 'f', Name: 'old' } }));
    expect(lifecycle.mock.calls[0][0 as never]).toEqual({
      RequestType: 'Update',
      RequestId: 'request-1',
      StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/s/1',
      LogicalResourceId: 'Thing',
      PhysicalResourceId: 'arn:thing',
      ResourceProperties: { Name: 'secret content' },
      OldResourceProperties: { Name: 'old' },
      signed: expect.any(Number),
    });
  });

  test('is less time than the invocation has, so that an answer still goes out', async () => {
    stopTime();
    let remaining = 0;
    const look: Lifecycle<any, any> = async (_event, _clients, clock) => {
      remaining = clock.remaining();
      return { physicalId: 'arn:thing' };
    };
    await run(look, event(), MINUTE);
    expect(remaining).toBe(48_000);
    await run(look, event(), 15 * MINUTE);
    expect(remaining).toBe(885_000);
  });
});

describe('what names another account or region', () => {
  const there = {
    ResourceProperties: { ChannelArn: 'arn:aws:chime:eu-central-1:123456789012:app-instance/a/channel/c' },
  };
  const runHere = (lifecycle: Lifecycle<any, any>, input: unknown) => lambdaEntry(lifecycle, () => ({}))(input, {
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f', getRemainingTimeInMillis: () => 15 * MINUTE,
  });

  test.each([['Create', event], ['Update', updateEvent]])('is refused on %s', async (_, request) => {
    const lifecycle = returns('arn:new');
    await runHere(lifecycle, request(there));
    expect(lifecycle).not.toHaveBeenCalled();
    expect(answers()).toMatchObject([
      { Status: 'FAILED', Reason: expect.stringMatching(/^ChannelArn is .* and must be of this account and region/) },
    ]);
  });

  test('is left to the lifecycle on Delete: there is nothing to refuse any more', async () => {
    await runHere(returns('arn:thing'), deleteEvent(there));
    expect(answers()).toMatchObject([{ Status: 'SUCCESS' }]);
  });
});

describe('failure', () => {
  test('of a Create is answered with a create-failed id', async () => {
    await run(throws(new Error('no')), event());
    expect(answers()).toEqual([{
      Status: 'FAILED',
      Reason: 'no',
      PhysicalResourceId: CREATE_FAILED,
      StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/s/1',
      RequestId: 'request-1',
      LogicalResourceId: 'Thing',
    }]);
    expect(lines()).toMatchObject([{ status: 'FAILED', reason: 'no', stack: expect.stringContaining('entry.test') }]);
  });

  test.each([['is signed at no time', undefined], ['says an id all the same', 0]])(
    'of a Create that %s is answered with a create-failed id',
    async (_, age) => {
      await run(throws(new Error('no')), event({ ResponseURL: server.url(age), PhysicalResourceId: 'arn:whatever' }));
      expect(answers()).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: CREATE_FAILED }]);
    },
  );

  test.each([[29_000, CREATE_FAILED], [30_000, 'cdk-chime-messaging:create-unknown:request-1']])(
    'of a Create %i ms after it was sent',
    async (age, id) => {
      stopTime();
      await run(throws(new Error('no')), event({ ResponseURL: server.url(age) }));
      expect(answers()).toMatchObject([{ PhysicalResourceId: id }]);
    },
  );

  test('an Update of a create-failed id goes to the lifecycle', async () => {
    await run(returns('arn:new'), updateEvent({ PhysicalResourceId: CREATE_FAILED }));
    expect(answers()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'arn:new' }]);
  });

  test(
    'of a Create that is delivered again is answered with another: the delivery before may have made something',
    async () => {
      const first = event({ ResponseURL: server.url(60_000) });
      await run(throws(new Error('no')), first);
      expect(answers()).toMatchObject([
        { Status: 'FAILED', PhysicalResourceId: 'cdk-chime-messaging:create-unknown:request-1' },
      ]);
      const lifecycle = returns('whatever');
      await run(lifecycle, deleteEvent({ PhysicalResourceId: answers()[0].PhysicalResourceId }));
      expect(lifecycle).toHaveBeenCalledTimes(1);
    },
  );

  test('the Delete of a create-failed id succeeds without the lifecycle', async () => {
    const lifecycle = throws(new Error('must not be called'));
    await run(lifecycle, deleteEvent({ PhysicalResourceId: CREATE_FAILED }));
    expect(answers()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: CREATE_FAILED }]);
    expect(lifecycle).not.toHaveBeenCalled();
  });

  test('an id that CloudFormation invented goes to the lifecycle, and comes back in the answer', async () => {
    const lifecycle = returns('arn:found');
    await run(lifecycle, deleteEvent({ PhysicalResourceId: 's-Thing-1ABCDEFGHIJK' }));
    expect(lifecycle).toHaveBeenCalledTimes(1);
    expect(answers()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 's-Thing-1ABCDEFGHIJK' }]);
  });

  test.each([['Update', updateEvent], ['Delete', deleteEvent]])(
    'of %s keeps the id of the event',
    async (_, request) => {
      await run(throws(new Error('no')), request());
      expect(answers()).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'arn:thing' }]);
    },
  );

  test.each([
    ['Create', event, 'arn:left'],
    ['Update', updateEvent, 'arn:left'],
    ['Delete', deleteEvent, 'arn:thing'],
  ])('of %s that leaves something behind', async (_, request, id) => {
    await run(throws(new FailedWithPhysicalId('left something', 'arn:left')), request());
    expect(answers()).toMatchObject([{ Status: 'FAILED', Reason: 'left something', PhysicalResourceId: id }]);
  });

  test('says operation, code, message and the fix of a service error', async () => {
    const error = Object.assign(
      new Error('Name is too long'), { name: 'BadRequestException', $metadata: { httpStatusCode: 400 } },
    );
    await run(throws(error), event());
    expect(answers()[0].Reason).toBe(
      'a call failed: BadRequestException: status 400 — correct the property that the service refuses',
    );
  });

  test.each([['nothing', undefined], ['a string', 'oops'], ['an error without a message', new Error()]])(
    'by throwing %s has a Reason',
    async (_, thrown) => {
      await run(throws(thrown), event());
      expect(answers()[0].Status).toBe('FAILED');
      expect(answers()[0].Reason).not.toBe('');
    },
  );
});

describe('Reason', () => {
  test.each([
    ['ASCII', 'x'],
    ['two bytes', 'ß'],
    ['four bytes', '🦉'],
    ['escaped by JSON', '"\n'],
    ['half a character', '\ud83e'],
  ])('is cut so that the body is at most 4096 bytes: %s', async (_, text) => {
    await run(throws(new Error(`begin ${text.repeat(5000)} — set bearer`)), event());
    const [{ bytes, answer }] = server.received;
    expect(bytes).toBeLessThanOrEqual(4096);
    expect(bytes).toBeGreaterThan(4080);
    expect(answer.Reason).toMatch(/^begin /);
    expect(answer.Reason).toMatch(/ — set bearer$/);
  });

  test('is left alone where it fits', async () => {
    await run(throws(new Error('x'.repeat(3000))), event());
    expect(answers()[0].Reason).toBe('x'.repeat(3000));
  });
});

describe('log', () => {
  test('is one line an event, without properties', async () => {
    await run(returns('arn:new'), event());
    expect(lines()).toEqual([{
      level: 'INFO',
      requestId: 'request-1',
      type: 'Custom::Thing',
      logicalId: 'Thing',
      operation: 'Create',
      status: 'SUCCESS',
      durationMs: expect.any(Number),
    }]);
    expect(lines()[0].durationMs).toBeLessThan(MINUTE);
    expect(logged[0]).not.toContain('secret content');
  });

  test('redacts the ResponseURL, wherever it comes from', async () => {
    const url = server.url(0);
    const path = new URL(url).pathname + new URL(url).search;
    await run(throws(new Error(`cannot PUT ${url} nor ${path}`)), event({ ResponseURL: url }));
    expect(lines()).toMatchObject([
      { level: 'ERROR', status: 'FAILED', reason: 'cannot PUT [redacted] nor [redacted]' },
    ]);
  });
});

describe('sending the answer', () => {
  beforeEach(() => {
    jest.spyOn(global, 'setTimeout').mockImplementation(((callback: () => void) => setImmediate(callback)) as never);
  });

  test('is tried again after an error of the server and after a lost connection', async () => {
    server.script.push(503, 'hang-up');
    await run(returns('arn:new'), event());
    expect(answers().map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS']);
    expect(lines()).toMatchObject([{ status: 'SUCCESS' }]);
  });

  test('throws nothing when it may have arrived: a second run could undo what CloudFormation did since', async () => {
    server.script.push(...Array(6).fill('hang-up'));
    await run(returns('arn:new'), event());
    expect(lines()).toMatchObject([{ level: 'ERROR', status: 'UNANSWERED', answer: 'SUCCESS' }]);
  });

  test('throws when it never left, so that Lambda delivers the event again', async () => {
    const closed = await startResponseServer();
    const url = closed.url(0);
    await closed.close();
    await expect(run(returns('arn:new'), event({ ResponseURL: url }))).rejects.toThrow('the answer could not be sent');
    expect(lines()).toMatchObject([{ level: 'ERROR', status: 'UNANSWERED' }]);
  });
});

describe('where the answer may go', () => {
  const refused = (url: unknown) => async () => {
    const lifecycle = returns('arn:new');
    await run(lifecycle, event({ ResponseURL: url }));
    expect(lifecycle).not.toHaveBeenCalled();
    expect(server.received).toEqual([]);
    expect(lines()).toMatchObject([{ level: 'ERROR', status: 'UNANSWERABLE', reason: expect.any(String) }]);
  };

  test('not to http without the switch', async () => {
    delete process.env.CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE;
    await refused(server.url(0))();
  });
  test('not to http beyond loopback, switch or not', refused(`http://192.0.2.1/?X-Amz-Signature=${SIGNATURE}`));
  test(
    'not to a name that begins like loopback', refused(`http://127.0.0.1.example.com/?X-Amz-Signature=${SIGNATURE}`),
  );
  test('not to an address with user information', refused(`https://user:${SIGNATURE}@example.com/`));
  test.each([
    'https://127.0.0.1/', 'https://0x7f.1/', 'https://[::1]/', 'https://169.254.169.254/', 'https://localhost/',
    'https://metadata.google.internal/', 'https://example.com:8443/',
  ])('not to %s, which is no bucket of CloudFormation', async url => refused(`${url}?X-Amz-Signature=${SIGNATURE}`)());
  test('not to a file', refused('file:///etc/passwd'));
  test('not to what is no address', refused('not a url'));
  test('not to a missing address', refused(undefined));
});

describe('events of a wrong shape', () => {
  test.each([
    ['no RequestType', { RequestType: undefined }, 'RequestType is missing'],
    ['an unknown RequestType', { RequestType: 'Import' }, 'RequestType is a string, not Create, Update, Delete'],
    ['a number for StackId', { StackId: 7 }, 'StackId is a number'],
    ['an object for RequestId', { RequestId: {} }, 'RequestId is an object'],
    ['no LogicalResourceId', { LogicalResourceId: '' }, 'LogicalResourceId is empty'],
    ['an Update with an empty id', { RequestType: 'Update', PhysicalResourceId: '' }, 'PhysicalResourceId is empty'],
    ['an Update without an id', { RequestType: 'Update' }, 'PhysicalResourceId is missing'],
    ['properties that are a list', { ResourceProperties: [] }, 'ResourceProperties is a list'],
    ['properties that are null', { ResourceProperties: null }, 'ResourceProperties is null'],
    [
      'old properties that are text', { RequestType: 'Update', PhysicalResourceId: 'x', OldResourceProperties: '' },
      'OldResourceProperties is empty',
    ],
  ])('are answered where they can be: %s', async (_, overrides, message) => {
    const lifecycle = returns('arn:new');
    await run(lifecycle, event(overrides));
    expect(lifecycle).not.toHaveBeenCalled();
    expect(answers()).toMatchObject([
      { Status: 'FAILED', Reason: expect.stringContaining(message), PhysicalResourceId: expect.stringMatching(/./) },
    ]);
  });

  test('are answered with what there is of the frame', async () => {
    await run(returns('arn:new'), event({ RequestId: 7, StackId: 7, LogicalResourceId: undefined }));
    expect(answers()).toEqual([{
      Status: 'FAILED',
      Reason: expect.any(String),
      PhysicalResourceId: 'cdk-chime-messaging:create-failed:unknown',
      StackId: '',
      RequestId: 'unknown',
      LogicalResourceId: '',
    }]);
  });

  test.each([['undefined', undefined], ['null', null], ['text', 'hello'], ['a list', [1]], ['an empty object', {}]])(
    'never crash: %s',
    async (_, input) => {
      await run(returns('arn:new'), input);
      expect(lines()).toMatchObject([{ status: 'UNANSWERABLE' }]);
    },
  );
});

test('what names another account is refused before the lifecycle', async () => {
  const lifecycle = returns('arn:new');
  const context = {
    getRemainingTimeInMillis: () => MINUTE, invokedFunctionArn: 'arn:aws:lambda:us-east-1:111111111111:function:f',
  };
  const AppInstanceArn = 'arn:aws:chime:us-east-1:222222222222:app-instance/theirs';
  await lambdaEntry(lifecycle, () => ({}))(event({ ResourceProperties: { AppInstanceArn } }), context);
  expect(lifecycle).not.toHaveBeenCalled();
  expect(answers()).toMatchObject([{
    Status: 'FAILED',
    Reason: expect.stringContaining(`AppInstanceArn is ${AppInstanceArn}`),
    PhysicalResourceId: CREATE_FAILED,
  }]);
});

describe('deliveries', () => {
  const unfinished = throws(new Unfinished('3 channels remain — delete again'));
  const aged = (age?: number) => deleteEvent({ ResponseURL: server.url(age) });

  test.each([['first', 0], ['second', 16 * MINUTE]])(
    'an unfinished %s delivery throws, so that Lambda delivers again',
    async (_, age) => {
      await expect(run(unfinished, aged(age))).rejects.toThrow(Unfinished);
      expect(server.received).toEqual([]);
      expect(lines()).toMatchObject([
        { level: 'ERROR', status: 'UNFINISHED', reason: '3 channels remain — delete again' },
      ]);
    },
  );

  test('the connection for the answer is made while the lifecycle works, and ends when there is none yet', async () => {
    const connected = async () => {
      while (server.sockets.size === 0) await delay(1);
      throw new Unfinished('3 channels remain — delete again');
    };
    await expect(run(connected, aged(0))).rejects.toThrow(Unfinished);
    while (server.sockets.size > 0) await delay(1);
    expect(server.received).toEqual([]);
  });

  test('an unfinished last delivery answers FAILED', async () => {
    await run(unfinished, aged(33 * MINUTE));
    const Reason = '3 channels remain — delete again (CloudFormation sent the event 33 min ago)';
    expect(answers()).toMatchObject([{ Status: 'FAILED', Reason, PhysicalResourceId: 'arn:thing' }]);
  });

  test('the last delivery is told by the age in time-outs of the function', async () => {
    await expect(run(unfinished, aged(100_000), MINUTE)).rejects.toThrow(Unfinished);
    await run(unfinished, aged(106_000), MINUTE);
    expect(answers()).toMatchObject([{ Status: 'FAILED' }]);
  });

  test('an address without a date answers FAILED at the first delivery', async () => {
    await run(unfinished, aged(undefined));
    expect(answers()).toMatchObject([{ Status: 'FAILED', Reason: '3 channels remain — delete again' }]);
  });

  test(
    'an unfinished event is delivered again, also where it comes to light as the cause of another failure',
    async () => {
      const whileUndoing = async () => {
        throw new FailedWithPhysicalId(
          'not put back', 'arn:left', { cause: new Unfinished('no time') },
        );
      };
      await expect(run(whileUndoing, aged(MINUTE))).rejects.toThrow(Unfinished);
      expect(answers()).toEqual([]);
      await run(whileUndoing, aged(33 * MINUTE));
      expect(answers()).toMatchObject([{ Status: 'FAILED', Reason: expect.stringMatching(/^not put back \(/) }]);
    },
  );

  test('an unfinished Create answers with an id whose Delete looks for what may be there', async () => {
    await run(unfinished, { ...aged(undefined), RequestType: 'Create', PhysicalResourceId: undefined });
    expect(answers()).toMatchObject([
      { Status: 'FAILED', PhysicalResourceId: expect.stringContaining(':create-unknown:') },
    ]);
  });

  test('time ends when CloudFormation waits no longer, however much the function has', async () => {
    const remaining: number[] = [];
    await run(async ({ PhysicalResourceId: physicalId = '' }, _, clock) => {
      remaining.push(clock.remaining());
      return { physicalId };
    }, aged(50 * MINUTE), 15 * MINUTE);
    expect(remaining[0]).toBeLessThanOrEqual(10 * MINUTE);
    expect(remaining[0]).toBeGreaterThan(9 * MINUTE);
  });

  test('a last delivery that overruns its time is answered before Lambda ends it', async () => {
    await run(() => new Promise(() => {}), aged(undefined), 1_000);
    expect(answers()).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining('ran out of time') }]);
  });

  test('the same event twice gets the same answer twice', async () => {
    const request = event();
    const lifecycle = returns('arn:new');
    await run(lifecycle, request);
    await run(lifecycle, request);
    expect(answers()[0]).toEqual(answers()[1]);
  });

  test('an event older than CloudFormation waits does nothing at all', async () => {
    const lifecycle = jest.fn(async (_: LifecycleEvent<unknown>) => ({ physicalId: 'arn:new' }));
    await run(lifecycle, aged(61 * MINUTE));
    expect(lifecycle).not.toHaveBeenCalled();
    expect(server.received).toEqual([]);
    expect(lines()).toMatchObject([
      { level: 'INFO', status: 'IGNORED', reason: 'older than CloudFormation waits', ageMs: expect.any(Number) },
    ]);
    expect(lines()[0].ageMs).toBeGreaterThanOrEqual(61 * MINUTE);
  });

  test.each([[60 * MINUTE, 1], [60 * MINUTE + 1_000, 0]])('%i ms are not older, or are', async (age, times) => {
    stopTime();
    const lifecycle = returns('arn:new');
    await run(lifecycle, aged(age));
    expect(lifecycle).toHaveBeenCalledTimes(times);
  });

  test('exactly one and three quarters of the function\'s time-out are the last delivery', async () => {
    stopTime();
    await expect(run(unfinished, aged(104_000), MINUTE)).rejects.toThrow(Unfinished);
    await run(unfinished, aged(105_000), MINUTE);
    expect(answers()).toMatchObject([{ Status: 'FAILED' }]);
  });

  test('an earlier delivery that overruns its time is left to Lambda to end', async () => {
    stopTime();
    const overrun = run(() => new Promise(() => {}), aged(0), 50);
    await expect(Promise.race([overrun, delay(200, 'still under way')])).resolves.toBe('still under way');
    expect(server.received).toEqual([]);
  });

  test('a last delivery that takes its time is answered when it is done, and nothing of the limit stays', async () => {
    stopTime();
    const [set, cleared] = [jest.spyOn(global, 'setTimeout'), jest.spyOn(global, 'clearTimeout')];
    await run(() => delay(50, { physicalId: 'arn:new' }), aged(undefined));
    expect(answers()).toMatchObject([{ Status: 'SUCCESS' }]);
    const limit = set.mock.results[set.mock.calls.findIndex(([, ms]) => ms === 885_000)].value;
    expect(cleared).toHaveBeenCalledWith(limit);
  });
});
