import { request } from 'node:http';
import { connect } from 'node:net';
import { ChimeSDKMessaging, ErrorCode } from '@aws-sdk/client-chime-sdk-messaging';
import { clientConfig, createAppInstance, createChat, createFlow, failure, Fixture, startFixture } from './fixture';
import { DEFAULT_BEHAVIOUR } from '../../../local/emulator';

let fixture: Fixture;
beforeAll(async () => { fixture = await startFixture(); });
afterEach(() => fixture.emulator.reset());
afterAll(() => fixture.close());

const SIGNED = 'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/chime/aws4_request, SignedHeaders=host;x-amz-date, '
  + `Signature=${'0'.repeat(64)}`;

interface Reply {
  status: number;
  headers: Record<string, unknown>;
  body: any;
}

/** A request as no SDK would send it. */
function send(
  method: string, path: string, headers: Record<string, string> = {}, body?: string | Buffer,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { port: fixture.emulator.port, host: '127.0.0.1', method, path, headers },
      async response => {
        let text = '';
        for await (const chunk of response) {
          text += chunk;
        }
        resolve({ status: response.statusCode!, headers: response.headers, body: text && JSON.parse(text) });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const signed = { authorization: SIGNED };

describe('the signature', () => {
  test('must be there', async () => {
    expect(await send('GET', '/app-instances')).toMatchObject({
      status: 401, headers: { 'x-amzn-errortype': 'UnauthorizedClientException' }, body: { Code: 'Unauthorized' },
    });
  });

  test.each([
    ['garbled', 'Bearer token'],
    ['of another service', SIGNED.replace('/chime/', '/s3/')],
    ['for a region without the service', SIGNED.replace('us-east-1', 'us-west-2')],
    ['of another version', SIGNED.replace('AWS4-HMAC-SHA256', 'AWS3-HMAC-SHA256')],
  ])('%s is forbidden', async (_, authorization) => {
    expect(await send('GET', '/app-instances', { authorization })).toMatchObject({
      status: 403, body: { Code: 'Forbidden' },
    });
  });

  test('says the region, and a region knows its own only', async () => {
    const arn = await createAppInstance(fixture);
    const frankfurt = { ...fixture, messaging: new ChimeSDKMessaging(clientConfig(fixture.emulator, 'eu-central-1')) };
    expect((await failure(createFlow(frankfurt, arn))).name).toBe('NotFoundException');
    expect((await send('GET', '/app-instances', { authorization: SIGNED.replace('us-east-1', 'eu-central-1') })).body)
      .toEqual({ AppInstances: [] });
    expect((await send('GET', '/app-instances', signed)).body.AppInstances).toHaveLength(1);
  });
});

describe('errors', () => {
  test('are REST JSON', async () => {
    expect(await send('POST', '/app-instances', signed, '{}')).toMatchObject({
      status: 400,
      headers: {
        'x-amzn-errortype': 'BadRequestException',
        'content-type': 'application/json',
        'x-amzn-requestid': expect.any(String),
      },
      body: {
        Code: ErrorCode.BadRequest,
        Message: '2 validation errors detected: Name is required; ClientRequestToken is required',
      },
    });
  });

  test('an operation that is not served says so', async () => {
    const { channelArn, adminArn } = await createChat(fixture);
    expect(await failure(fixture.messaging.listChannelBans({ ChannelArn: channelArn, ChimeBearer: adminArn })))
      .toMatchObject({
        status: 501, Code: 'NotImplemented', message: 'the emulator does not serve ListChannelBans',
      });
  });

  test.each([['GET', '/'], ['GET', '/unknown'], ['PATCH', '/channels'], ['GET', '//channels'], ['GET', '/channels/']])(
    '%s %s is no operation',
    async (method, path) => {
      expect(await send(method, path, signed)).toMatchObject({ status: 404, body: { Code: 'NotFound' } });
    },
  );
});

describe('hostile requests', () => {
  afterEach(async () => {
    await createAppInstance(fixture);
  });

  test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1'])(
    'Host %j is refused',
    async host => {
      expect(await send('GET', '/_local/state', { host })).toMatchObject({ status: 403 });
    },
  );

  test.each(['localhost', 'LOCALHOST:1', '127.0.0.1:4600', '[::1]:4600'])('Host %s is served', async host => {
    expect(await send('GET', '/_local/state', { host })).toMatchObject({ status: 200 });
  });

  test('web pages are refused', async () => {
    expect(await send('POST', '/_local/reset', { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
  });

  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a string', '"a"'],
    ['null', 'null'],
    ['a number', '1'],
    ['binary', '\u0000\u0001'],
    ['open brackets', '['.repeat(100_000)],
    ['deep nesting', `{"Tags":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['open quotes', '"\\'.repeat(100_000)],
  ])('a body of %s is a bad request', async (_, body) => {
    expect(await send('POST', '/app-instances', signed, body)).toMatchObject({
      status: 400, body: { Code: 'BadRequest' },
    });
  });

  test('members named like those of every object do no harm', async () => {
    const body = '{"Name":"a","ClientRequestToken":"tt","__proto__":{"x":1},"constructor":{},"hasOwnProperty":1}';
    expect(await send('POST', '/app-instances', signed, body)).toMatchObject({ status: 201 });
    const Tags = [{ Key: '__proto__', Value: 'a' }, { Key: 'constructor', Value: 'b' }];
    const arn = await createAppInstance(fixture);
    await fixture.identity.tagResource({ ResourceARN: arn, Tags });
    expect((await fixture.identity.listTagsForResource({ ResourceARN: arn })).Tags).toEqual(Tags);
  });

  test('a body that is not UTF-8 is a bad request', async () => {
    const body = Buffer.concat([
      Buffer.from('{"ClientRequestToken":"tt","Name":"a'), Buffer.from([0xff]), Buffer.from('"}'),
    ]);
    expect(await send('POST', '/app-instances', signed, body)).toMatchObject({
      status: 400, body: { Message: 'the body is not valid UTF-8' },
    });
  });

  test('nothing long of what was refused is kept', async () => {
    await send(
      'POST',
      '/app-instances',
      signed,
      JSON.stringify({ Name: 'n'.repeat(100_000), ClientRequestToken: 'tt', Tags: Array(1_000).fill({}) }),
    );
    expect(fixture.emulator.calls()).toMatchObject([{
      input: {
        Name: '… 100000 characters', ClientRequestToken: 'tt', Tags: expect.stringMatching(/^… \d+ characters$/),
      },
    }]);
  });

  test('a body of more than 1 MiB is refused', async () => {
    const large = JSON.stringify({ Name: 'n'.repeat(1024 * 1024) });
    expect(await send('POST', '/app-instances', signed, large)).toMatchObject({ status: 413 });
    expect(await send('PUT', '/_local/behaviour', {}, large)).toMatchObject({ status: 413 });
  });

  test('a path that is not percent-encoded right is a bad request', async () => {
    expect(await send('GET', '/app-instances/%zz', signed)).toMatchObject({ status: 400 });
  });

  test.each([
    ['garbage', 'garbage\r\n\r\n'],
    ['an absolute target', 'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['huge headers', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['no host', 'GET / HTTP/1.0\r\n\r\n'],
  ])('%s on the socket is refused', async (_, text) => {
    expect(await sendRaw(text)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  test('a body that ends early harms nobody', async () => {
    const socket = connect(fixture.emulator.port, '127.0.0.1');
    socket.write(
      `POST /app-instances HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${SIGNED}\r\nContent-Length: 100\r\n\r\n{`,
    );
    await new Promise(resolve => setTimeout(resolve, 50));
    socket.destroy();
  });
});

/** What the server says first, until it closes or goes quiet. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(fixture.emulator.port, '127.0.0.1', () => socket.write(text));
    socket.once('data', data => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe('beside the API', () => {
  test('GET /_local/state shows what there is', async () => {
    const { appInstanceArn, adminArn } = await createChat(fixture);
    const { status, body } = await send('GET', '/_local/state');
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(fixture.emulator.state())));
    expect(body.admins).toEqual([
      { AppInstanceArn: appInstanceArn, AppInstanceAdminArn: adminArn, CreatedTimestamp: '2026-01-01T00:00:00.000Z' },
    ]);
  });

  test('the state is sorted by ARN', async () => {
    await createAppInstance(fixture);
    await createAppInstance(fixture);
    await createAppInstance(fixture);
    const arns = fixture.emulator.state().appInstances.map(({ AppInstanceArn }) => AppInstanceArn);
    expect(arns).toEqual([...arns].sort());
  });

  test('GET /_local/calls lists the calls so far', async () => {
    const { channelArn, adminArn, flowArn } = await createChat(fixture);
    await fixture.messaging.associateChannelFlow({
      ChannelArn: channelArn, ChannelFlowArn: flowArn, ChimeBearer: adminArn,
    });
    await failure(fixture.messaging.deleteChannelFlow({ ChannelFlowArn: flowArn }));
    const { body } = await send('GET', '/_local/calls');
    expect(body.slice(-2)).toEqual([
      {
        time: '2026-01-01T00:00:00.000Z',
        service: 'messaging',
        operation: 'AssociateChannelFlow',
        input: { ChannelArn: channelArn, ChannelFlowArn: flowArn, ChimeBearer: adminArn },
        bearer: adminArn,
        status: 200,
      },
      {
        time: '2026-01-01T00:00:00.000Z',
        service: 'messaging',
        operation: 'DeleteChannelFlow',
        input: { ChannelFlowArn: flowArn },
        status: 409,
        errorCode: 'ConflictException',
      },
    ]);
  });

  test('a call tells the role whose session it is, and keeps no other token', async () => {
    for (const token of [
      'arn:aws:sts::111122223333:assumed-role/provider-1/function-1', 'IQoJb3JpZ2luX2VjEBYaCXVzLWVhc3QtMSJ=',
      'assumed-role/provider/function',
    ]) {
      await send('GET', '/app-instances', { ...signed, 'x-amz-security-token': token });
    }
    const { body } = await send('GET', '/_local/calls');
    expect(body.slice(-3).map(({ role }: { role?: string }) => role)).toEqual(['provider-1', undefined, undefined]);
    expect(JSON.stringify(body)).not.toContain('IQoJ');
  });

  test('GET and PUT /_local/behaviour', async () => {
    expect((await send('GET', '/_local/behaviour')).body).toEqual(DEFAULT_BEHAVIOUR);
    const changed = { ...DEFAULT_BEHAVIOUR, missingFlow: 'forbidden' };
    expect(await send('PUT', '/_local/behaviour', {}, '{"missingFlow":"forbidden"}')).toMatchObject({
      status: 200, body: changed,
    });
    expect((await send('GET', '/_local/behaviour')).body).toEqual(changed);
  });

  test.each([
    ['{"nope":1}', 'unknown switch "nope": the emulator knows associateOverExisting'], ['{', 'JSON'], ['', 'JSON'],
  ])('PUT /_local/behaviour %j is refused', async (body, problem) => {
    const reply = await send('PUT', '/_local/behaviour', {}, body);
    expect(reply).toMatchObject({ status: 400, body: { Message: expect.stringContaining(problem) } });
  });

  test('POST /_local/reset forgets everything', async () => {
    await createChat(fixture);
    await send('PUT', '/_local/behaviour', {}, '{"missingFlow":"forbidden"}');
    expect((await send('POST', '/_local/reset')).status).toBe(200);
    expect(fixture.emulator.calls()).toEqual([]);
    expect(fixture.emulator.state().appInstances).toEqual([]);
    expect(fixture.emulator.behaviour()).toEqual(DEFAULT_BEHAVIOUR);
  });

  test('anything else there is said to be unknown', async () => {
    expect(await send('DELETE', '/_local/state')).toMatchObject({
      status: 404, body: { Message: expect.stringContaining('GET /_local/state') },
    });
  });
});

test('an account of one\'s own', async () => {
  const other = await startFixture({ accountId: '123456789012' });
  expect(await createAppInstance(other)).toContain(':chime:us-east-1:123456789012:');
  await other.close();
});
