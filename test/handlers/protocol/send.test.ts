import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { startResponseServer, type ResponseServer } from './response-server';
import { connect, NotSent, send, type Connection } from '../../../src/handlers/protocol/send';

let server: ResponseServer;

beforeAll(async () => { server = await startResponseServer(); });
afterAll(() => server.close());
beforeEach(() => {
  server.received.length = 0;
  server.script.length = 0;
});

/** Sends without waiting; the waits that it asked for, and how it failed. */
async function sent(to: string | Connection, body = '{}') {
  const waits: number[] = [];
  const failure = await send(typeof to === 'string' ? connect(new URL(to)) : to, body, async ms => { waits.push(ms); })
    .catch(error => error);
  return { waits, failure };
}

test('one attempt that is acknowledged is enough, with any status of success', async () => {
  server.script.push(204);
  await expect(sent(server.url(0), '{"text":"ß🦉"}')).resolves.toEqual({ waits: [], failure: undefined });
  expect(server.received).toMatchObject([{ method: 'PUT', contentType: '', answer: { text: 'ß🦉' } }]);
});

test('an answer takes the connection that the one before it left', async () => {
  await sent(server.url(0));
  const [before] = server.sockets;
  for (let answer = 0; answer < 12; answer++) {
    await expect(sent(server.url(0))).resolves.toEqual({
      waits: [], failure: undefined,
    });
  }
  expect([...server.sockets]).toEqual([before]);
});

test.each(['end', 'destroy', 'resetAndDestroy'] as const)(
  'a connection that was left and closed meanwhile (%s) is replaced',
  async how => {
    await sent(server.url(0));
    const connection = connect(new URL(server.url(0)));
    for (const socket of server.sockets) socket[how]();
    const { failure } = await sent(connection);
    expect(failure).toBeUndefined();
    // One that was closed half-way takes the answer, and doesn't say so: it comes once more.
    expect(server.received.length).toBeGreaterThanOrEqual(2);
  },
);

test('waits longer each time, and says what the last of six attempts got', async () => {
  server.script.push(500, 502, 503, 300, 404, 403);
  const { waits, failure } = await sent(server.url(0));
  expect(waits).toEqual([200, 500, 1_000, 2_000, 4_000]);
  expect(failure).toBeInstanceOf(NotSent);
  expect(failure).toMatchObject({
    name: 'NotSent',
    message: 'the answer was not acknowledged: status 403',
    mayHaveArrived: true,
    cause: {
      message: 'status 403',
    },
  });
  expect(server.received).toHaveLength(6);
});

test('an answer whose connection broke may have arrived', async () => {
  server.script.push(...Array(6).fill('hang-up'));
  const { failure } = await sent(server.url(0));
  expect(failure).toMatchObject({
    message: expect.stringMatching(/^the answer was not acknowledged: (ECONNRESET|socket hang up)$/),
    mayHaveArrived: true,
  });
});

test('what arrived nowhere has not: there is no server, or none that speaks TLS', async () => {
  const gone = await startResponseServer();
  const url = gone.url(0);
  await gone.close();
  expect((await sent(url)).failure).toMatchObject({
    message: 'the answer was not acknowledged: ECONNREFUSED', mayHaveArrived: false,
  });
  expect((await sent(server.url(0).replace('http:', 'https:'))).failure).toMatchObject({
    name: 'NotSent', mayHaveArrived: false,
  });
  expect(server.received).toEqual([]);
});

test('what may have arrived once may have arrived, however the other attempts ended', async () => {
  const other = await startResponseServer();
  other.script.push('hang-up');
  const waits: number[] = [];
  const failure = await send(connect(new URL(other.url(0))), '{}', async ms => {
    if (waits.push(ms) === 1) await other.close();
  }).catch(error => error);
  expect(failure).toMatchObject({ message: expect.stringContaining('ECONNREFUSED'), mayHaveArrived: true });
});

describe('a connection made before the answer', () => {
  const open = async () => {
    const connection = connect(new URL(server.url(0)));
    while (server.sockets.size === 0) await delay(1);
    return connection;
  };

  test('carries it, and no other is made', async () => {
    const connection = await open();
    const [socket] = server.sockets;
    await send(connection, '{"text":"ß"}', delay);
    expect(server.received).toMatchObject([{ contentType: '', bytes: 13, answer: { text: 'ß' } }]);
    expect(socket.bytesRead).toBeGreaterThan(13);
    expect(connection.isOver).toBe(true);
  });

  test.each<[string, (socket: Socket) => unknown]>([
    ['without a word', socket => socket.destroy()],
    ['with a status of its own', socket => socket.end('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n')],
  ])('that the bucket ended %s is replaced at once', async (_, end) => {
    const connection = await open();
    const [socket] = server.sockets;
    end(socket);
    while (!connection.isOver) await delay(1);
    await expect(sent(connection)).resolves.toEqual({ waits: [], failure: undefined });
    expect(server.received).toHaveLength(1);
  });

  test('whose end is not known yet costs one attempt', async () => {
    const connection = await open();
    const [socket] = server.sockets;
    socket.destroy();
    await expect(sent(connection)).resolves.toEqual({ waits: [200], failure: undefined });
    expect(server.received).toHaveLength(1);
  });

  test('that could not be made is no attempt, and nothing arrived by it', async () => {
    const gone = await startResponseServer();
    const url = new URL(gone.url(0));
    await gone.close();
    const connection = connect(url);
    while (!connection.isOver) await delay(1);
    const { waits, failure } = await sent(connection);
    expect(failure).toMatchObject({ mayHaveArrived: false });
    expect(waits).toHaveLength(5);
  });

  test('ends when nothing is to be sent', async () => {
    const connection = await open();
    const [socket] = server.sockets;
    connection.close();
    await once(socket, 'close');
    expect(server.sockets.size).toBe(0);
    expect(server.received).toEqual([]);
  });
});
